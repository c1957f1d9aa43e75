import type { Fields } from "./field.ts";
import type { FilePictures, SheetId } from "./image.ts";
import type { MicroUsd } from "./money.ts";
import type { BackgroundChoice } from "./mount.ts";

/** Whether a sheet is kept on this device or only in this tab's memory. */
export type Keeping = "disk" | "memory";

/** How a sheet's tasks are sent. */
export interface RunSettings {
  /** Most tasks in flight at once, 1–16. */
  mostInFlight: number;
  delivery: "sync" | "async";
  /** What the sheet may spend; null if the user switched the cap off. */
  capMicroUsd: MicroUsd | null;
}

/** Notes that prompts can name: what the pictures are of, and what a model can't see. "" if there is none. */
export interface SheetContext {
  sheet: string;
  /** By folder, as images name it. */
  folders: Readonly<Record<string, string>>;
}

/** The longest note for prompts. */
export const MOST_CONTEXT_CHARACTERS = 2_000;

export const NO_CONTEXT: SheetContext = { sheet: "", folders: {} };

/** A saved set of images, with the settings of each view. */
export interface Sheet {
  id: SheetId;
  name: string;
  keeping: Keeping;
  /** The texts that Caption asks for and shows, each with its recipe. */
  fields: Fields;
  run: RunSettings;
  /** Longest side of the copies that are made, in pixels. */
  copySide: 1536 | 2048;
  /** What is laid behind pictures that are transparent in places. */
  background: BackgroundChoice;
  filePictures: FilePictures;
  context: SheetContext;
  /** Settings of the views, each parsed by the view that owns it. */
  caption: unknown;
  compare: unknown;
  ageCheck: unknown;
  /** Epoch milliseconds. */
  createdAt: number;
  /** When anything of it last changed: settings, images, answers or marks. Storage notes it with each write. */
  editedAt: number;
  deletedAt: number | null;
}

const IN_MEMORY = "memory-";

/** An id for a new sheet. It says if the sheet is in memory only, since its address outlives it. */
export function newSheetId(keeping: Keeping, newId: () => string): SheetId {
  return keeping === "memory" ? IN_MEMORY + newId() : newId();
}

/** Whether a sheet with this id was never anywhere but in the memory of one tab. */
export function isMemoryOnlyId(sheetId: SheetId): boolean {
  return sheetId.startsWith(IN_MEMORY);
}
