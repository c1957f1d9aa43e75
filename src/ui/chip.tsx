import type { ComponentProps } from "react";
import { classNames } from "#src/lib/class-names.ts";

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
