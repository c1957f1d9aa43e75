import { purseName, type Purse } from "#src/domain/connection.ts";
import type { FailureKind } from "#src/domain/failure.ts";
import { failureText } from "#src/domain/failure-text.ts";
import { formatUsd } from "#src/domain/money.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { report } from "./tell.ts";

type Stop = NonNullable<SheetState["run"]["stop"]>;

// What the user can put right there.
const CONNECTION_FAILURES: ReadonlySet<FailureKind> = new Set(["auth", "no-key", "unreachable"]);

interface StopLineProps {
  stop: Stop | null;
  /** The end of the quiet that the service asked for, epoch milliseconds. */
  quietUntil: number | null;
}

/**
 * Why a run has stopped, and what to do about it; nothing while it is under way. The user's own pause is not an
 * alarm.
 */
export function StopLine({ stop, quietUntil }: StopLineProps) {
  const openDialog = useShellDialog((state) => state.open);
  const { saveSettings, runs, store } = useOpenSheet();
  const raise = (byMicroUsd: number) => {
    const settings = store.getState().sheet.run;
    const cap = (settings.capMicroUsd ?? 0) + roundUp(byMicroUsd);
    report(saveSettings({ run: { ...settings, capMicroUsd: cap } }).then(() => runs.resume()));
  };
  if (stop === null) return quietUntil === null ? null : <QuietLine until={quietUntil} />;
  if (stop.kind === "person") return <p className="mb-2 text-control text-ink-2">{PAUSED}</p>;
  return (
    <p
      role="alert"
      className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-control text-warn"
    >
      {stopText(stop)}
      {stop.kind === "cap" && (
        <Button look="ghost" onClick={() => raise(stop.raiseByMicroUsd)}>
          Raise the cap by {formatUsd(roundUp(stop.raiseByMicroUsd))} and resume
        </Button>
      )}
      {isMendedAtConnection(stop) && (
        <Button look="ghost" onClick={() => openDialog("connection")}>
          Open the connection
        </Button>
      )}
    </p>
  );
}

/** One line for the whole run, which carries on by itself. */
function QuietLine({ until }: { until: number }) {
  return (
    <output className="mb-2 block text-control text-warn">
      The service asked for quiet until {timeOfDay(until)}. The run carries on by itself then.
    </output>
  );
}

// Rounded up: at the minute it names, the run has already carried on.
function timeOfDay(moment: number): string {
  const minute = new Date(Math.ceil(moment / 60_000) * 60_000);
  return minute.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

const PAUSED = "Paused. New questions are still answered; Resume continues the rest.";

const DISK_FULL =
  "Paused: this device has no room left. Nothing was lost; once there is room, the run carries on by itself. “Free space now” in Settings makes some.";

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
      if (stop.failure.kind === "storage-full") return DISK_FULL;
      return `Paused. ${failureText(stop.failure)}`;
    case "cap":
      return `Paused at the cap: ${formatUsd(roundUp(stop.raiseByMicroUsd))} more is needed to finish.`;
    case "purse":
      return stop.isSent ? sentElsewhereText(stop.asked) : PURSE_TEXTS[stop.asked];
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

function sentElsewhereText(asked: Purse): string {
  const service = purseName(asked);
  return `Paused: some images were sent to ${service} before the connection changed, and only it knows their answers. Change the connection back and resume. Ten minutes after they were sent, they count as unsettled.`;
}

/** A cap is set in cents. */
function roundUp(microUsd: number): number {
  return Math.ceil(microUsd / 10_000) * 10_000;
}
