import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { TextStanding } from "#src/features/caption/list/standing.ts";
import { canEdit } from "#src/features/caption/list/standing.ts";
import { editOf } from "#src/features/caption/bulk/preview.ts";
import type { NewMark } from "#src/state/sheet/actions.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { HistoryText } from "./history-of.ts";

/** What can be restored: a text of the history of one field of one image. */
export interface Restorable {
  image: SheetImage;
  standing: TextStanding;
  entry: HistoryText;
}

/**
 * The mark that makes a field read as it did once: a text that the image came with stays one, everything else becomes the
 * user's words, also what the model answered. Nothing is taken back, so whatever stood there stays in the history. Null if
 * it can't come back, or is there already.
 */
export function restoringOf({ image, standing, entry }: Restorable): NewMark | null {
  const isThere = entry.isShown || entry.text === standing.text;
  if (isThere || entry.text === "" || !canEdit(standing)) return null;
  const { answered, edit, existing } = standing.shown;
  const mark = editOf(image.id, standing, entry.text);
  const shown = answered === null ? [] : [answered.taskUuid];
  if (entry.mark?.value.kind !== "existing") return { ...mark, shown };
  return { ...mark, value: entry.mark.value, shown, replaces: (edit ?? existing)?.id ?? null };
}

/** Brings a text back, with one undo. Rejects with storage’s FailureError. */
export async function restore(open: OpenSheet, restorable: Restorable): Promise<void> {
  const mark = restoringOf(restorable);
  if (mark === null) return;
  await open.marks.add([mark], `restoring an earlier text of ${imageName(restorable.image)}`);
}
