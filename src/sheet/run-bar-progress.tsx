import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { ProgressBar } from "#src/ui/meter.tsx";
import type { RunCounts, RunStatus } from "./run-bar.tsx";
import { formatSecondsAhead } from "#src/lib/format-time.ts";
import { secondsLeft } from "./run-estimate.ts";
import { report } from "./tell.ts";

/** What can be done to a run that is under way or paused. */
export function RunButtons({ run }: { run: RunStatus }) {
  const { runs } = useOpenSheet();
  const isPaused = run.phase === "paused";
  return (
    <div className="flex flex-wrap items-center gap-2.5">
      {run.following && <p className="text-control text-ink-2">Another tab runs this sheet.</p>}
      {isPaused ? (
        <Button look="strong" onClick={() => report(runs.resume())}>
          Resume
        </Button>
      ) : (
        <Button look="ghost" onClick={() => report(runs.pause())}>
          Pause
        </Button>
      )}
      <Button
        look="ghost"
        title="Stops unsent tasks; answers to what was sent are still kept"
        onClick={() => report(runs.cancel())}
      >
        {isPaused ? "Cancel the rest" : "Cancel"}
      </Button>
    </div>
  );
}

/** How far the images are; nothing until something was asked. */
export function Progress({
  counts,
  run,
  outlook,
}: {
  counts: RunCounts;
  run: RunStatus;
  outlook: string;
}) {
  const timeLeft = useTimeLeft(run.phase === "running");
  if (counts.done + counts.unended + counts.failed + counts.unanswered === 0) return null;
  // What is in flight may belong to another view.
  const running = Math.min(run.inFlight, counts.unended);
  const words = [
    `${counts.done} done`,
    countText(running, "running"),
    countText(counts.failed, "failed"),
    countText(counts.unanswered, "unanswered"),
    countText(counts.unended - running, "left"),
    run.slowedDown && run.phase !== "idle" ? "slowed down: the service is busy" : "",
  ].filter((part) => part !== "");
  return (
    <div className="min-w-40 flex-1 sm:max-w-lg">
      <ProgressBar
        label="Progress"
        total={counts.total}
        text={words.join(", ")}
        parts={[
          { count: counts.done, tone: "ink" },
          { count: counts.failed + counts.unanswered, tone: "warn" },
        ]}
      />
      <div className="figures mt-1.25 flex flex-wrap justify-between gap-x-4 text-ink-2">
        <span>{words.join(" · ")}</span>
        <span>{[timeLeft, outlook].filter((part) => part !== "").join(" · ")}</span>
      </div>
      {/* Every single answer would be too much to listen to. */}
      <output className="sr-only">{run.phase === "running" ? "Running" : words.join(", ")}</output>
    </div>
  );
}

/** "≈ 2 min left", as soon as it can be estimated. */
function useTimeLeft(isRunning: boolean): string {
  const tasks = useSheet((state) => state.tasks);
  if (!isRunning) return "";
  // oxlint-disable-next-line react/purity -- the time left is reckoned anew with every answer, which is what draws this again
  const seconds = secondsLeft(tasks.values(), Date.now());
  return seconds === null ? "" : `≈ ${formatSecondsAhead(seconds)} left`;
}

function countText(count: number, word: string): string {
  return count > 0 ? `${count.toLocaleString("en-US")} ${word}` : "";
}
