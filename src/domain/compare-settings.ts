import type { SentSize } from "./recipe.ts";

export type ColumnId = string;

/** One of Compare's columns: a recipe, of which the prompt may be shared with the others. */
export interface Column {
  id: ColumnId;
  /** The person's name for it; null shows the model's. */
  name: string | null;
  /** AIR id. */
  modelId: string;
  /** Null where the column asks the shared prompt. */
  prompt: string | null;
  sentSize: SentSize;
  /** How often the recipe is asked of each image, from 1. */
  repeats: number;
  /** Null where the column takes its share of the room. */
  widthPx: number | null;
}

/** What words and age groups are held against. */
export type Against =
  | { kind: "nothing" }
  | { kind: "others" }
  | { kind: "column"; columnId: ColumnId }
  | { kind: "reference" };

/** Compare's own settings of a sheet. */
export interface CompareSettings {
  sharedPrompt: string;
  columns: readonly Column[];
  /** Whether names, costs and times are hidden until the vote. */
  blind: boolean;
  against: Against;
  /** The column whose answers are the reference where none was typed. */
  referenceColumnId: ColumnId | null;
  /** Whether pictures may be left with the service, so that each crosses the wire once: the person's word. */
  uploadsOnce: boolean;
}

export const MOST_COLUMNS = 6;
export const MOST_REPEATS = 5;
