import { X } from "lucide-react";
import { useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { classNames } from "#src/lib/class-names.ts";
import { IconButton } from "./button.tsx";
import { ToastRegion } from "./toast-region.tsx";

interface DialogProps {
  title: string;
  /** Called on Escape, the close button, and a press beside the dialog; the owner then stops rendering it. */
  onClose: () => void;
  /** Stays at the bottom edge while the rest scrolls. */
  footer?: ReactNode;
  width?: "narrow" | "wide" | "full";
  children: ReactNode;
}

const WIDTHS = { narrow: "sm:max-w-md", wide: "sm:max-w-2xl", full: "sm:max-w-[76rem]" } as const;

/** A native modal dialog, open for as long as it is rendered. Focus goes back to where it was. */
export function Dialog({ title, onClose, footer, width = "narrow", children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // The focus goes back only if the dialog is closed before its element is removed.
    return () => dialog?.close();
  }, []);
  // A text selection that ends over the backdrop is a click on the dialog, too: only a press that began there closes
  // it.
  const pressedBeside = useRef(false);
  const closeFromBeside = (event: MouseEvent) => {
    if (event.target === ref.current && pressedBeside.current) onClose();
    pressedBeside.current = false;
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the key for it is Escape, which the browser turns into onCancel
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // A file chooser's cancel event bubbles up to here too.
        if (event.target !== ref.current) return;
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        pressedBeside.current = event.target === ref.current;
      }}
      onClick={closeFromBeside}
      className={classNames(
        "m-0 mt-auto max-h-[92dvh] w-full max-w-none flex-col overflow-hidden rounded-t-xl border border-line bg-sheet text-ink shadow-2xl open:flex",
        "sm:m-auto sm:max-h-[min(86dvh,52rem)] sm:rounded-lg",
        "backdrop:bg-film/50 dialog-enter",
        WIDTHS[width],
      )}
    >
      <div className="flex items-center justify-between gap-4 border-b border-line py-2.5 pr-3 pl-5">
        <h2 id={titleId} className="text-[0.9375rem] font-semibold tracking-tight">
          {title}
        </h2>
        <IconButton label="Close" onClick={onClose}>
          <X size={17} />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4.5">
        {children}
      </div>
      {footer !== undefined && (
        <div className="flex flex-wrap items-center justify-end gap-2.5 border-t border-line bg-paper px-5 py-3">
          {footer}
        </div>
      )}
      <ToastRegion />
    </dialog>
  );
}
