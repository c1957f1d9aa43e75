import { formatPercent, formatPercents } from "#src/lib/format-percent.ts";
import { type ThresholdRates, groupCutBy } from "#src/statistics/threshold-rates.ts";
import type { OutcomeColumn, TruthRow } from "#src/statistics/confusion-table.ts";
import type { Rate } from "#src/statistics/wilson-interval.ts";
import type { AgeAccuracy } from "#src/statistics/age-accuracy.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import type { SetAside } from "./figures.ts";
import { rangeText } from "#src/features/age-check/set-up/label-sets.ts";
import type { ConfidenceGap } from "#src/statistics/calibration.ts";
import type { Agreement } from "#src/statistics/weighted-kappa.ts";

/** "44–97 %": the 95 % interval. */
export function intervalText({ low, high }: Rate): string {
  return formatPercents(low, high);
}

/** "5 of 6 · 83 % (44–97 %)"; for none, "0 of 0". */
export function rateText(rate: Rate): string {
  const counts = `${rate.hits} of ${rate.n}`;
  return rate.share === null
    ? counts
    : `${counts} · ${formatPercent(rate.share)} (${intervalText(rate)})`;
}

/** One decimal, with a sign if one is wanted: "+1.5", "−0.3". */
export function yearsText(years: number, isSigned = false): string {
  const text = Math.abs(years).toFixed(1);
  if (years < 0) return `−${text}`;
  return isSigned && years > 0 ? `+${text}` : text;
}

/** "with 6 judged, the true rate is likely between 44 % and 97 %". */
export function likelyText(rate: Rate): string {
  return `With ${rate.n} judged, the true rate is likely between ${formatPercent(rate.low)} and ${formatPercent(rate.high)}.`;
}

/** What was left out of the rates, in words; empty if nothing was. */
export function besideText(accuracy: AgeAccuracy, aside: SetAside, notAsked: number): string {
  const parts: [number, string][] = [
    [accuracy.undecidable, "undecidable"],
    [aside.unsure, "unsure"],
    [aside.noFace, "without a face"],
    [aside.severalFaces, "with several faces"],
    [aside.unusable, "unusable"],
    [aside.conflicts, "in conflict"],
    [accuracy.noGroup, "answered without a group"],
    [accuracy.refused, "refused"],
    [accuracy.failed, "failed"],
    [notAsked, "not shown to this model"],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(" · ");
}

export function rowName(row: TruthRow): string {
  switch (row.kind) {
    case "group":
      return rangeText(row.range);
    case "between-groups":
      return "between groups";
    case "no-face":
      return "no face";
  }
}

export function columnName(column: OutcomeColumn): string {
  switch (column.kind) {
    case "group":
      return rangeText(column.range);
    case "no-group":
      return "no face or group";
    case "refused":
    case "failed":
      return column.kind;
  }
}

/** Who was let through and who was stopped, in two sentences. */
export function thresholdText({ threshold, passedUnder, stoppedOver }: ThresholdRates): string {
  return `At ${threshold}: ${passedUnder.hits} of ${passedUnder.n} under ${threshold} passed as older. ${stoppedOver.hits} of ${stoppedOver.n} older stopped.`;
}

/** Why there is no test at a commonly requested age; null if there is one. */
export function notComputableText(groups: readonly AgeRange[], age: number): string | null {
  const cut = groupCutBy(groups, age);
  return cut === null
    ? null
    : `${age} is not computable with these groups: it is inside ${rangeText(cut)}, and an answer of ${rangeText(cut)} does not say on which side.`;
}

/** "3–5 years under", "11 years or more over". */
export function bandText({ side, from, to }: ThresholdRates["bands"][number]): string {
  const years = to === null ? `${from} years or more` : `${from}–${to} years`;
  return side === "under" ? `${years} under` : from === 0 ? `0–${to} years over` : `${years} over`;
}

/** "Overconfident by 12 points", with the interval. */
export function gapText({ meanConfidence, accuracy, gap }: ConfidenceGap): string {
  const points = Math.round(Math.abs(gap.mean) * 100);
  const way =
    points === 0 ? "as confident as accurate" : gap.mean > 0 ? "overconfident" : "underconfident";
  const interval =
    `${Math.round(gap.low * 100)} to ${Math.round(gap.high * 100)} points`.replaceAll("-", "−");
  return `${formatPercent(meanConfidence)} sure on average, right in ${rateText(accuracy)}: ${way}${points === 0 ? "" : ` by ${points} points`} (95 %: ${interval}; n = ${gap.n}).`;
}

/** Raw agreement and kappa with their intervals. */
export function agreementText({ same, kappa }: Agreement): string {
  const raw = `Same group: ${rateText(same)}.`;
  return kappa === null
    ? `${raw} Kappa is not defined: both name one group throughout.`
    : `${raw} Quadratic-weighted kappa ${kappa.value.toFixed(2)} (95 %: ${kappa.low.toFixed(2)}–${kappa.high.toFixed(2)}).`;
}
