import type { ComponentProps, ReactNode } from "react";
import { ChevronDown, ChevronUp } from "lucide-react";
import { classNames } from "#src/lib/class-names.ts";
import { ariaKeys, KeyHint, keyLabel } from "./key-hint.tsx";
import type { PopoverTrigger } from "./popover.tsx";

const LOOKS = {
  /** The one thing to do now; at most one on a screen. */
  strong:
    "bg-ink text-sheet font-semibold px-4.5 py-2 text-sm hover:bg-ink/88 aria-disabled:bg-ink/45 disabled:bg-ink/45",
  /** Everything else that stands alone. */
  ghost:
    "border border-line-2 bg-sheet text-ink px-2.75 py-1.25 text-control hover:bg-paper disabled:text-ink-2 aria-disabled:text-ink-2",
  /** Beside words, in rows. */
  mini: "text-ink-2 px-2 py-0.75 text-[0.78125rem] rounded-[4px] hover:bg-paper hover:text-ink",
  /** Takes something away; it asks first or can be undone. */
  careful:
    "border border-warn/50 bg-sheet text-warn px-2.75 py-1.25 text-control hover:bg-warn-wash disabled:opacity-60",
} as const;

interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
  /** The key binding that presses it, printed on it ("e", "$mod+Enter"). */
  keys?: string | undefined;
}

/** A real button. Its accessible name is its text, without the key. */
export function Button({ look = "ghost", keys, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={keys === undefined ? undefined : ariaKeys(keys)}
      className={classNames(
        "inline-flex items-center justify-center gap-2 rounded whitespace-nowrap transition-colors",
        "disabled:cursor-default pointer-coarse:min-h-10",
        LOOKS[look],
        className,
      )}
      {...rest}
    >
      {children}
      {keys !== undefined && (
        <KeyHint keys={keys} className={look === "mini" ? "opacity-100" : "opacity-65"} />
      )}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  /** Its accessible name, also shown as its tooltip. */
  label: string;
  /** The key binding that presses it, shown in the tooltip. */
  keys?: string;
  /** A picture or a sign; hidden from assistive technology. */
  children: ReactNode;
}

/** A button without words on it. */
export function IconButton({ label, keys, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={keys === undefined ? undefined : ariaKeys(keys)}
      title={keys === undefined ? label : `${label} (${keyLabel(keys)})`}
      className={classNames(
        "inline-flex size-7.5 shrink-0 items-center justify-center rounded text-ink-2 transition-colors",
        "hover:bg-paper hover:text-ink disabled:cursor-default disabled:opacity-50 pointer-coarse:size-10",
        className,
      )}
      {...rest}
    >
      <span aria-hidden="true" className="contents">
        {children}
      </span>
    </button>
  );
}

interface ChipProps extends ComponentProps<"button"> {
  /** Left out for a chip that acts and does not stay on. */
  pressed?: boolean;
}

/** A small round button, for one choice among a few in a row. */
export function Chip({ pressed, className, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      className={classNames(
        "rounded-full border px-2.5 py-0.75 text-[0.78125rem] whitespace-nowrap transition-colors disabled:cursor-default disabled:opacity-60 pointer-coarse:py-2",
        pressed === true
          ? "border-ink bg-ink text-sheet"
          : "border-line-2 text-ink-2 hover:border-ink-3 hover:text-ink",
        className,
      )}
      {...rest}
    />
  );
}

export interface MoreButtonProps extends Partial<PopoverTrigger> {
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
