import { trustedScript } from "#src/lib/trusted.ts";
import type { Clock } from "#src/runs/ports.ts";
import type { ClockRequest } from "./clock-worker.ts";
// oxlint-disable-next-line import/default -- by this query Vite gives the address of the worker that it builds
import clockWorkerUrl from "./clock-worker.ts?worker&url";

/** A clock that keeps time in a hidden tab, whose own timers fire at most once a minute. */
export function createWorkerClock(): Clock {
  const worker = new Worker(trustedScript(clockWorkerUrl), { type: "module" });
  const callbacks = new Map<number, () => void>();
  let lastId = 0;
  const ask = (request: ClockRequest): void => worker.postMessage(request);
  worker.addEventListener("message", ({ data: id }: MessageEvent<number>) => {
    const callback = callbacks.get(id);
    callbacks.delete(id);
    callback?.();
  });
  return {
    now: () => Date.now(),
    after: (milliseconds, callback) => {
      lastId += 1;
      const id = lastId;
      callbacks.set(id, callback);
      ask({ type: "set", id, milliseconds });
      return () => {
        if (callbacks.delete(id)) ask({ type: "clear", id });
      };
    },
  };
}
