import { FailureError } from "#src/domain/failure.ts";
import { onAbort } from "#src/lib/on-abort.ts";
import type { Clock } from "./ports.ts";

/** Waits this many milliseconds. Rejects as cancelled, at once and leaving no timer, when the signal aborts. */
export function sleep(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new FailureError({ kind: "cancelled" }));
      return;
    }
    const callOff = clock.after(milliseconds, () => {
      stopListening();
      resolve();
    });
    const stopListening = onAbort(signal, () => {
      callOff();
      reject(new FailureError({ kind: "cancelled" }));
    });
  });
}
