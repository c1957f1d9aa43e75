import { ChevronDown, ChevronUp } from "lucide-react";
import { classNames } from "#src/lib/class-names.ts";
import type { PopoverTrigger } from "#src/ui/popover.tsx";

interface MoreButtonProps extends Partial<PopoverTrigger> {
  "aria-haspopup"?: "menu";
  onClick?: () => void;
  label: string;
  /** Like the button beside it. */
  look: "strong" | "ghost";
  /** Where its menu opens. */
  points: "up" | "down";
}

/** The second half of a split button: opens the menu of what else can be done. */
export function MoreButton({ label, look, points, ...trigger }: MoreButtonProps) {
  const Arrow = points === "up" ? ChevronUp : ChevronDown;
  return (
    <button
      {...trigger}
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        "inline-flex w-8 shrink-0 items-center justify-center self-stretch rounded rounded-l-none transition-colors pointer-coarse:w-10",
        look === "strong"
          ? "ml-px bg-ink text-sheet hover:bg-ink/88"
          : "border border-l-0 border-line-2 bg-sheet text-ink-2 hover:bg-paper hover:text-ink",
      )}
    >
      <Arrow size={15} aria-hidden="true" />
    </button>
  );
}
