import { FailureError } from "#src/domain/failure.ts";

/** Who waits for a slot, in turn. */
export interface WaitingLine {
  length: () => number;
  /** Takes a place in the line, urgent ones before all others. Rejects as cancelled when the signal aborts. */
  join: (options: { urgent: boolean; signal: AbortSignal }) => Promise<() => void>;
  /** Calls up who is first, and hands over what gives the slot back. */
  callUp: (giveBack: () => void) => void;
}

export function createWaitingLine(): WaitingLine {
  const places: { urgent: boolean; give: (giveBack: () => void) => void }[] = [];
  return {
    length: () => places.length,
    join: ({ urgent, signal }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(new FailureError({ kind: "cancelled" }));
          return;
        }
        const onAbort = (): void => {
          places.splice(places.indexOf(place), 1);
          reject(new FailureError({ kind: "cancelled" }));
        };
        const place = {
          urgent,
          give: (giveBack: () => void) => {
            signal.removeEventListener("abort", onAbort);
            resolve(giveBack);
          },
        };
        signal.addEventListener("abort", onAbort, { once: true });
        if (urgent) places.splice(places.findLastIndex((other) => other.urgent) + 1, 0, place);
        else places.push(place);
      }),
    callUp: (giveBack) => places.shift()?.give(giveBack),
  };
}
