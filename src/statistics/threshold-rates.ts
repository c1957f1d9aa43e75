import { exactYears, type AgeCase } from "#src/domain/age-case.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { wilsonRate, type Rate } from "./wilson-interval.ts";

/** Errors at one distance from the threshold, for exact ages only. */
export interface DistanceBand {
  side: "under" | "over";
  /** Years from the threshold, inclusive; `to` is null for everything beyond. */
  from: number;
  to: number | null;
  /** Passed among those under it, stopped among those over it. */
  rate: Rate;
}

/** What a test "is this person at least this old?" does at one threshold. */
export interface ThresholdRates {
  threshold: number;
  /** Among those truly younger: those whom the model put at the threshold or above. */
  passedUnder: Rate;
  /** Among those truly at least as old: those whom the model put below it. */
  stoppedOver: Rate;
  /** The truth spans the threshold, so it is on neither side. */
  undecidable: number;
  bands: readonly DistanceBand[];
  /** For a threshold above 18, which then serves as an 18 limit with a buffer. */
  adultLimit: { minorsPassed: Rate; adultsChallenged: Rate } | null;
}

const ADULT = 18;
const BANDS = [
  { from: 0, to: 2 },
  { from: 3, to: 5 },
  { from: 6, to: 10 },
  { from: 11, to: null },
] as const;

/** The ages that separate a model's groups, youngest first: the only tests its answers can make. */
function thresholdsOf(groups: readonly AgeRange[]): number[] {
  return groups.map(({ low }) => low).filter((low) => low > 0);
}

/** The group that an age cuts in two, so that no test can be made there; null for an edge. */
export function groupCutBy(groups: readonly AgeRange[], age: number): AgeRange | null {
  return groups.find(({ low, high }) => low < age && age <= (high ?? Infinity)) ?? null;
}

/**
 * Who is passed and who is stopped, at every age that separates the model's groups.
 *
 * @param groups of the model, youngest first
 */
export function thresholdRates(
  cases: readonly AgeCase[],
  groups: readonly AgeRange[],
): ThresholdRates[] {
  const known = cases.flatMap(({ truth, outcome }) =>
    truth.kind === "years" && outcome.kind === "group"
      ? [{ truth: truth.range, years: exactYears(truth), from: outcome.range.low }]
      : [],
  );
  return thresholdsOf(groups).map((threshold) =>
    ratesAt(
      known.map(({ truth, years, from }) => ({ truth, years, passed: from >= threshold })),
      threshold,
    ),
  );
}

function ratesAt(tested: readonly Tested[], threshold: number): ThresholdRates {
  const under = tested.filter(({ truth }) => isUnder(truth, threshold));
  const over = tested.filter(({ truth }) => truth.low >= threshold);
  return {
    threshold,
    passedUnder: share(under, ({ passed }) => passed),
    stoppedOver: share(over, ({ passed }) => !passed),
    undecidable: tested.length - under.length - over.length,
    bands: bandsOf(tested, threshold),
    adultLimit: threshold > ADULT ? adultLimitOf(under) : null,
  };
}

interface Tested {
  truth: AgeRange;
  years: number | null;
  passed: boolean;
}

function bandsOf(tested: readonly Tested[], threshold: number): DistanceBand[] {
  const distances = tested.flatMap(({ years, passed }) =>
    years === null ? [] : [{ apart: years - threshold, passed }],
  );
  if (distances.length === 0) return [];
  return (["under", "over"] as const).flatMap((side) =>
    BANDS.map(({ from, to }) => {
      // Under the threshold the nearest age is one year away, over it the nearest is the threshold itself.
      const least = side === "under" ? Math.max(1, from) : from;
      const within = distances.filter(({ apart }) => {
        const years = side === "under" ? -apart : apart;
        return years >= least && years <= (to ?? Infinity);
      });
      const rate = share(within, ({ passed }) => passed === (side === "under"));
      return { side, from: least, to, rate };
    }),
  );
}

// An adult who is stopped by the buffer was challenged, as the buffer intends: that is not an error of the model.
function adultLimitOf(under: readonly Tested[]): ThresholdRates["adultLimit"] {
  return {
    minorsPassed: share(
      under.filter(({ truth }) => isUnder(truth, ADULT)),
      ({ passed }) => passed,
    ),
    adultsChallenged: share(
      under.filter(({ truth }) => truth.low >= ADULT),
      ({ passed }) => !passed,
    ),
  };
}

function isUnder({ high }: AgeRange, threshold: number): boolean {
  return high !== null && high < threshold;
}

function share<Item>(items: readonly Item[], isHit: (item: Item) => boolean): Rate {
  return wilsonRate(items.filter(isHit).length, items.length);
}
