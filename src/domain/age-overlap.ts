import type { AgeRange } from "./answer.ts";

/** A verdict held against a truth: "undecidable" where the truth reaches beyond the group it shares years with. */
export type Ruling = "right" | "wrong" | "undecidable";

/** True where every year of `inner` lies in `outer`. Whole years, bounds inclusive, an open end reaches on for ever. */
export function holds(outer: AgeRange, inner: AgeRange): boolean {
  return outer.low <= inner.low && highOf(inner) <= highOf(outer);
}

/** True where some year lies in both. */
export function sharesYears(one: AgeRange, other: AgeRange): boolean {
  return one.low <= highOf(other) && other.low <= highOf(one);
}

/** True for the same years. */
export function sameRange(one: AgeRange, other: AgeRange): boolean {
  return one.low === other.low && one.high === other.high;
}

/**
 * Label sets don't line up, so labels are not compared: a truth inside the model's group makes it right, one apart from
 * it wrong, and one that only partly lies in it decides nothing.
 */
export function rule(truth: AgeRange, group: AgeRange): Ruling {
  if (holds(group, truth)) return "right";
  return sharesYears(group, truth) ? "undecidable" : "wrong";
}

/**
 * Years between an exact age and the nearest edge of a group; 0 inside it, above 0 where the group is older than the
 * person, below 0 where it is younger.
 */
export function yearsOutside(years: number, { low, high }: AgeRange): number {
  if (years < low) return low - years;
  return high !== null && years > high ? high - years : 0;
}

/** The place of the one group that holds a range; null where none does. */
export function groupHolding(groups: readonly AgeRange[], range: AgeRange): number | null {
  const index = groups.findIndex((group) => holds(group, range));
  return index < 0 ? null : index;
}

function highOf({ high }: AgeRange): number {
  return high ?? Infinity;
}
