import type { ImageId } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import { useDesk } from "#src/features/compare/compare-desk.ts";

interface PickButtonProps {
  place: number;
  isPicked: boolean;
  disabled: boolean;
  /** The answer's name for now: a blind one has none. */
  name: string;
  onPick: { imageId: ImageId; index: number };
  /** How long the row has been looked at, on the stage; not known in the grid. */
  seconds?: () => number;
}

/** Picks an answer. The picked one is circled by hand, in red pencil. */
export function PickButton({ place, isPicked, disabled, name, onPick, seconds }: PickButtonProps) {
  const { votes } = useDesk();
  return (
    <span className={classNames("relative ml-1.5 inline-flex", isPicked && PENCIL_CIRCLE)}>
      <button
        type="button"
        aria-pressed={isPicked}
        aria-disabled={disabled && !isPicked}
        aria-keyshortcuts={String(place)}
        aria-label={`Pick ${name}`}
        onClick={() => {
          if (isPicked) votes.withdraw(onPick.imageId);
          else votes.vote(onPick.imageId, { kind: "pick", index: onPick.index }, seconds?.());
        }}
        className={classNames(
          "rounded-full border px-2.5 py-0.5 text-xs whitespace-nowrap pointer-coarse:py-2",
          isPicked
            ? "border-transparent font-semibold text-pencil"
            : "border-line-2 text-ink-2 hover:border-ink-3 hover:text-ink",
        )}
      >
        <kbd aria-hidden="true" className="font-mono">
          {place}
        </kbd>{" "}
        {isPicked ? "picked" : "pick"}
      </button>
    </span>
  );
}

const PENCIL_CIRCLE =
  "after:pointer-events-none after:absolute after:-inset-x-2 after:-inset-y-1 after:-rotate-2 after:rounded-[48%_52%_46%_54%/58%_44%_56%_42%] after:border-[2.5px] after:border-pencil";
