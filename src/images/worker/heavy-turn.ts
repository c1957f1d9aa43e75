import type { PixelSize } from "#src/images/fit.ts";
import type { WorkerReport } from "#src/images/worker-messages.ts";

/** A decode of this many pixels takes 200 MB: several at once could take a tab's memory. */
const heavyPixels = 50_000_000;
const lockName = "contact-sheet-heavy-picture";

/**
 * Runs the work at once or, for a picture whose pixels take much memory, when no other worker has one like that.
 */
export async function withHeavyTurn<Result>(
  { width, height }: PixelSize,
  report: (message: WorkerReport) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  if (width * height < heavyPixels) return work();
  report({ kind: "turn-awaited" });
  // The browser gives the lock back if this worker is terminated.
  return navigator.locks.request(lockName, async () => {
    report({ kind: "turn-taken" });
    return work();
  });
}
