import type { ThresholdRates } from "#src/statistics/threshold-rates.ts";

const ADULT = 18;

/** The rates at the age asked for or, where the groups have no edge there, at their first edge from 18 on. */
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
