import { useId, useState, type ReactNode, useEffect, useRef, type ToggleEvent } from "react";
import { classNames } from "#src/lib/class-names.ts";

/** Spread these on the button that opens the popover. */
export interface PopoverTrigger {
  popoverTarget: string;
  "aria-expanded": boolean;
}

interface PopoverProps {
  /** Accessible name of what opens. */
  label: string;
  trigger: (props: PopoverTrigger) => ReactNode;
  className?: string;
  /** Rendered only while it is open. */
  children: () => ReactNode;
}

/** A native popover under its trigger: Escape and a press elsewhere close it, and it lies above everything. */
export function Popover({ label, trigger, className, children }: PopoverProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const stayBeside = useBeside(id, "start");
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
        {open && children()}
      </section>
    </>
  );
}

const GAP_PX = 6;
const EDGE_PX = 8;

/**
 * Keeps a popover beside the button that opens it for as long as it is open. Returns the function that is
 * told of every toggle, which says whether the popover is open now.
 */
export function useBeside(
  id: string,
  align: "start" | "end",
): (event: ToggleEvent<HTMLElement>) => boolean {
  const letGo = useRef<(() => void) | null>(null);
  // A popover that is unmounted while it is open gets no toggle event.
  useEffect(() => () => letGo.current?.(), []);
  return ({ newState, currentTarget }) => {
    letGo.current?.();
    const isOpen = newState === "open";
    const anchor = anchorOf(id);
    letGo.current = isOpen && anchor !== null ? placeBeside(currentTarget, anchor, align) : null;
    return isOpen;
  };
}

/** The button that opens a popover; null if it is not on the page. */
export function anchorOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(id)}"]`);
}

/**
 * Keeps a popover beside its anchor and inside the window: below the anchor if there is room, otherwise above. Returns
 * the function that ends this. (CSS anchor positioning would do, if every browser had it.)
 */
export function placeBeside(
  popover: HTMLElement,
  anchor: Element,
  align: "start" | "end",
): () => void {
  const place = (): void => {
    const box = anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = popover;
    const wantedLeft = align === "start" ? box.left : box.right - width;
    const left = Math.max(EDGE_PX, Math.min(wantedLeft, window.innerWidth - width - EDGE_PX));
    const fitsBelow = box.bottom + GAP_PX + height <= window.innerHeight - EDGE_PX;
    const top = fitsBelow ? box.bottom + GAP_PX : Math.max(EDGE_PX, box.top - GAP_PX - height);
    popover.style.left = `${left}px`;
    popover.style.top = `${top}px`;
  };
  place();
  const sizes = new ResizeObserver(place);
  sizes.observe(popover);
  window.addEventListener("resize", place);
  window.addEventListener("scroll", place, { capture: true, passive: true });
  return () => {
    sizes.disconnect();
    window.removeEventListener("resize", place);
    window.removeEventListener("scroll", place, { capture: true });
  };
}
