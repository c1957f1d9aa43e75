import type { ImageId } from "#src/domain/image.ts";
import { canEdit, type Standings, type TextStanding } from "#src/features/caption/list/standing.ts";
import type { TextOf } from "#src/features/caption/view-state.ts";
import { counted } from "#src/lib/counted.ts";
import type { NewMark } from "#src/state/sheet/actions.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { showToast } from "#src/ui/toasts.ts";

/** One text of one image: as it stands ("" if there is none), and as it would read. A preview is a list of these. */
export interface TextChange extends TextOf {
  before: string;
  after: string;
}

/** The edit that makes a text read so, on top of what is on screen. */
export function editOf(imageId: ImageId, text: TextStanding, words: string): NewMark {
  const { edit, answered } = text.shown;
  return {
    imageId,
    value: { kind: "edit", fieldId: text.fieldId, text: words },
    shown: answered === null ? [] : [answered.taskUuid],
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
