import { exactYears, rulingOf, type AgeCase } from "#src/domain/age-case.ts";
import { groupHolding, sameRange, yearsOutside } from "#src/domain/age-overlap.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { meanInterval, type Mean } from "./mean-interval.ts";
import { wilsonRate, type Rate } from "./wilson-interval.ts";

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
  return wilsonRate(apart.filter((groupsApart) => groupsApart <= 1).length, apart.length);
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
  const n = signedYears.length;
  return {
    n,
    distance,
    signed,
    most: distances.reduce((most, years) => Math.max(most, years), 0),
    madeOlder: wilsonRate(signedYears.filter((years) => years > 0).length, n),
    madeYounger: wilsonRate(signedYears.filter((years) => years < 0).length, n),
  };
}
