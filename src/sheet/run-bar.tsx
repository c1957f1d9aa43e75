import type { ReactNode } from "react";
import type { SheetState } from "#src/state/sheet-state.ts";
import { useOpenSheet, useSheet } from "#src/state/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { ProgressBar } from "#src/ui/progress-bar.tsx";
import { StopLine } from "./run-bar-stop.tsx";

/** How far the images of a view are, for the bar. */
export interface RunCounts {
  total: number;
  done: number;
  running: number;
  failed: number;
  /** Ended without an answer, and not failed: refused, empty, unsettled. */
  unanswered: number;
}

interface RunBarProps {
  counts: RunCounts;
  /** Shown while nothing runs: the buttons that start something. */
  start: ReactNode;
  /** At the right, under the bar: time left, price, sum. */
  outlook: string;
  /** Stands above everything else, in the colour of warnings: a cap that is too low. */
  warning?: ReactNode;
}

type RunStatus = SheetState["run"];

/** The foot of a view: what can be started, how a run goes, and why it stands still. Always there, on a phone too. */
export function RunBar({ counts, start, outlook, warning }: RunBarProps) {
  const run = useSheet((state) => state.run);
  return (
    <footer className="sticky bottom-0 z-20 border-t border-line bg-sheet/94 px-3 py-2.5 backdrop-blur-sm sm:px-5">
      {run.stop !== null && run.phase === "paused" && <StopLine stop={run.stop} />}
      {run.phase === "idle" && warning}
      <div className="flex flex-wrap items-center gap-x-4.5 gap-y-2">
        <RunButtons run={run} start={start} />
        <Progress counts={counts} run={run} outlook={outlook} />
      </div>
    </footer>
  );
}

function RunButtons({ run, start }: { run: RunStatus; start: ReactNode }) {
  const { runs } = useOpenSheet();
  switch (run.phase) {
    case "idle":
      return <div className="flex min-w-0 flex-wrap items-center gap-2.5">{start}</div>;
    case "running":
      return (
        <div className="flex gap-2.5">
          <Button look="ghost" onClick={() => void runs.pause()}>
            Pause
          </Button>
          <Button
            look="ghost"
            title="Unsent tasks stop; what was sent is awaited and kept"
            onClick={() => void runs.cancel()}
          >
            Cancel
          </Button>
        </div>
      );
    case "paused":
      return (
        <div className="flex gap-2.5">
          <Button look="strong" onClick={() => void runs.resume()}>
            Resume
          </Button>
          <Button look="ghost" onClick={() => void runs.cancel()}>
            Cancel the rest
          </Button>
        </div>
      );
    case "following":
      return <p className="text-control text-ink-2">Another tab runs this sheet.</p>;
  }
}

function Progress({
  counts,
  run,
  outlook,
}: {
  counts: RunCounts;
  run: RunStatus;
  outlook: string;
}) {
  if (counts.done + counts.running + counts.failed + counts.unanswered === 0) return null;
  const words = [
    `${counts.done} done`,
    counts.running > 0 ? `${counts.running} running` : "",
    counts.failed > 0 ? `${counts.failed} failed` : "",
    counts.unanswered > 0 ? `${counts.unanswered} unanswered` : "",
    run.slowedDown && run.phase !== "idle" ? "slowed down: the service is busy" : "",
  ].filter((part) => part !== "");
  const isUnderWay = run.phase === "running" || run.phase === "following";
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
        <span>{outlook}</span>
      </div>
      {/* Every single answer would be too much to listen to. */}
      <output className="sr-only">{isUnderWay ? "Running" : words.join(", ")}</output>
    </div>
  );
}
