import { DEFAULT_MODEL } from "#src/catalog/find-models.ts";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import type { Keeping, Sheet } from "#src/domain/sheet.ts";

/** What a sheet is called until the user names it. */
export const UNTITLED = "Untitled sheet";
const DEFAULT_CAP_MICRO_USD = 1_000_000;

/** An empty sheet as this device makes it: its cap, its limits and its delivery are the defaults, and nothing is consented to. */
export function newSheet(
  services: { now: () => number; newId: () => string },
  options: { name?: string; keeping?: Keeping } = {},
): Sheet {
  const at = services.now();
  return {
    id: services.newId(),
    name: options.name ?? UNTITLED,
    keeping: options.keeping ?? "disk",
    recipe: {
      modelId: DEFAULT_MODEL.id,
      prompt: PROMPT_PRESETS[0].prompt,
      sentSize: "auto",
    },
    run: { mostInFlight: 8, delivery: "sync", capMicroUsd: DEFAULT_CAP_MICRO_USD },
    copySide: 1536,
    filePictures: "none",
    compare: null,
    ageCheck: null,
    createdAt: at,
    editedAt: at,
    deletedAt: null,
  };
}
