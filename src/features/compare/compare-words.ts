import { formatPercent, formatPercents } from "#src/lib/format-percent.ts";
import { formatSeconds } from "#src/lib/format-time.ts";
import type { AgeRelation } from "#src/domain/age-overlap.ts";
import type { ComparedColumn } from "#src/domain/comparison.ts";
import type { Against } from "#src/domain/compare-settings.ts";
import { formatUsd, type MicroUsd } from "#src/domain/money.ts";
import type { PurseCosts } from "#src/domain/purse-costs.ts";
import type { RowVote } from "#src/domain/row-vote.ts";
import { costOf, isReused, type Task } from "#src/domain/task.ts";
import type { TimeSplit } from "#src/domain/time-split.ts";
import type { Rate } from "#src/statistics/wilson-interval.ts";

/** "1.3 s"; "–" where unknown. */
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

export const RELATION_WORDS: Record<AgeRelation, string> = {
  agree: "agrees",
  overlap: "overlaps",
  disjoint: "disjoint",
  unknown: "cannot be compared",
};

/**
 * The outcome of a row's vote, in words. It names columns, so it is only for rows that are
 * revealed.
 */
export function voteText(
  vote: RowVote,
  labelOf: (taskUuid: string) => string | null,
): string | null {
  switch (vote.kind) {
    case "open":
      return null;
    case "void":
      return vote.why === "revealed"
        ? "Void: revealed before a vote"
        : "Void: an answer was redone. Vote again.";
    case "cast":
      switch (vote.choice.kind) {
        case "pick":
          return `Picked ${labelOf(vote.choice.taskUuid) ?? "a column that is gone"}`;
        case "tie":
          return "Tie";
        case "all-bad":
          return "All bad";
      }
  }
}

/** What marked words are compared with, for the select and for screen readers. */
export function againstText(against: Against, columns: readonly ComparedColumn[]): string {
  switch (against.kind) {
    case "nothing":
      return "Mark no words";
    case "others":
      return "Words no other column says";
    case "reference":
      return "Words the reference lacks";
    case "column": {
      const found = columns.find(({ column }) => column.id === against.columnId);
      return `Words ${found?.label ?? "another column"} lacks`;
    }
  }
}
