import type { ComponentProps } from "react";
import { classNames } from "#src/lib/class-names.ts";
import { ariaKeys, KeyHint } from "./key-hint.tsx";

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

export interface ButtonProps extends ComponentProps<"button"> {
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
