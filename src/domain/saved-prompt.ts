import type { Field, FieldLimit } from "./field.ts";

/** A prompt in the user's library, which belongs to the device and not to a sheet. */
export interface SavedPrompt {
  id: string;
  name: string;
  /** A template: it may name variables. */
  text: string;
  kind: Field["kind"];
  limit: FieldLimit | null;
  /** What the user wants to remember about it; "" for nothing. */
  note: string;
  /** Its place in the library: lower ones come first. */
  place: number;
  /** Epoch milliseconds. */
  changedAt: number;
  /** True for a text that another prompt took the place of before the user saved it. */
  isUnsaved: boolean;
}

/** As many unsaved texts as are kept, newest first. */
export const MOST_UNSAVED_PROMPTS = 10;

/** As many prompts as a library may have. */
export const MOST_SAVED_PROMPTS = 500;

export const MOST_PROMPT_NAME_CHARACTERS = 80;
export const MOST_PROMPT_NOTE_CHARACTERS = 500;
