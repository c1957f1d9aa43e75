import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";

// Loaded with the first image, since an empty sheet has nothing to show here, and so before there is a stop to show, such
// as being offline.
const Progress = lazyPart(async () => (await import("./run-status.tsx")).Progress);
const RunButtons = lazyPart(async () => (await import("./run-status.tsx")).RunButtons);
const StopLine = lazyPart(async () => (await import("./run-status.tsx")).StopLine);
const CheckUnsettled = lazyPart(async () => (await import("./unsettled-line.tsx")).CheckUnsettled, {
  broken: null,
});

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
  /** Shown above everything else, in the colour of warnings: a cap that is too low. */
  warning?: ReactNode;
}

export type RunStatus = SheetState["run"];

/**
 * The foot of a view: what can be started, how a run is going, and why it has stopped. It is always there, also on a
 * phone.
 */
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
        {run.phase === "idle" ? (
          <div className="flex min-w-0 flex-wrap items-center gap-2.5">
            {start}
            {(counts.unanswered > 0 || counts.failed > 0) && <CheckUnsettled />}
          </div>
        ) : (
          <RunButtons run={run} />
        )}
        {counts.total > 0 && <Progress counts={counts} run={run} outlook={outlook} />}
      </div>
    </footer>
  );
}

/** Tells the page how high the foot is: toasts appear above it, whatever it has to say. */
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
