import { type AgeCase, exactYears, rulingOf } from "#src/domain/age-case.ts";
import { groupHolding, holds, rule, sameRange, yearsOutside } from "#src/domain/age-overlap.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { type Mean, meanInterval, type Rate, wilsonRate } from "./intervals.ts";
import type { ImageId } from "#src/domain/image.ts";

/** How often a model is right, with counts of everything that had to be left out of the rate. */
export interface AgeAccuracy {
  rate: Rate;
  /** The truth reaches beyond the group that was named: neither right nor wrong. */
  undecidable: number;
  noGroup: number;
  refused: number;
  failed: number;
  /** There is no face, yet the model named a group. */
  groupWithoutFace: number;
}

/** Exact-group accuracy: right ÷ (right + wrong). */
export function ageAccuracy(cases: readonly AgeCase[]): AgeAccuracy {
  const rulings = { right: 0, wrong: 0, undecidable: 0 };
  const outcomes = { group: 0, "no-group": 0, refused: 0, failed: 0 };
  let groupWithoutFace = 0;
  for (const one of cases) {
    const ruling = rulingOf(one);
    if (ruling !== null) rulings[ruling] += 1;
    outcomes[one.outcome.kind] += 1;
    if (one.truth.kind === "no-face" && one.outcome.kind === "group") groupWithoutFace += 1;
  }
  return {
    rate: wilsonRate(rulings.right, rulings.right + rulings.wrong),
    undecidable: rulings.undecidable,
    noGroup: outcomes["no-group"],
    refused: outcomes.refused,
    failed: outcomes.failed,
    groupWithoutFace,
  };
}

/**
 * How often the named group is the true one or its neighbour. Groups are of unequal width, so this says little across
 * models. It counts cases whose truth lies in one of the model's groups.
 *
 * @param groups of the model, youngest first
 */
export function withinOneGroup(cases: readonly AgeCase[], groups: readonly AgeRange[]): Rate {
  const apart = cases.flatMap(({ truth, outcome }) => {
    if (truth.kind !== "years" || outcome.kind !== "group") return [];
    const is = groupHolding(groups, truth.range);
    const said = groups.findIndex((group) => sameRange(group, outcome.range));
    return is === null || said < 0 ? [] : [Math.abs(is - said)];
  });
  return share(apart, (groupsApart) => groupsApart <= 1);
}

/** Years by which groups miss exact ages. */
export interface YearsOutside {
  n: number;
  /** 0 for those inside their group. */
  distance: Mean;
  /** Above 0 if people are judged older than they are. */
  signed: Mean;
  most: number;
  madeOlder: Rate;
  madeYounger: Rate;
}

/** How far outside the named groups exact ages lie; null if no exact age is known. */
export function yearsOutsideOf(cases: readonly AgeCase[]): YearsOutside | null {
  const signedYears = cases.flatMap(({ truth, outcome }) => {
    const years = exactYears(truth);
    return years === null || outcome.kind !== "group" ? [] : [yearsOutside(years, outcome.range)];
  });
  const distances = signedYears.map(Math.abs);
  const distance = meanInterval(distances);
  const signed = meanInterval(signedYears);
  if (distance === null || signed === null) return null;
  return {
    n: signedYears.length,
    distance,
    signed,
    most: distances.reduce((most, years) => Math.max(most, years), 0),
    madeOlder: share(signedYears, (years) => years > 0),
    madeYounger: share(signedYears, (years) => years < 0),
  };
}

/** A row's truth: one of the groups, a range that fits into none of them, or no face at all. */
export type TruthRow =
  | { kind: "group"; range: AgeRange }
  | { kind: "between-groups" }
  | { kind: "no-face" };

/** A column's outcome. */
export type OutcomeColumn =
  | { kind: "group"; range: AgeRange }
  | { kind: "no-group" }
  | { kind: "refused" }
  | { kind: "failed" };

export interface ConfusionTable {
  rows: readonly TruthRow[];
  columns: readonly OutcomeColumn[];
  /** By row, then column: the images there. */
  cells: readonly (readonly (readonly ImageId[])[])[];
}

/**
 * Truths in rows, outcomes in columns. Rows and columns other than the groups exist only if something falls into
 * them. So does the column of a group that the model named although it is not one of its own.
 *
 * @param groups the truth's, and the model's, youngest first
 */
