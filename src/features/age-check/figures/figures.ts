import type { AgeRange } from "#src/domain/answer.ts";
import {
  ageAccuracy,
  type AgeAccuracy,
  confusionTable,
  type ConfusionTable,
  groupRates,
  type GroupRates,
  thresholdRates,
  type ThresholdRates,
  withinOneGroup,
  type YearsOutside,
  yearsOutsideOf,
} from "#src/statistics/age-figures.ts";
import {
  calibrationError,
  claimsOf,
  confidenceGap,
  type ConfidenceGap,
  type ReliabilityBin,
  reliabilityBins,
} from "#src/statistics/calibration.ts";
import type { Rate } from "#src/statistics/intervals.ts";
import { casesOf, type JudgedSet } from "#src/features/age-check/grid/cases.ts";
import { outcomeOf } from "#src/features/age-check/grid/faces.ts";
import {
  groupsOfModel,
  type LabelSet,
  truthGroups,
} from "#src/features/age-check/set-up/settings.ts";

/** A figure, or how many judgements it still lacks. */
export type Shown<Figure> =
  | { kind: "figure"; figure: Figure }
  | { kind: "too-few"; n: number; least: number };

/** Everything that can be said about one model in one scope. */
export interface ModelFigures {
  modelId: string;
  groups: readonly AgeRange[];
  /** Judged with a known truth, but this model was not asked. */
  notAsked: number;
  accuracy: AgeAccuracy;
  withinOne: Rate;
  byGroup: readonly GroupRates[];
  confusion: Shown<ConfusionTable>;
  yearsOutside: Shown<YearsOutside>;
  /** One for each edge of the model's groups. */
  thresholds: readonly ThresholdRates[];
  gap: Shown<ConfidenceGap>;
  bins: Shown<readonly ReliabilityBin[]>;
  /** Expected calibration error, 0–1. */
  calibrationError: Shown<number>;
}

/** The smallest counts below which a figure would mislead more than inform. */
const LEAST = { confusion: 10, yearsOutside: 10, gap: 20, bins: 50, calibrationError: 200 };

/** Counts all figures of one model. */
export function modelFigures(set: JudgedSet, modelId: string, labelSet: LabelSet): ModelFigures {
  const cases = casesOf(set, modelId);
  const groups = groupsOfModel(modelId);
  const accuracy = ageAccuracy(cases);
  const claims = claimsOf(cases);
  const outside = yearsOutsideOf(cases);
  const confusion = confusionTable(cases, { truth: truthGroups(labelSet, modelId), model: groups });
  const bins = claims.length < LEAST.bins ? [] : reliabilityBins(claims);
  return {
    modelId,
    groups,
    notAsked: set.judged.filter(
      ({ face, finding }) => finding.kind === "truth" && outcomeOf(face, modelId) === null,
    ).length,
    accuracy,
    withinOne: withinOneGroup(cases, groups),
    byGroup: groupRates(cases, groups),
    confusion: shown(confusion, confusion.cells.flat(2).length, LEAST.confusion),
    yearsOutside: shown(outside, outside?.n ?? 0, LEAST.yearsOutside),
    thresholds: thresholdRates(cases, groups),
    gap: shown(confidenceGap(claims), claims.length, LEAST.gap),
    bins: shown(bins, claims.length, LEAST.bins),
    calibrationError: shown(
      claims.length < LEAST.calibrationError ? 0 : calibrationError(bins),
      claims.length,
      LEAST.calibrationError,
    ),
  };
}

/** Counts the judgements that give no truth, and so are in no rate. */
export function setAside({ judged }: JudgedSet) {
  const count = (kind: string): number =>
    judged.filter(({ finding }) => finding.kind === kind).length;
  return {
    unsure: count("unsure"),
    unusable: count("unusable"),
    severalFaces: count("several-faces"),
    noFace: judged.filter(
      ({ finding }) => finding.kind === "truth" && finding.truth.kind === "no-face",
    ).length,
    conflicts: count("conflict"),
  };
}

/** A figure if there are enough judgements for it. */
export function shown<Figure>(figure: Figure | null, n: number, least: number): Shown<Figure> {
  return figure === null || n < least ? { kind: "too-few", n, least } : { kind: "figure", figure };
}

const ADULT = 18;

/** The rates at the age asked for or, if no edge of the groups is there, at their first edge from 18 on. */
export function chosenThreshold(
  thresholds: readonly ThresholdRates[],
  wanted: number | null,
): ThresholdRates | null {
  return (
    thresholds.find(({ threshold }) => threshold === wanted) ??
    thresholds.find(({ threshold }) => threshold >= (wanted ?? ADULT)) ??
    thresholds.at(-1) ??
    null
  );
}
