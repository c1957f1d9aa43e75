import { useLayoutEffect, useRef } from "react";
import { IMAGE_ROLES, type ImageRole } from "#src/domain/image-role.ts";
import { ROLE_WORDS } from "#src/domain/role-rules.ts";
import { imageName, type ImageId } from "#src/domain/image.ts";
import { deskOf } from "#src/features/caption/desk.ts";
import { counted } from "#src/lib/counted.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { useActs, type Act } from "#src/ui/acts.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { KeyHint } from "#src/ui/key-hint.tsx";

/** Live while a role is chosen: each by its first letter. */
export const ROLE_ACTS: readonly Act<{ choose: (role: ImageRole) => void }>[] = IMAGE_ROLES.map(
  (role) => ({
    id: `caption.role-${role}`,
    label: `Role: ${role}`,
    keys: [role.charAt(0)],
    group: "Caption",
    inDialog: true,
    run: ({ choose }) => choose(role),
  }),
);

/** Says what images are for, with one press or the first letter. */
export function RoleDialog({
  imageIds,
  onClose,
}: {
  imageIds: readonly ImageId[];
  onClose: () => void;
}) {
  const open = useOpenSheet();
  const { rows, standings } = deskOf(open);
  const [only, ...others] = imageIds;
  const image = open.store.getState().images.get(only ?? "");
  const what =
    others.length === 0 && image !== undefined
      ? imageName(image)
      : counted(imageIds.length, "image");
  const roles = new Set(imageIds.map((id) => standings().byId.get(id)?.role));
  const [current] = roles;
  const choose = (role: ImageRole): void => {
    onClose();
    rows.setRole(imageIds, role);
  };
  useActs(ROLE_ACTS, { choose });
  const first = useRef<HTMLButtonElement>(null);
  // There is nothing else to do here than to choose.
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <Dialog title={`Role of ${what}`} onClose={onClose}>
      <div className="grid gap-2">
        {IMAGE_ROLES.map((role) => {
          const isCurrent = roles.size === 1 && current === role;
          return (
            <button
              key={role}
              type="button"
              ref={isCurrent || (roles.size !== 1 && role === "informative") ? first : null}
              aria-pressed={isCurrent}
              className="flex items-start gap-3 rounded border border-line-2 px-3 py-2 text-left hover:bg-paper aria-pressed:border-ink"
              onClick={() => choose(role)}
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{ROLE_WORDS[role].name}</span>
                <span className="block text-xs text-ink-2">{ROLE_WORDS[role].hint}</span>
              </span>
              <KeyHint keys={role.charAt(0)} className="rounded-xs border border-line-2 px-1" />
            </button>
          );
        })}
      </div>
    </Dialog>
  );
}
