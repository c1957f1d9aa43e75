import { X } from "lucide-react";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { classNames } from "#src/lib/class-names.ts";
import { dismissToast, SHOWN_MS, SHOWN_WITH_ACTION_MS, toastStore, type Toast } from "./toasts.ts";

// The page's own first, then those of the dialogs that are open.
const regions = createStore<{ ids: readonly string[] }>(() => ({ ids: [] }));

/**
 * Where toasts appear: on the page and, since all else is inert and covered by then, in every modal dialog. Always there,
 * so that screen readers hear what is added.
 */
export function ToastRegion() {
  const id = useId();
  useLayoutEffect(() => {
    regions.setState(({ ids }) => ({ ids: [...ids, id] }));
    return () => regions.setState(({ ids }) => ({ ids: ids.filter((other) => other !== id) }));
  }, [id]);
  const isOnTop = useStore(regions, ({ ids }) => ids.at(-1) === id);
  const toasts = useStore(toastStore, (state) => (isOnTop ? state.toasts : NONE));
  const ref = useRef<HTMLOutputElement>(null);
  const isEmpty = toasts.length === 0;
  useEffect(() => {
    if (isEmpty) return undefined;
    let isOver = false;
    let end = (): void => undefined;
    import("./toast-place.ts").then(
      ({ keepAside }) => {
        if (!isOver && ref.current !== null) end = keepAside(ref.current);
      },
      // They stay at their usual place.
      () => undefined,
    );
    return () => {
      isOver = true;
      end();
    };
  }, [isEmpty]);
  return (
    <output
      ref={ref}
      aria-live="polite"
      className="toast-place pointer-events-none fixed inset-x-0 z-50 flex flex-col items-center gap-2 px-3"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </output>
  );
}

const NONE: readonly Toast[] = [];

function ToastCard({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  const shownMs = toast.action === null ? SHOWN_MS : SHOWN_WITH_ACTION_MS;
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismissToast(toast.id), shownMs);
    return () => clearTimeout(timer);
  }, [held, shownMs, toast.id]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={classNames(
        "pointer-events-auto flex max-w-[min(100%,34rem)] items-center gap-3 rounded-lg py-1.5 pr-1.5 pl-4 text-control shadow-lg toast-enter",
        toast.tone === "warn"
          ? "border border-warn/40 bg-warn-wash text-warn"
          : "bg-ink text-sheet",
      )}
    >
      <span className="min-w-0 py-1">{toast.text}</span>
      {toast.action !== null && (
        <button
          type="button"
          className="shrink-0 rounded px-2 py-1 font-semibold underline underline-offset-3 hover:no-underline pointer-coarse:min-h-10"
          onClick={() => {
            toast.action?.run();
            dismissToast(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        title="Dismiss"
        className="inline-flex size-7.5 shrink-0 items-center justify-center rounded pointer-coarse:size-10"
        onClick={() => dismissToast(toast.id)}
      >
        <X size={15} aria-hidden="true" />
      </button>
    </div>
  );
}
