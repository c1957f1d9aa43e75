import { fixedText, fixedWhole, FIX_LABELS, type CheckId } from "#src/domain/checks/checks.ts";
import type { FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { canEdit, type Standings } from "#src/features/caption/list/standing.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import type { TextChange } from "#src/features/caption/view-state.ts";

/** Which findings are mended: of these checks, or of all. */
export interface FixScope {
  ids: Iterable<ImageId>;
  checks: readonly CheckId[] | "all";
  /** Only texts of this field; null for those of every field. */
  fieldId: FieldId | null;
}

/** The changes that mend what was found in these images; texts that a machine can't mend are not among them. */
export function fixesOf(
  { problems, standings }: { problems: Listing["problems"]; standings: Standings },
  { ids, checks, fieldId }: FixScope,
): TextChange[] {
  const changes: TextChange[] = [];
  for (const imageId of ids) {
    const found = problems.get(imageId) ?? [];
    if (found.length === 0) continue;
    for (const text of standings.byId.get(imageId)?.texts ?? []) {
      if (fieldId !== null && text.fieldId !== fieldId) continue;
      const own = found.filter((problem) => problem.fieldId === text.fieldId);
      if (own.length === 0 || text.text === null || !canEdit(text)) continue;
      let after = text.text;
      if (checks === "all") after = fixedWhole(after, text.rules) ?? after;
      else
        for (const { check } of own)
          if (checks.includes(check)) after = fixedText(after, check, text.rules) ?? after;
      if (after !== text.text)
        changes.push({ imageId, fieldId: text.fieldId, before: text.text, after });
    }
  }
  return changes;
}

/** Whether a machine can mend what a check finds. */
export function isMendable(check: CheckId): boolean {
  return FIX_LABELS[check] !== null;
}

/** Shows every change before any is made. */
export function previewFixes({ view }: Desk, changes: readonly TextChange[], what: string): void {
  const { dialog } = view.getState();
  view.setState({
    dialog: {
      kind: "changes",
      title: what,
      changes,
      doing: "mending",
      ...(dialog?.kind === "checks" ? { back: dialog } : {}),
    },
  });
}
