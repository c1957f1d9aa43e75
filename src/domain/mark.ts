import type { AgeRange } from "./answer.ts";
import type { ColumnId } from "./compare-settings.ts";
import type { FieldId } from "./field.ts";
import type { ImageRole } from "./image-role.ts";
import type { ImageId, SheetId } from "./image.ts";
import type { Recipe } from "./recipe.ts";
import type { TaskUuid } from "./task.ts";

export type MarkId = string;

/**
 * What the user said the truth is. "wrong" and "agree" are judgements on a shown verdict; the rest stand
 * alone.
 */
export type Judgement =
  | { kind: "age"; years: number }
  | { kind: "range"; range: AgeRange; label: string }
  | { kind: "wrong" }
  | { kind: "no-face" }
  | { kind: "several-faces" }
  | { kind: "unusable" }
  | { kind: "unsure" };

/**
 * What a vote was cast on, by value: columns change, and it must still be known what was voted on.
 */
export interface Contest {
  columns: { columnId: ColumnId; recipe: Recipe }[];
  /** True if names, costs and times were hidden. */
  blind: boolean;
}

/** Where a text came from that an image had before: a file beside it, a row of a table, or the picture’s own metadata. */
export interface ExistingFrom {
  kind: "sidecar" | "table" | "picture";
  /** As the user knows it: "lamps-1.txt", "metadata.jsonl", "XMP dc:description". */
  name: string;
}

/** What the user said, by kind. Votes from before contests were stored have none. */
export type MarkValue =
  | { kind: "edit"; fieldId: FieldId; text: string }
  /** A text that the image came with. It stands until a model answers or the user writes. */
  | { kind: "existing"; fieldId: FieldId; text: string; from: ExistingFrom }
  | { kind: "reference"; fieldId: FieldId; text: string }
  | { kind: "pick"; taskUuid: TaskUuid; contest?: Contest }
  | { kind: "tie"; contest?: Contest }
  | { kind: "all-bad"; contest?: Contest }
  | { kind: "void"; why: "revealed" | "redone" }
  | {
      kind: "judgement";
      judgement: Judgement;
      blind: boolean;
      from: "person" | "file" | "file-name";
    }
  | { kind: "flag" }
  /** The user has looked at the texts that were shown, and takes them as they are. */
  | { kind: "reviewed" }
  /** What a model is told about this image, beside what its sheet and its folder say. */
  | { kind: "context"; text: string }
  | { kind: "role"; role: ImageRole };

/** One mark, append-only: a change adds a mark that replaces the earlier one. */
export interface Mark {
  id: MarkId;
  sheetId: SheetId;
  /**
   * Its place in the order of the sheet's marks, from 1. It is given when the mark is written, since the clocks of tabs
   * and devices differ.
   */
  seq: number;
  imageId: ImageId;
  value: MarkValue;
  /** The answers on screen when the mark was made, in the order shown. */
  shown: readonly TaskUuid[];
  note: string | null;
  by: string | null;
  /** Epoch milliseconds. */
  at: number;
  secondsTaken: number | null;
  sample: "random" | "hunted" | null;
  replaces: MarkId | null;
  /** Set by an undo; purged when it can no longer be redone. */
  deletedAt: number | null;
}

/** A mark that is about to be written, and has no place in the order yet. */
export type UnwrittenMark = Omit<Mark, "seq"> & { seq: null };
