import { useEffect } from "react";
import { toFailure } from "#src/domain/failure.ts";
import { failureText } from "#src/domain/failure-text.ts";
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
            run: () => {
              step().catch((error: unknown) =>
                showToast({ text: failureText(toFailure(error)), tone: "warn", kind: "undo" }),
              );
            },
          },
        });
      }),
    [undo],
  );
  return null;
}
