import { useEffect } from "react";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { showToast } from "#src/ui/toasts.ts";

const HOW = { done: "Done", undone: "Undone", redone: "Done again" } as const;

/** Names every change that can be taken back, with the button that does it. */
export function UndoToasts() {
  const { undo } = useServices().sheets;
  useEffect(
    () =>
      undo.store.subscribe(({ latest }, before) => {
        if (latest === null || latest === before.latest) return;
        if (latest.how === "done" && latest.change.quiet === true) return;
        const { label } = latest.change;
        const again = latest.how === "undone" ? "Redo" : "Undo";
        const step = latest.how === "undone" ? undo.redo : undo.undo;
        showToast({
          text: `${HOW[latest.how]}: ${label}.`,
          kind: "undo",
          action: {
            label: again,
            run: () => report(step()),
          },
        });
      }),
    [undo],
  );
  return null;
}
