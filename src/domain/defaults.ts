import type { MicroUsd } from "./money.ts";
import type { Recipe } from "./recipe.ts";
import type { RunSettings, Sheet } from "./sheet.ts";

// What a new sheet starts with. A change here is a change everywhere.

/** The model's AIR id, as in the catalogue. */
export const DEFAULT_MODEL_ID = "runware:152@2";

export const DEFAULT_SENT_SIZE: Recipe["sentSize"] = "auto";

/** What a sheet may spend until the user says otherwise: one dollar. */
export const DEFAULT_CAP_MICRO_USD: MicroUsd = 1_000_000;

export const DEFAULT_RUN: RunSettings = {
  mostInFlight: 8,
  delivery: "sync",
  capMicroUsd: DEFAULT_CAP_MICRO_USD,
};

/** Longest side of the copies that are made, in pixels. */
export const DEFAULT_COPY_SIDE: Sheet["copySide"] = 1536;