export function confusionTable(
  cases: readonly AgeCase[],
  groups: { truth: readonly AgeRange[]; model: readonly AgeRange[] },
): ConfusionTable {
  const placed = cases.flatMap((one) => {
    const row = rowOf(one, groups.truth);
    return row === null ? [] : [{ imageId: one.imageId, row, column: columnOf(one) }];
  });
  const rows: TruthRow[] = [
    ...groups.truth.map((range) => ({ kind: "group", range }) as const),
    ...(["between-groups", "no-face"] as const)
      .filter((kind) => placed.some(({ row }) => row.kind === kind))
      .map((kind) => ({ kind })),
  ];
  const columns = columnsOf(
    placed.map(({ column }) => column),
    groups.model,
  );
  const cells: ImageId[][][] = rows.map(() => columns.map(() => []));
  for (const { imageId, row, column } of placed) {
    const at = rows.findIndex((other) => isSame(other, row));
    const across = columns.findIndex((other) => isSame(other, column));
    cells[at]?.[across]?.push(imageId);
  }
  return { rows, columns, cells };
}

/** How many images of a row the model named a group for. */
export function groupsNamedIn({ columns, cells }: ConfusionTable, row: number): number {
  return columns.reduce(
    (sum, { kind }, across) => sum + (kind === "group" ? (cells[row]?.[across]?.length ?? 0) : 0),
    0,
  );
}

/** One group of a model: how many of its people are found, and how many of those it names belong to it. */
export interface GroupRates {
  range: AgeRange;
  /** Of truths inside this group. */
  recall: Rate;
  /** Of the times this group was named and the truth decides. */
  precision: Rate;
}

const TEEN = { low: 15, high: 15 };

/** Recall and precision of each of the model's groups: the teens' group first, since errors cost most there. */
export function groupRates(
  cases: readonly AgeCase[],
  groups: readonly AgeRange[],
): readonly GroupRates[] {
  const known = cases.flatMap(({ truth, outcome }) =>
    truth.kind === "years" && outcome.kind === "group"
      ? [{ is: truth.range, said: outcome.range, ruling: rule(truth.range, outcome.range) }]
      : [],
  );
  const rates = groups.map((range) => {
    const within = known.filter(({ is }) => holds(range, is));
    const named = known.filter(({ said }) => sameRange(said, range));
    const decided = named.filter(({ ruling }) => ruling !== "undecidable");
    return {
      range,
      recall: share(within, ({ said }) => sameRange(said, range)),
      precision: share(decided, ({ ruling }) => ruling === "right"),
    };
  });
  const teens = groups[groupHolding(groups, TEEN) ?? -1];
  return rates.toSorted((a, b) => Number(b.range === teens) - Number(a.range === teens));
}

function rowOf({ truth }: AgeCase, groups: readonly AgeRange[]): TruthRow | null {
  if (truth.kind === "no-face") return { kind: "no-face" };
  if (truth.kind === "another-group") return null;
  const range = groups[groupHolding(groups, truth.range) ?? -1];
  return range === undefined ? { kind: "between-groups" } : { kind: "group", range };
}

function columnOf({ outcome }: AgeCase): OutcomeColumn {
  return outcome.kind === "group" ? { kind: "group", range: outcome.range } : outcome;
}

function columnsOf(found: readonly OutcomeColumn[], groups: readonly AgeRange[]): OutcomeColumn[] {
  const ranges = [...groups];
  for (const column of found) {
    if (column.kind === "group" && !ranges.some((range) => sameRange(range, column.range)))
      ranges.push(column.range);
  }
  return [
    ...ranges.toSorted((a, b) => a.low - b.low).map((range) => ({ kind: "group", range }) as const),
    ...(["no-group", "refused", "failed"] as const)
      .filter((kind) => found.some((column) => column.kind === kind))
      .map((kind) => ({ kind })),
  ];
}

function isSame(one: TruthRow | OutcomeColumn, other: TruthRow | OutcomeColumn): boolean {
  if (one.kind === "group" && other.kind === "group") return sameRange(one.range, other.range);
  return one.kind === other.kind;
}

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

/** The group that an age cuts in two, so that no test can be made there; null for an edge. */
export function groupCutBy(groups: readonly AgeRange[], age: number): AgeRange | null {
  return groups.find(({ low, high }) => low < age && age <= (high ?? Infinity)) ?? null;
}

/**
 * Who is passed and who is stopped, at every age that separates the model's groups: the only tests its answers can make.
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
  const thresholds = groups.map(({ low }) => low).filter((low) => low > 0);
  return thresholds.map((threshold) =>
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
