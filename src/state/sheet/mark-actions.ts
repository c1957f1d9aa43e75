import type { ImageId } from "#src/domain/image.ts";
import type { Mark, MarkValue, UnwrittenMark } from "#src/domain/mark.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import type { SheetStore } from "./sheet-store.ts";
import type { SheetWriter } from "./sheet-writer.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";

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

/** How marks are taken back. */
export interface MarkChange {
  /** Named by no toast. */
  quiet?: boolean;
  /** What then replaces them, if making them can't be undone. */
  leaves?: MarkValue;
  /** Called before an undo takes them back, for what must still be remembered. */
  onUndo?: () => void;
}

export interface MarkActions {
  /** Adds marks as one change; `label` completes "Undo …". */
  add: (marks: readonly NewMark[], label: string, options?: MarkChange) => Promise<readonly Mark[]>;
  /** Adds marks that can't be taken back. */
  addForGood: (marks: readonly NewMark[]) => Promise<readonly Mark[]>;
  /** Takes marks back as one change. */
  remove: (marks: readonly Mark[], label: string) => Promise<void>;
}

interface MarkParts {
  sheetStore: SheetStore;
  writer: SheetWriter;
  undo: UndoStack;
  now: () => number;
  newId: () => string;
}

/** What the user writes on the sheet. Append-only: a change is a mark that replaces the earlier one. */
export function createMarkActions(parts: MarkParts): MarkActions {
  const setDeleted = async (marks: readonly Mark[], deletedAt: number | null): Promise<void> => {
    await parts.writer.write({ marks: marks.map((mark) => ({ ...mark, deletedAt })) });
  };
  const addForGood = async (newMarks: readonly NewMark[]): Promise<readonly Mark[]> => {
    const { marks } = await parts.writer.write({
      marks: newMarks.map((mark) => toMark(mark, parts)),
    });
    // The user waits for what they marked: figures must follow the key at once.
    parts.sheetStore.flush();
    return marks;
  };
  return {
    add: async (newMarks, label, { quiet = false, leaves, onUndo } = {}) => {
      const marks = await addForGood(newMarks);
      let left: readonly Mark[] = [];
      parts.undo.push({
        label,
        quiet,
        undo: async () => {
          onUndo?.();
          if (leaves === undefined) await setDeleted(marks, parts.now());
          else left = await addForGood(marks.map((mark) => inPlaceOf(mark, leaves)));
        },
        redo: () =>
          leaves === undefined ? setDeleted(marks, null) : setDeleted(left, parts.now()),
      });
      return marks;
    },
    addForGood,
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

function toMark(mark: NewMark, { sheetStore, now, newId }: MarkParts): UnwrittenMark {
  return {
    id: newId(),
    sheetId: sheetStore.store.getState().sheet.id,
    seq: null,
    imageId: mark.imageId,
    value: mark.value,
    shown: mark.shown,
    note: mark.note ?? null,
    by: mark.by ?? null,
    at: now(),
    secondsTaken: mark.secondsTaken ?? null,
    sample: mark.sample ?? null,
    replaces: mark.replaces ?? null,
    deletedAt: null,
  };
}

function inPlaceOf({ id, imageId, shown }: Mark, value: MarkValue): NewMark {
  return { imageId, value, shown, replaces: id };
}
