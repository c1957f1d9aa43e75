import type { ImageId } from "#src/domain/image.ts";
import type { Mark, MarkValue } from "#src/domain/mark.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import type { SheetStore } from "./sheet-store.ts";
import type { SheetWriter } from "./sheet-writer.ts";
import type { UndoStack } from "./undo-stack.ts";

/** A mark about to be made. */
export interface NewMark {
  imageId: ImageId;
  value: MarkValue;
  /** The answers on screen, in the order shown. */
  shown: readonly TaskUuid[];
  note?: string | null;
  by?: string | null;
  secondsTaken?: number | null;
  sample?: Mark["sample"];
  replaces?: string | null;
}

export interface MarkActions {
  /** Adds marks as one change; `label` completes "Undo …". A quiet change is named by no toast. */
  add: (
    marks: readonly NewMark[],
    label: string,
    options?: { quiet?: boolean },
  ) => Promise<readonly Mark[]>;
  /** Takes marks back as one change. */
  remove: (marks: readonly Mark[], label: string) => Promise<void>;
}

/** What a person writes on the sheet. Append-only: a change is a mark that replaces the earlier one. */
export function createMarkActions(parts: {
  sheetStore: SheetStore;
  writer: SheetWriter;
  undo: UndoStack;
  now: () => number;
  newId: () => string;
}): MarkActions {
  const setDeleted = (marks: readonly Mark[], deletedAt: number | null): Promise<void> =>
    parts.writer.write({ marks: marks.map((mark) => ({ ...mark, deletedAt })) });
  const toMark = (mark: NewMark): Mark => ({
    id: parts.newId(),
    sheetId: parts.sheetStore.store.getState().sheet.id,
    imageId: mark.imageId,
    value: mark.value,
    shown: mark.shown,
    note: mark.note ?? null,
    by: mark.by ?? null,
    at: parts.now(),
    secondsTaken: mark.secondsTaken ?? null,
    sample: mark.sample ?? null,
    replaces: mark.replaces ?? null,
    deletedAt: null,
  });
  return {
    add: async (newMarks, label, { quiet = false } = {}) => {
      const marks = newMarks.map(toMark);
      await parts.writer.write({ marks });
      // A person waits for what they marked: figures must follow the key at once.
      parts.sheetStore.flush();
      parts.undo.push({
        label,
        quiet,
        undo: () => setDeleted(marks, parts.now()),
        redo: () => setDeleted(marks, null),
      });
      return marks;
    },
    remove: async (marks, label) => {
      if (marks.length === 0) return;
      await setDeleted(marks, parts.now());
      parts.undo.push({
        label,
        undo: () => setDeleted(marks, null),
        redo: () => setDeleted(marks, parts.now()),
      });
    },
  };
}
