import { formatUsd } from "#src/domain/money.ts";
import { hasEnded, type Task, type TaskState } from "#src/domain/task.ts";
import { formatSecondsAhead } from "#src/lib/format-time.ts";
import type { RunEstimate } from "#src/state/run-estimate.ts";

/** "about $0.28 · 2 min", for the run button. */
export function estimateText({ microUsd, seconds }: RunEstimate): string {
  const price = microUsd === null ? "price unknown" : `about ${formatUsd(microUsd)}`;
  return seconds === null ? price : `${price} · ${formatSecondsAhead(seconds)}`;
}

/**
 * Seconds until all tasks have ended, at the speed of the last minute; null before two have ended. A failure took
 * its turn like an answer; what was reused or cancelled took none. `nowMs` is epoch milliseconds.
 */
export function secondsLeft(tasks: Iterable<readonly Task[]>, nowMs: number): number | null {
  let left = 0;
  let recent = 0;
  let first = nowMs;
  for (const ofImage of tasks)
    for (const task of ofImage) {
      const endedAt = task.times.endedAt ?? 0;
      if (!hasEnded(task)) left += 1;
      else if (endedAt > nowMs - 60_000 && endedAt <= nowMs && tookItsTurn(task.state)) {
        recent += 1;
        first = Math.min(first, endedAt);
      }
    }
  if (recent < 2 || left === 0 || first === nowMs) return null;
  return (left * (nowMs - first)) / recent / 1000;
}

function tookItsTurn(state: TaskState): boolean {
  if (state.phase === "done" || state.phase === "empty") return state.source !== "reused";
  return state.phase !== "cancelled";
}
