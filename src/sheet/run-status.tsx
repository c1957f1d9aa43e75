import { purseName, type Purse } from "#src/domain/connection.ts";
import { failureText } from "#src/domain/failure-text.ts";
import type { FailureKind } from "#src/domain/failure.ts";
import { formatUsd } from "#src/domain/money.ts";
import { hasEnded, isReused, type Task } from "#src/domain/task.ts";
import { formatSecondsAhead } from "#src/lib/format-time.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { Button } from "#src/ui/button.tsx";
import { ProgressBar } from "#src/ui/meter.tsx";
import type { RunCounts, RunStatus } from "./run-bar.tsx";
import { roundUpToCents } from "./run-price.tsx";
import { report } from "./tell.ts";
import { grouped } from "#src/lib/counted.ts";

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
        <Button onClick={() => report(runs.pause())}>Pause</Button>
      )}
      <Button
        title="Stops unsent tasks; answers to what was sent are still kept"
        onClick={() => report(runs.cancel())}
      >
        {isPaused ? "Cancel the rest" : "Cancel"}
      </Button>
    </div>
  );
}

interface ProgressProps {
  counts: RunCounts;
  run: RunStatus;
  outlook: string;
}

/** How far the images are; nothing until something was asked. */
export function Progress({ counts, run, outlook }: ProgressProps) {
  const timeLeft = useTimeLeft(run.phase === "running");
  const { toCome } = run;
  if (counts.done + counts.unended + counts.failed + counts.unanswered + toCome === 0) return null;
  // What is in flight may belong to another view.
  const running = Math.min(run.inFlight, counts.unended);
  const words = [
    run.phase === "idle" ? `${counts.done} done` : `${counts.done} of ${counts.total} done`,
    countText(running, "running"),
    countText(counts.failed, "failed"),
    countText(counts.unanswered, "unanswered"),
    countText(counts.unended - running + toCome, "left"),
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
  // oxlint-disable-next-line react/purity -- the time left is calculated again with every answer, which is what draws this again
  const seconds = secondsLeft(tasks.values(), Date.now());
  return seconds === null ? "" : `≈ ${formatSecondsAhead(seconds)} left`;
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
      else if (endedAt > nowMs - 60_000 && endedAt <= nowMs && tookItsTurn(task)) {
        recent += 1;
        first = Math.min(first, endedAt);
      }
    }
  if (recent < 2 || left === 0 || first === nowMs) return null;
  return (left * (nowMs - first)) / recent / 1000;
}

function tookItsTurn(task: Task): boolean {
  return task.state.phase !== "cancelled" && !isReused(task);
}

function countText(count: number, word: string): string {
  return count > 0 ? `${grouped(count)} ${word}` : "";
}

type Stop = NonNullable<SheetState["run"]["stop"]>;

interface StopLineProps {
  stop: Stop | null;
  /** The end of the quiet that the service asked for, epoch milliseconds. */
  quietUntil: number | null;
}

/**
 * Why a run has stopped, and what to do about it; nothing while it is under way. The user's own pause is not an alarm.
 */
export function StopLine({ stop, quietUntil }: StopLineProps) {
  const openDialog = useShellDialog((state) => state.open);
  const { saveSettings, runs, store } = useOpenSheet();
  const raise = (byMicroUsd: number) => {
    const settings = store.getState().sheet.run;
    const cap = (settings.capMicroUsd ?? 0) + roundUpToCents(byMicroUsd);
    report(saveSettings({ run: { ...settings, capMicroUsd: cap } }).then(() => runs.resume()));
  };
  if (stop === null)
    return quietUntil === null ? null : (
      <output className="mb-2 block text-control text-warn">
        The service asked for quiet until {timeOfDay(quietUntil)}. The run carries on by itself
        then.
      </output>
    );
  if (stop.kind === "person")
    return (
      <p className="mb-2 text-control text-ink-2">
        Paused. New questions are still answered; Resume continues the rest.
      </p>
    );
  return (
    <p
      role="alert"
      className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-control text-warn"
    >
      {stopText(stop)}
      {stop.kind === "cap" && (
        <Button onClick={() => raise(stop.raiseByMicroUsd)}>
          Raise the cap by {formatUsd(roundUpToCents(stop.raiseByMicroUsd))} and resume
        </Button>
      )}
      {isMendedAtConnection(stop) && (
        <Button onClick={() => openDialog("connection")}>Open the connection</Button>
      )}
    </p>
  );
}

// Rounded up: at the minute it names, the run has already carried on.
function timeOfDay(moment: number): string {
  const minute = new Date(Math.ceil(moment / 60_000) * 60_000);
  return minute.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

// What the user can put right at the connection.
const CONNECTION_FAILURES: ReadonlySet<FailureKind> = new Set(["auth", "no-key", "unreachable"]);

function isMendedAtConnection(stop: Stop): boolean {
  return (
    stop.kind === "purse" || (stop.kind === "failure" && CONNECTION_FAILURES.has(stop.failure.kind))
  );
}

function stopText(stop: Exclude<Stop, { kind: "person" }>): string {
  switch (stop.kind) {
    case "offline":
      return "Paused: this device is offline. The run carries on by itself when it is back online.";
    case "outage":
      return stop.silent === "proxy"
        ? "Paused: the proxy can’t be reached. The run carries on by itself when the proxy is back."
        : "Paused: the service can’t be reached. The run carries on by itself when the service is back.";
    case "failure":
      return stop.failure.kind === "storage-full"
        ? "Paused: this device has no room left. Nothing was lost; once there is room, the run carries on by itself. “Free space now” in Settings makes some."
        : `Paused. ${failureText(stop.failure)}`;
    case "cap":
      return `Paused at the cap: ${formatUsd(roundUpToCents(stop.raiseByMicroUsd))} more is needed to finish.`;
    case "purse":
      return stop.isSent
        ? `Paused: some images were sent to ${purseName(stop.asked)} before the connection changed, and only it knows their answers. Change the connection back and resume. Ten minutes after they were sent, they count as unsettled.`
        : PURSE_TEXTS[stop.asked];
    case "dearer":
      return `Paused: an answer cost ${formatUsd(stop.costMicroUsd)}, more than the ${formatUsd(stop.holdMicroUsd)} held for it. Resume if that is all right.`;
  }
}

// By who was asked. Each tab has its own connection, and another tab than this one may run the sheet.
const PURSE_TEXTS: Readonly<Record<Purse, string>> = {
  sandbox:
    "Paused: you asked for simulated answers, but the tab that runs this sheet is connected to Runware, which charges. Change its connection, or resume in that tab to pay.",
  runware:
    "Paused: you asked for answers from Runware, but the tab that runs this sheet is connected to the sandbox. Change its connection, or resume in that tab for simulated answers.",
  device:
    "Paused: you asked for answers from a model on this device. Resume in the tab that runs this sheet.",
};
