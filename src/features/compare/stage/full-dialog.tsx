import { useLayoutEffect, useRef, type ReactNode } from "react";
import { ToastRegion } from "#src/ui/toast-region.tsx";

interface FullDialogProps {
  /** Accessible name. */
  label: string;
  /** Also asks the browser for the whole screen, if it allows that. */
  wantsScreen?: boolean;
  /** Called on Escape. */
  onClose: () => void;
  children: ReactNode;
}

/** A native modal dialog over the whole window. */
export function FullDialog({ label, wantsScreen = false, onClose, children }: FullDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // Keys act on the whole: none of its buttons is the one to begin with.
    dialog?.focus();
    // Without full screen the window is the stage: a browser may refuse, and a phone may not have it.
    if (wantsScreen) dialog?.requestFullscreen?.().catch(() => undefined);
    return () => {
      if (document.fullscreenElement === dialog && dialog !== null)
        document.exitFullscreen().catch(() => undefined);
      dialog?.close();
    };
  }, [wantsScreen]);
  return (
    <dialog
      ref={ref}
      aria-label={label}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-0 h-dvh max-h-none w-dvw max-w-none flex-col overflow-hidden bg-paper text-ink outline-none open:flex"
    >
      {children}
      <ToastRegion />
    </dialog>
  );
}
