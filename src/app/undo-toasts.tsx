import { useEffect } from "react";
import { report } from "#src/sheet/tell.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";
import { useServices } from "#src/state/services.ts";
import { showToast } from "#src/ui/toasts.ts";

const HOW = { done: "Done", undone: "Undone", redone: "Done again" } as const;

/** Names every change that can be undone, with the button that does it. It is loaded with the first of them. */
export function UndoToasts() {
  const { undo } = useServices().sheets;
  useEffect(() => tellChanges(undo), [undo]);
  return null;
}

/** Says in a toast what was done last, and from now on what is done, undone or done again. Returns what ends that. */
export function tellChanges(undo: UndoStack): () => void {
  let told: unknown = null;
  const tell = (): void => {
    const { latest, past, future } = undo.store.getState();
    if (latest === null || latest === told) return;
    told = latest;
    if (latest.how === "done" && latest.change.quiet === true) return;
    const isUndone = latest.how === "undone";
    const step = isUndone ? undo.redo : undo.undo;
    showToast({
      text: `${HOW[latest.how]}: ${latest.change.label}.`,
      kind: "undo",
      // What was changed during the undo may stand in its way: then it is not offered again.
      action: (isUndone ? future : past).some(({ change }) => change === latest.change)
        ? {
            label: isUndone ? "Redo" : "Undo",
            // The one it names: a quiet change may have come since.
            run: () => report(step(latest.change)),
          }
        : null,
    });
  };
  tell();
  return undo.store.subscribe(tell);
}
