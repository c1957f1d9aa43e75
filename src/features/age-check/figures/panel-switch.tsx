import { classNames } from "#src/lib/class-names.ts";
import { useAgeDesk, useAgeView } from "#src/features/age-check/use-age.ts";

const PANELS = [
  { panel: "faces", name: "Faces" },
  { panel: "figures", name: "Set-up and figures" },
] as const;

/** Which half of the view a phone shows. */
export function PanelSwitch({ className }: { className?: string }) {
  const { view } = useAgeDesk();
  const shown = useAgeView((state) => state.panel);
  return (
    <fieldset
      aria-label="What is shown"
      className={classNames(
        "grid grid-cols-2 border-b border-line bg-sheet px-3 py-1.5",
        className,
      )}
    >
      {PANELS.map(({ panel, name }) => (
        <button
          key={panel}
          type="button"
          aria-pressed={shown === panel}
          onClick={() => view.setState({ panel })}
          className={classNames(
            "min-h-9 rounded text-control pointer-coarse:min-h-10",
            shown === panel ? "bg-paper font-semibold" : "text-ink-2",
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
