import { fixedWhole, type CheckId } from "#src/domain/checks/checks.ts";
import type { FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { canEdit, type Standings } from "#src/features/caption/list/standing.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import type { TextChange } from "#src/features/caption/view-state.ts";
import { inSlices } from "#src/lib/in-slices.ts";

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

/** Mends in slices, and then shows every change before any is made. Rejects once the signal is aborted. */
export async function previewFixes(
  desk: Desk,
  scope: FixScope,
  { title, signal }: { title: string; signal: AbortSignal },
): Promise<void> {
  const { problems } = desk.listing();
  const changes = await inSlices(fixesOf({ problems, standings: desk.standings() }, scope), signal);
  const { dialog } = desk.view.getState();
  desk.view.setState({
    dialog: {
      kind: "changes",
      title,
      changes,
      doing: "fixing",
      ...(dialog?.kind === "checks" ? { back: dialog } : {}),
    },
  });
}
