import type { Field } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import { lengthOver } from "#src/domain/text-length.ts";
import { canEdit, type Standings, type TextStanding } from "#src/features/caption/list/standing.ts";
import type { TextChange, TextOf } from "#src/features/caption/view-state.ts";
import { counted } from "#src/lib/counted.ts";
import type { NewMark } from "#src/state/sheet/actions.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { showToast } from "#src/ui/toasts.ts";

/** A change as it is shown before it is made. */
export interface ChangeRow extends TextChange {
  /** By how much it would exceed its field’s limit, in the limit’s unit. */
  over: number;
}

/** Names the text that a change is about. */
export function changeKey({ imageId, fieldId }: TextOf): string {
  return `${fieldId}/${imageId}`;
}

/** A preview that something else has made, as it is shown. What would not change is left out. */
export function changeRows(changes: readonly TextChange[], fields: readonly Field[]): ChangeRow[] {
  const limits = new Map(fields.map(({ id, limit }) => [id, limit]));
  return changes
    .filter(({ before, after }) => before !== after)
    .map((change) => ({
      ...change,
      over: lengthOver(change.after, limits.get(change.fieldId) ?? null),
    }));
}

/**
 * The edit that makes a text read so, among many. An answer that waits beside the user’s words goes on waiting: nobody has
 * looked at it.
 */
export function editOf(imageId: ImageId, text: TextStanding, words: string): NewMark {
  const { edit, answered, besideEdit } = text.shown;
  const seen = besideEdit === null ? answered : null;
  return {
    imageId,
    value: { kind: "edit", fieldId: text.fieldId, text: words },
    shown: seen === null ? (edit?.shown ?? []) : [seen.taskUuid],
    replaces: edit?.id ?? null,
  };
}

/** What of a preview can still be written, and the changes whose texts no longer read as it shows, or can't be edited. */
interface PlannedChanges {
  marks: NewMark[];
  skipped: TextChange[];
}

/** The edits of a preview. What was answered, edited or removed since is left as it is now. */
function planChanges(standings: Standings, changes: readonly TextChange[]): PlannedChanges {
  const marks: NewMark[] = [];
  const skipped: TextChange[] = [];
  for (const change of changes) {
    if (change.before === change.after) continue;
    const text = standings.byId
      .get(change.imageId)
      ?.texts.find(({ fieldId }) => fieldId === change.fieldId);
    if (text === undefined || !canEdit(text) || (text.text ?? "") !== change.before)
      skipped.push(change);
    else marks.push(editOf(change.imageId, text, change.after));
  }
  return { marks, skipped };
}

/**
 * Writes a preview as one change with one undo, and says what it had to leave. `doing` completes "Undo …" together with
 * the number of texts. Rejects with storage’s FailureError; nothing is written then.
 */
export async function applyChanges(
  { open, standings }: { open: OpenSheet; standings: () => Standings },
  changes: readonly TextChange[],
  doing = "changing",
): Promise<{ changed: number; skipped: number }> {
  const { marks, skipped } = planChanges(standings(), changes);
  if (marks.length > 0) await open.marks.add(marks, `${doing} ${counted(marks.length, "text")}`);
  if (skipped.length > 0)
    showToast({
      text: `${counted(skipped.length, "text")} left as ${skipped.length === 1 ? "it is" : "they are"}: changed since the preview, or being asked about.`,
      kind: "texts-left",
      tone: "warn",
    });
  return { changed: marks.length, skipped: skipped.length };
}
