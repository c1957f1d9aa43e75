import type { SentSize } from "./recipe.ts";

export type ColumnId = string;

/** One of Compare's columns: a recipe whose prompt may be shared with the others. */
export interface Column {
  id: ColumnId;
  /** The user's name for it; null shows the model's. */
  name: string | null;
  /** AIR id. */
  modelId: string;
  /** Null if the column asks the shared prompt. */
  prompt: string | null;
  sentSize: SentSize;
  /** How often each image is asked about with this recipe, from 1. */
  repeats: number;
  /** Null if the column takes its share of the width. */
  widthPx: number | null;
}

/** What words and age groups are compared with. */
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
  /** The column whose answers are the reference if none was typed. */
  referenceColumnId: ColumnId | null;
  /** Whether the user allows pictures to be left with the service, so that each is uploaded only once. */
  uploadsOnce: boolean;
}

export const MOST_COLUMNS = 6;
export const MOST_REPEATS = 5;
