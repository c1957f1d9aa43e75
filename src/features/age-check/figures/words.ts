import { formatPercent, formatPercents } from "#src/lib/format-percent.ts";
import {
  groupCutBy,
  type OutcomeColumn,
  type ThresholdRates,
  type TruthRow,
} from "#src/statistics/age-figures.ts";
import type { Rate } from "#src/statistics/intervals.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { type ModelFigures, setAside, type Shown } from "./figures.ts";
import type { JudgePair } from "./agreement.ts";
import type { JudgedSet, Scope } from "#src/features/age-check/grid/cases.ts";
import type { ReviewHabits } from "#src/features/age-check/judging/reviewing.ts";
import { formatSeconds } from "#src/lib/format-time.ts";
import { rangeText } from "#src/features/age-check/set-up/settings.ts";
import type { ConfidenceGap, ReliabilityBin } from "#src/statistics/calibration.ts";
import type { Agreement } from "#src/statistics/weighted-kappa.ts";
import { grouped } from "#src/lib/counted.ts";

/** What the figures can be of, and what rates over it say. */
export const SCOPES: readonly { scope: Scope; name: string; note: string }[] = [
  {
    scope: "sheet",
    name: "Whole sheet",
    note: "These are the faces judged outside any sample. Unless all faces are judged, how they were chosen biases the rates.",
  },
  {
    scope: "random",
    name: "Random sample",
    note: "These faces were drawn at random, so the rates apply to the whole sheet, within their intervals.",
  },
  {
    scope: "hunted",
    name: "Hunted",
    note: "These faces were chosen because errors are likely there. The rates describe only them, and say nothing about how often errors occur.",
  },
];

/** "1,950 of 2,000". */
export function countsText({ hits, n }: Pick<Rate, "hits" | "n">): string {
  return `${grouped(hits)} of ${grouped(n)}`;
}

/** "5 of 6 · 83 % (44–97 %)", with the 95 % interval; for none, "0 of 0". */
export function rateText({ hits, n, share, low, high }: Rate): string {
  const counts = countsText({ hits, n });
  return share === null
    ? counts
    : `${counts} · ${formatPercent(share)} (${formatPercents(low, high)})`;
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

/** What was left out of a model's rates, in a sentence; none if nothing was. */
export function besideTexts({ accuracy, notAsked }: ModelFigures, set: JudgedSet): string[] {
  const aside = setAside(set);
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
  const words = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return words.length === 0 ? [] : [`Not counted in any rate: ${words.join(" · ")}.`];
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

const ASKED_FOR = [18, 25] as const;

/** Why there is no test at commonly requested ages: a sentence for each of which that is true. */
export function notComputableTexts(groups: readonly AgeRange[]): string[] {
  return ASKED_FOR.flatMap((age) => {
    const cut = groupCutBy(groups, age);
    return cut === null
      ? []
      : `${age} is not computable with these groups: it is inside ${rangeText(cut)}, and an answer of ${rangeText(cut)} does not say on which side.`;
  });
}

/** Errors by distance to a threshold, for a table. */
export function bandRows({ bands }: ThresholdRates): [string, string][] {
  return bands
    .filter(({ rate }) => rate.n > 0)
    .map((band) => [bandText(band), rateText(band.rate)]);
}

/** "3–5 years under", "11 years or more over". */
function bandText({ side, from, to }: ThresholdRates["bands"][number]): string {
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

/** Accuracy by confidence, for a table. */
export function binRows(bins: readonly ReliabilityBin[]): [string, string][] {
  return bins.map(({ low, high, accuracy }) => [
    low === high ? formatPercent(low) : formatPercents(low, high),
    rateText(accuracy),
  ]);
}

export function calibrationErrorText(error: number): string {
  return `Expected calibration error, in bins of equal count: ${formatPercent(error)}.`;
}

/** How two judges of the same faces compare. */
export function judgesText({ both, different, contrary }: JudgePair): string {
  return `${both} faces judged by both: ${different.length} in different words, of which ${contrary.length} cannot both be true.`;
}

/** How the reveal changes what people say. */
export function changedText({ changed }: ReviewHabits): string {
  return `Changed after the reveal: ${rateText(changed)} of blind answers.`;
}

/** How long people take. */
export function timedText({ n, median, low, high }: NonNullable<ReviewHabits["seconds"]>): string {
  return `${formatSeconds(median)} for one face (median of ${n}; the middle half took ${formatSeconds(low)} to ${formatSeconds(high)}).`;
}

/** A figure in words or, if it would mislead because of too few judgements, how many are missing. */
export function shownText<Figure>(
  shown: Shown<Figure>,
  what: string,
  textOf: (figure: Figure) => string,
): string {
  return shown.kind === "figure" ? textOf(shown.figure) : tooFewText(what, shown);
}

/** How many judgements a figure still lacks. */
export function tooFewText(what: string, { n, least }: { n: number; least: number }): string {
  return lackText(`${what} needs ${least} judged`, { n, least });
}

function lackText(need: string, { n, least }: { n: number; least: number }): string {
  return `${need}; there ${n === 1 ? "is 1" : `are ${n}`}: ${least - n} more.`;
}

/** Raw agreement and kappa with their intervals, or how many faces with two opinions are missing for them. */
export function agreementText(shown: Shown<Agreement>): string {
  if (shown.kind !== "figure") return lackText(`Kappa needs ${shown.least} such faces`, shown);
  const { same, kappa } = shown.figure;
  const raw = `Same group: ${rateText(same)}.`;
  return kappa === null
    ? `${raw} Kappa is not defined: both name one group throughout.`
    : `${raw} Quadratic-weighted kappa ${kappa.value.toFixed(2)} (95 %: ${kappa.low.toFixed(2)}–${kappa.high.toFixed(2)}).`;
}
