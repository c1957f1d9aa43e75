import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#src/lib/class-names.ts";
import { ariaKeys, keyLabel } from "./key-hint.tsx";

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
