import { type AgeCase, rulingOf } from "#src/domain/age-case.ts";
import { type Mean, meanInterval, type Rate, wilsonRate } from "./intervals.ts";

/** One decided answer: how sure the model said it was (0–1), and whether it was right. */
export interface Claim {
  confidence: number;
  right: boolean;
}

/** Answers of similar confidence. */
export interface ReliabilityBin {
  /** Lowest and highest confidence in the bin, 0–1. */
  low: number;
  high: number;
  meanConfidence: number;
  /** How many of them were right. */
  accuracy: Rate;
}

/** How mean confidence compares with accuracy. */
export interface ConfidenceGap {
  meanConfidence: number;
  accuracy: Rate;
  /** Mean of confidence − right, as a share: above 0 the model is surer than it is right. */
  gap: Mean;
}

const MOST_BINS = 10;
const LEAST_IN_BIN = 5;

/** The answers that can be compared with the truth and came with a confidence. */
export function claimsOf(cases: readonly AgeCase[]): Claim[] {
  return cases.flatMap((one) => {
    const ruling = rulingOf(one);
    if (one.outcome.kind !== "group" || one.outcome.confidence === null) return [];
    if (ruling === null || ruling === "undecidable") return [];
    return [{ confidence: one.outcome.confidence, right: ruling === "right" }];
  });
}

/** Mean confidence beside accuracy; null for no claims. */
export function confidenceGap(claims: readonly Claim[]): ConfidenceGap | null {
  const gap = meanInterval(claims.map(({ confidence, right }) => confidence - Number(right)));
  return gap === null ? null : { ...summary(claims), gap };
}

/**
 * Bins of equal count: at most ten, with at least five claims in each. Claims of the same confidence stay in one bin,
 * so that their order does not matter; a bin grows to take them in.
 */
export function reliabilityBins(claims: readonly Claim[]): ReliabilityBin[] {
  const sorted = claims.toSorted((a, b) => a.confidence - b.confidence);
  const count = Math.min(MOST_BINS, Math.floor(sorted.length / LEAST_IN_BIN));
  const bins: Claim[][] = [];
  let from = 0;
  for (let bin = 1; bin <= count; bin += 1) {
    let to = Math.max(from, Math.round((bin * sorted.length) / count));
    while (to < sorted.length && sorted[to]?.confidence === sorted[to - 1]?.confidence) to += 1;
    if (to - from >= LEAST_IN_BIN) bins.push(sorted.slice(from, to));
    else bins.at(-1)?.push(...sorted.slice(from, to));
    from = to;
  }
  return bins.map((members) => ({
    low: members.at(0)?.confidence ?? 0,
    high: members.at(-1)?.confidence ?? 0,
    ...summary(members),
  }));
}

/**
 * Expected calibration error: the bins' gaps between mean confidence and accuracy, weighted by their counts; 0–1. M. P.
 * Naeini, G. Cooper and M. Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian binning", AAAI.
 */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const n = bins.reduce((sum, { accuracy }) => sum + accuracy.n, 0);
  return bins.reduce(
    (sum, { meanConfidence, accuracy }) =>
      sum + (accuracy.n / n) * Math.abs(meanConfidence - (accuracy.share ?? 0)),
    0,
  );
}

function summary(claims: readonly Claim[]): { meanConfidence: number; accuracy: Rate } {
  const right = claims.filter((claim) => claim.right).length;
  const sum = claims.reduce((total, { confidence }) => total + confidence, 0);
  return { meanConfidence: sum / claims.length, accuracy: wilsonRate(right, claims.length) };
}
