import { IMAGE_ROLES, type ImageRole } from "#src/domain/image-role.ts";
import { ROLE_WORDS, suggestedRole } from "#src/domain/role-rules.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import type { Standing } from "#src/features/caption/list/standing.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";

interface RoleNoteProps {
  image: SheetImage;
  standing: Standing;
  /** Whether Tab stops at what it suggests. */
  isReachable: boolean;
  actions: Pick<RowActions, "setRole">;
}

/** What an image is for, if it does not just inform; or what it seems to be for, to be taken with one press. */
export function RoleNote({ image, standing, isReachable, actions }: RoleNoteProps) {
  const suggested = useSuggested(image, standing);
  if (standing.role !== "informative")
    return (
      <span
        title={ROLE_WORDS[standing.role].hint}
        className="shrink-0 rounded-[3px] border border-line-2 px-1.25"
      >
        {ROLE_WORDS[standing.role].name}
      </span>
    );
  if (suggested === null) return null;
  return (
    <Button
      look="mini"
      tabIndex={isReachable ? 0 : -1}
      title={`Mark it as ${suggested}. ${ROLE_WORDS[suggested].hint}`}
      aria-label={`Looks ${suggested}: mark ${imageName(image)} so`}
      className="shrink-0 px-1! py-0! text-xs! underline decoration-dotted underline-offset-3"
      onClick={() => actions.setRole([image.id], suggested)}
    >
      Looks {suggested}
    </Button>
  );
}

function useSuggested(image: SheetImage, { hasRole }: Standing): ImageRole | null {
  const hash = pictureHashOf(image);
  const facts = useSheet((state) => (hash === null ? undefined : state.pictures.get(hash)));
  return hasRole ? null : suggestedRole(imageName(image), facts ?? null);
}

/** The role of the image that is shown alone: all four beside each other. */
export function RoleChoice({ image, standing, actions }: Omit<RoleNoteProps, "isReachable">) {
  const suggested = useSuggested(image, standing);
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-2 text-xs text-ink-2">
        <span className="font-semibold">Role</span>
        {suggested !== null && <span>Looks {suggested}</span>}
      </div>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset groups fields, and these are buttons
        role="group"
        aria-label={`Role of ${imageName(image)}`}
        className="grid grid-cols-4 rounded border border-line-2 bg-sheet p-0.5 text-control max-xl:grid-cols-2"
      >
        {IMAGE_ROLES.map((role) => (
          <button
            key={role}
            type="button"
            aria-pressed={standing.role === role}
            title={ROLE_WORDS[role].hint}
            className="rounded-[4px] px-1 py-1 text-ink-2 hover:text-ink aria-pressed:bg-paper aria-pressed:font-medium aria-pressed:text-ink aria-pressed:outline aria-pressed:outline-line-2 pointer-coarse:min-h-10"
            onClick={() => actions.setRole([image.id], role)}
          >
            {ROLE_WORDS[role].name}
          </button>
        ))}
      </div>
      {standing.role !== "informative" && (
        <p className="mt-1 text-xs text-ink-2">{ROLE_WORDS[standing.role].hint}</p>
      )}
    </div>
  );
}
