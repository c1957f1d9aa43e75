import { GalleryHorizontalEnd, LayoutGrid, LayoutList, Table2 } from "lucide-react";
import type { ComponentType } from "react";
import { classNames } from "#src/lib/class-names.ts";
import type { Act } from "#src/ui/acts.ts";
import { ariaKeys, keyLabel } from "#src/ui/key-hint.tsx";
import { CAPTION_ACTS } from "./actions.ts";
import type { Desk } from "./desk.ts";
import { useCaptionSettings, type Layout } from "./settings.ts";

/** The layouts in the order of their keys. */
const SHOWN: readonly { layout: Layout; act: Act<Desk>; Icon: ComponentType<{ size: number }> }[] =
  [
    { layout: "list", act: CAPTION_ACTS.list, Icon: LayoutList },
    { layout: "grid", act: CAPTION_ACTS.grid, Icon: LayoutGrid },
    { layout: "table", act: CAPTION_ACTS.table, Icon: Table2 },
    { layout: "one", act: CAPTION_ACTS.oneByOne, Icon: GalleryHorizontalEnd },
  ];

/** Which layout is shown, and the others with their keys. */
export function LayoutSwitch({ desk }: { desk: Desk }) {
  const { layout } = useCaptionSettings();
  return (
    <div
      role="group" // oxlint-disable-line jsx-a11y/prefer-tag-over-role -- a fieldset groups the fields of a form
      aria-label="Layout"
      className="inline-flex shrink-0 gap-px rounded border border-line-2 bg-sheet p-0.5"
    >
      {SHOWN.map(({ layout: one, act, Icon }) => {
        const [key = ""] = act.keys;
        return (
          <button
            key={one}
            type="button"
            aria-pressed={one === layout}
            aria-keyshortcuts={ariaKeys(key)}
            title={`${act.label} (${keyLabel(key)})`}
            onClick={() => act.run(desk)}
            className={classNames(
              "inline-flex h-6.5 items-center gap-1.5 rounded-[4px] px-2.25 text-[0.78125rem] whitespace-nowrap pointer-coarse:h-8.5",
              one === layout
                ? "bg-paper font-medium text-ink inset-ring inset-ring-line-2"
                : "text-ink-2 hover:text-ink",
            )}
          >
            <Icon size={15} aria-hidden="true" />
            <span className="max-lg:sr-only">{act.label}</span>
          </button>
        );
      })}
    </div>
  );
}
