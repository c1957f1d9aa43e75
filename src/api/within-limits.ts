import type { CallLimits } from "#src/domain/delivery.ts";
import { FailureError, type Failure } from "#src/domain/failure.ts";

/**
 * Does work within a call's limits. When they end, it rejects at once as cancelled or timed out, whether or not the
 * work reacts to the signal it is given. It leaves no timer and no listener behind.
 */
export async function withinLimits<Result>(
  { signal, timeoutMs }: CallLimits,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (signal.aborted) throw new FailureError({ kind: "cancelled" });
  const controller = new AbortController();
  let letGo = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (failure: Failure): void => {
      // Rejected before the work hears of it, so that its own error comes second and is dropped.
      reject(new FailureError(failure));
      controller.abort();
    };
    const onAbort = (): void => end({ kind: "cancelled" });
    const timer = setTimeout(() => end({ kind: "timed-out", by: "deadline" }), timeoutMs);
    signal.addEventListener("abort", onAbort, { once: true });
    letGo = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
  });
  try {
    return await Promise.race([ended, work(controller.signal)]);
  } finally {
    letGo();
  }
}
