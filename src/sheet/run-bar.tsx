import { formatSecondsAhead } from "#src/lib/format-time.ts";
import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import type { SheetState } from "#src/state/sheet-state.ts";
import { useOpenSheet, useSheet } from "#src/state/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { ProgressBar } from "#src/ui/progress-bar.tsx";
import { report } from "./tell.ts";
import { secondsLeft } from "./run-estimate.ts";

// Rendered with every run, so that it is here before there is a stop to tell of, such as being offline.
const CheckUnsettled = lazyPart(async () => (await import("./unsettled-line.tsx")).CheckUnsettled, {
  broken: null,
});
const StopLine = lazyPart(async () => (await import("./run-bar-stop.tsx")).StopLine);

/** How far the images of a view are, for the bar. */
export interface RunCounts {
  total: number;
  done: number;
  /** Asked, and not ended: in flight, or waiting for a turn. */
  unended: number;
  failed: number;
  /** Ended without an answer, and not failed: refused, empty, unsettled. */
  unanswered: number;
}

interface RunBarProps {
  counts: RunCounts;
  /** Shown while nothing runs: the buttons that start something. */
  start: ReactNode;
  /** At the right, under the bar, after the time left: price, sum. */
  outlook: string;
  /** Stands above everything else, in the colour of warnings: a cap that is too low. */
  warning?: ReactNode;
}

type RunStatus = SheetState["run"];

/** The foot of a view: what can be started, how a run goes, and why it stands still. Always there, on a phone too. */
export function RunBar({ counts, start, outlook, warning }: RunBarProps) {
  const run = useSheet((state) => state.run);
  const foot = useRef<HTMLElement>(null);
  useFootHeight(foot);
  return (
    <footer
      ref={foot}
      className="sticky bottom-0 z-20 border-t border-line bg-sheet/94 px-3 py-2.5 backdrop-blur-sm sm:px-5"
    >
      {run.phase !== "idle" && (
        <StopLine
          stop={run.phase === "paused" ? run.stop : null}
          quietUntil={run.phase === "running" ? run.quietUntil : null}
        />
      )}
      {run.phase === "idle" && warning}
      <div className="flex flex-wrap items-center gap-x-4.5 gap-y-2">
        <RunButtons run={run} start={start} counts={counts} />
        <Progress counts={counts} run={run} outlook={outlook} />
      </div>
    </footer>
  );
}

/** Tells the page how high the foot is: toasts stand above it, whatever it has to say. */
function useFootHeight(ref: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const foot = ref.current;
    if (foot === null) return undefined;
    const page = document.documentElement.style;
    const observer = new ResizeObserver(() =>
      page.setProperty("--foot-height", `${foot.offsetHeight}px`),
    );
    observer.observe(foot);
    return () => {
      observer.disconnect();
      page.removeProperty("--foot-height");
    };
  }, [ref]);
}

function RunButtons({
  run,
  start,
  counts,
}: Pick<RunBarProps, "start" | "counts"> & { run: RunStatus }) {
  const { runs } = useOpenSheet();
  if (run.phase === "idle")
    return (
      <div className="flex min-w-0 flex-wrap items-center gap-2.5">
        {start}
        {(counts.unanswered > 0 || counts.failed > 0) && <CheckUnsettled />}
      </div>
    );
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
        title="Unsent tasks stop; what was sent is awaited and kept"
        onClick={() => report(runs.cancel())}
      >
        {isPaused ? "Cancel the rest" : "Cancel"}
      </Button>
    </div>
  );
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
  const timeLeft = useTimeLeft(run.phase === "running");
  if (counts.done + counts.unended + counts.failed + counts.unanswered === 0) return null;
  // What is in flight may be of another view.
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

/** "≈ 2 min left", as soon as it can be told. */
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
