import { useId, useState, type ReactNode } from "react";
import { classNames } from "#src/lib/class-names.ts";
import { useBeside } from "./place-beside.ts";

/** Spread these on the button that opens the popover. */
export interface PopoverTrigger {
  popoverTarget: string;
  "aria-expanded": boolean;
}

interface PopoverProps {
  /** Accessible name of what opens. */
  label: string;
  trigger: (props: PopoverTrigger) => ReactNode;
  align?: "start" | "end";
  className?: string;
  /** Rendered only while it is open; `close` gives the focus back to the trigger. */
  children: (close: () => void) => ReactNode;
}

/**
 * A native popover under its trigger: Escape and a press elsewhere close it, and it lies above everything.
 */
export function Popover({ label, trigger, align = "start", className, children }: PopoverProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const stayBeside = useBeside(id, align);
  return (
    <>
      {trigger({ popoverTarget: id, "aria-expanded": open })}
      <section
        id={id}
        popover="auto"
        aria-label={label}
        onToggle={(event) => setOpen(stayBeside(event))}
        className={classNames(
          "fixed inset-auto m-0 max-h-[80dvh] max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line-2 bg-sheet p-3 text-ink shadow-xl",
          className,
        )}
      >
        {open && children(() => document.getElementById(id)?.hidePopover())}
      </section>
    </>
  );
}
