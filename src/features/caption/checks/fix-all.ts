import { fixedWhole, type CheckId } from "#src/domain/checks/checks.ts";
import type { FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { canEdit, type Standings } from "#src/features/caption/list/standing.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import type { TextChange } from "#src/features/caption/view-state.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { showToast } from "#src/ui/toasts.ts";

/** Which findings are mended. */
export interface FixScope {
  ids: Iterable<ImageId>;
  /** All that can be mended, or only what these checks find. */
  checks: readonly CheckId[] | "all";
  /** Only texts of this field; null for those of every field. */
  fieldId: FieldId | null;
}

function isWanted(problem: TextProblem, { checks, fieldId }: FixScope): boolean {
  return (
    problem.isMendable &&
    (fieldId === null || problem.fieldId === fieldId) &&
    (checks === "all" || checks.includes(problem.check))
  );
}

/** How many texts have something that can be mended, without mending them. */
export function countMendable(problems: Listing["problems"], scope: FixScope): number {
  let count = 0;
  for (const id of scope.ids) {
    const wanted = (problems.get(id) ?? []).filter((problem) => isWanted(problem, scope));
    count += new Set(wanted.map(({ fieldId }) => fieldId)).size;
  }
  return count;
}

/** The changes that mend what was found. It pauses after each image. */
export function* fixesOf(
  { problems, standings }: { problems: Listing["problems"]; standings: Standings },
  scope: FixScope,
): Generator<undefined, TextChange[]> {
  const changes: TextChange[] = [];
  for (const imageId of scope.ids) {
    const wanted = (problems.get(imageId) ?? []).filter((problem) => isWanted(problem, scope));
    if (wanted.length === 0) continue;
    for (const text of standings.byId.get(imageId)?.texts ?? []) {
      const { fieldId, text: before } = text;
      const own = wanted.filter((problem) => problem.fieldId === fieldId);
      if (own.length === 0 || before === null || !canEdit(text)) continue;
      const after = fixedWhole(before, text.rules, scope.checks) ?? before;
      if (after !== before) changes.push({ imageId, fieldId, before, after });
    }
    yield undefined;
  }
  return changes;
}

// What tells that the user has gone on: to a dialog, a text, another image, the search.
const WHERE = ["dialog", "editing", "activeId", "search"] as const;

/**
 * Mends in slices, and then shows every change before any is made. If the user does something else by then, nothing covers
 * it, and no key they press makes the changes: a toast offers to show them. Rejects once the signal is aborted.
 */
export async function previewFixes(
  desk: Desk,
  scope: FixScope,
  { title, signal }: { title: string; signal: AbortSignal },
): Promise<void> {
  const { problems } = desk.listing();
  const pressed = desk.view.getState();
  const changes = await inSlices(fixesOf({ problems, standings: desk.standings() }, scope), signal);
  const show = (): void => {
    const { dialog } = desk.view.getState();
    const back = dialog?.kind === "checks" ? { back: dialog } : {};
    desk.view.setState({ dialog: { kind: "changes", title, changes, doing: "fixing", ...back } });
  };
  const now = desk.view.getState();
  if (WHERE.every((part) => now[part] === pressed[part])) return show();
  showToast({
    text: "The preview is ready.",
    kind: "preview-ready",
    action: { label: "Show", run: show },
  });
}
