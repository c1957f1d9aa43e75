import { formatPercent, formatPercents } from "#src/lib/format-percent.ts";
import { formatSeconds } from "#src/lib/format-time.ts";
import { formatUsd, type MicroUsd } from "#src/domain/money.ts";
import type { PurseCosts } from "#src/domain/purse-costs.ts";
import { costOf, isReused, type Task } from "#src/domain/task.ts";
import type { TimeSplit } from "#src/domain/time-split.ts";
import type { Rate } from "#src/statistics/intervals.ts";

/** "1.3 s"; "–" if it is unknown. */
export function secondsText(ms: number | null): string {
  return ms === null ? "–" : formatSeconds(ms / 1000);
}

/** "queue 0.4 s · preparing 0.1 s · service 1.3 s, no upload", with what else is known. */
export function splitText(split: TimeSplit): string {
  const { retriesMs, modelMs, serviceMs, hasUpload } = split;
  return [
    `queue ${secondsText(split.queueMs)}`,
    `preparing ${secondsText(split.preparingMs)}`,
    retriesMs === null || retriesMs === 0 ? "" : `earlier tries ${secondsText(retriesMs)}`,
    modelMs === null || serviceMs === null
      ? `service ${secondsText(serviceMs)}, ${hasUpload ? "upload included" : "no upload"}`
      : `service ${secondsText(modelMs)}, way there and back ${secondsText(Math.max(0, serviceMs - modelMs))}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** "$0.0013", the same in a cell and on the stage; "reused" for what was not paid for, and "cost unknown". */
export function costText(task: Task): string {
  if (isReused(task)) return "reused";
  const cost = costOf(task);
  return cost === null ? "cost unknown" : formatUsd(cost);
}

/** "$0.0130", with what the sandbox made up beside it and never in it; "" if nothing was asked. */
export function costsText(costs: readonly PurseCosts[]): string {
  return costs
    .flatMap(({ purse, costs: sum }) => [
      `${formatUsd(sum.microUsd)}${purse === "sandbox" && costs.length > 1 ? " simulated" : ""}`,
      sum.unknown === 0 ? "" : `${sum.unknown} of unknown cost`,
    ])
    .filter((part) => part !== "")
    .join(" · ");
}

/** "67 %"; "–" if there is nothing to divide. */
export function shareText(share: number | null): string {
  return share === null ? "–" : formatPercent(share);
}

/** "67 % (30–90 %, 2 of 3)": a share never comes without its interval and its n. */
export function rateText({ share, low, high, hits, n }: Rate): string {
  if (share === null) return "no votes yet";
  return `${shareText(share)} (${formatPercents(low, high)}, ${hits} of ${n})`;
}

/** "$1.30 per 1,000"; "unknown". */
export function perThousandText(microUsdEach: MicroUsd | null): string {
  return microUsdEach === null ? "unknown" : formatUsd(Math.round(microUsdEach * 1000));
}
