import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import { standingMarks } from "#src/domain/shown-answer.ts";
import type { TextStanding } from "#src/features/caption/list/standing.ts";
import { canEdit } from "#src/features/caption/list/standing.ts";
import { editOf } from "#src/features/caption/bulk/preview.ts";
import type { NewMark } from "#src/state/sheet/actions.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { HistoryText } from "./history-of.ts";

/** What a text of the history is brought back by. */
export type Restoring =
  /** The model's answer stands under the user's words: these edits are taken back. */
  { kind: "take-back"; edits: readonly Mark[] } | { kind: "write"; mark: NewMark };

/** What can be restored: a text of the history of one field of one image. */
export interface Restorable {
  image: SheetImage;
  /** Of that image. */
  marks: readonly Mark[];
  standing: TextStanding;
  entry: HistoryText;
}

/**
 * How to make a field read as it did once. A model's answer that lies under an edit comes back by taking the edit back,
 * so that it stays the model's; a text that the image came with stays one; everything else becomes the user's words. Null
 * if it can't come back, or is there already.
 */
export function restoringOf({ image, marks, standing, entry }: Restorable): Restoring | null {
  if (entry.isShown || entry.text === "" || !canEdit(standing)) return null;
  const { answered, edit, existing } = standing.shown;
  const edits = marks.filter(
    ({ value, deletedAt }) =>
      value.kind === "edit" && value.fieldId === standing.fieldId && deletedAt === null,
  );
  const isUnder =
    answered !== null && entry.task?.taskUuid === answered.taskUuid && existing === null;
  if (isUnder && !hasExistingOver(answered.taskUuid, marks, edits))
    return { kind: "take-back", edits };
  const mark = editOf(image.id, standing, entry.text);
  const shown = answered === null ? [] : [answered.taskUuid];
  if (entry.mark?.value.kind !== "existing") return { kind: "write", mark: { ...mark, shown } };
  const replaces = (edit ?? existing)?.id ?? null;
  return { kind: "write", mark: { ...mark, value: entry.mark.value, shown, replaces } };
}

/** Whether without the edits a text that the image came with would lie over the answer. */
function hasExistingOver(
  answerUuid: string,
  marks: readonly Mark[],
  edits: readonly Mark[],
): boolean {
  const fieldIds = edits.flatMap(({ value }) => (value.kind === "edit" ? [value.fieldId] : []));
  return standingMarks(marks.filter((mark) => !edits.includes(mark))).some(
    ({ value, shown }) =>
      value.kind === "existing" && fieldIds.includes(value.fieldId) && shown.includes(answerUuid),
  );
}

/** Brings a text back, with one undo. Rejects with storage’s FailureError. */
export async function restore(open: OpenSheet, restorable: Restorable): Promise<void> {
  const restoring = restoringOf(restorable);
  if (restoring === null) return;
  const label = `restoring an earlier text of ${imageName(restorable.image)}`;
  if (restoring.kind === "write") await open.marks.add([restoring.mark], label);
  else await open.marks.remove(restoring.edits, label);
}
