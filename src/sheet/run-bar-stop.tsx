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

// What a person can mend there.
const CONNECTION_FAILURES: ReadonlySet<FailureKind> = new Set(["auth", "no-key", "unreachable"]);

interface StopLineProps {
  stop: Stop | null;
  /** Until when the service asked for quiet, epoch milliseconds. */
  quietUntil: number | null;
}

/** Why a run stands still, and what to do about it; nothing while it goes on. A person's own pause is no alarm. */
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
          Raise the cap by {formatUsd(roundUp(stop.raiseByMicroUsd))} and go on
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

/** One line for the whole run, which goes on by itself. */
function QuietLine({ until }: { until: number }) {
  return (
    <output className="mb-2 block text-control text-warn">
      The service asked for quiet until {timeOfDay(until)}. The run goes on by itself then.
    </output>
  );
}

// Rounded up: at the minute that is named it has gone on.
function timeOfDay(moment: number): string {
  const minute = new Date(Math.ceil(moment / 60_000) * 60_000);
  return minute.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

const PAUSED = "Paused. What you ask about now is answered alone; Resume goes on with the rest.";

const DISK_FULL =
  "Paused: this device has no room left. Nothing was lost; once there is room, it goes on by itself. “Free space now” in Settings makes some.";

function isMendedAtConnection(stop: Stop): boolean {
  return (
    stop.kind === "purse" || (stop.kind === "failure" && CONNECTION_FAILURES.has(stop.failure.kind))
  );
}

function stopText(stop: Exclude<Stop, { kind: "person" }>): string {
  switch (stop.kind) {
    case "offline":
      return "Paused: this device is offline. It goes on by itself.";
    case "outage":
      return stop.silent === "proxy"
        ? "Paused: the proxy can’t be reached. It goes on by itself when the proxy is back."
        : "Paused: the service can’t be reached. It goes on by itself when the service is back.";
    case "failure":
      if (stop.failure.kind === "storage-full") return DISK_FULL;
      return `Paused. ${failureText(stop.failure)}`;
    case "cap":
      return `Paused at the cap: ${formatUsd(roundUp(stop.raiseByMicroUsd))} more is needed to finish.`;
    case "purse":
      return stop.isSent ? sentElsewhereText(stop.asked) : PURSE_TEXTS[stop.asked];
    case "dearer":
      return `Paused: an answer cost ${formatUsd(stop.costMicroUsd)}, more than the ${formatUsd(stop.holdMicroUsd)} set aside for it. Resume if that is all right.`;
  }
}

// By who was asked. The connection is a tab's own, and the tab that runs the sheet may be another than this one.
const PURSE_TEXTS: Readonly<Record<Purse, string>> = {
  sandbox:
    "Paused: asked for simulated answers, but the tab that runs this sheet is connected to Runware, which charges. Change its connection, or resume in that tab to pay.",
  runware:
    "Paused: asked of Runware, but the tab that runs this sheet is connected to the sandbox. Change its connection, or resume in that tab for simulated answers.",
  device: "Paused: asked of a model on this device. Resume in the tab that runs this sheet.",
};

function sentElsewhereText(asked: Purse): string {
  const service = purseName(asked);
  return `Paused: some images were sent to ${service} before the connection changed, and only it knows their answers. Change the connection back and resume. Ten minutes after they were sent they count as unsettled.`;
}

/** A cap is set in cents. */
function roundUp(microUsd: number): number {
  return Math.ceil(microUsd / 10_000) * 10_000;
}
