import type { AgeRange } from "./answer.ts";
import type { ImageId, SheetId } from "./image.ts";
import type { TaskUuid } from "./task.ts";

export type MarkId = string;

/** What a person said the truth is. "wrong" and "agree" are words on a shown verdict; the rest stand alone. */
export type Judgement =
  | { kind: "age"; years: number }
  | { kind: "range"; range: AgeRange; label: string }
  | { kind: "wrong" }
  | { kind: "no-face" }
  | { kind: "several-faces" }
  | { kind: "unusable" }
  | { kind: "unsure" };

/** What a person said, by kind. */
export type MarkValue =
  | { kind: "edit"; text: string }
  | { kind: "reference"; text: string }
  | { kind: "pick"; taskUuid: TaskUuid }
  | { kind: "tie" }
  | { kind: "all-bad" }
  | { kind: "void"; why: "revealed" | "redone" }
  | {
      kind: "judgement";
      judgement: Judgement;
      blind: boolean;
      from: "person" | "file" | "file-name";
    }
  | { kind: "flag" };

/** One mark, append-only: a change adds a mark that replaces the earlier one. */
export interface Mark {
  id: MarkId;
  sheetId: SheetId;
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
  /** Set by an undo; purged when the redo ends. */
  deletedAt: number | null;
}
