import type { AgeRange, AgeVerdict } from "./answer.ts";

/** A verdict compared with a truth: "undecidable" if the truth is only partly inside the group. */
export type Ruling = "right" | "wrong" | "undecidable";

/** True if every year of `inner` lies in `outer`. Whole years, bounds inclusive; an open end goes on for ever. */
export function holds(outer: AgeRange, inner: AgeRange): boolean {
  return outer.low <= inner.low && highOf(inner) <= highOf(outer);
}

/** True if some year lies in both. */
export function sharesYears(one: AgeRange, other: AgeRange): boolean {
  return one.low <= highOf(other) && other.low <= highOf(one);
}

/** True for the same years. */
export function sameRange(one: AgeRange, other: AgeRange): boolean {
  return one.low === other.low && one.high === other.high;
}

/**
 * Label sets don't line up, so labels are not compared. A truth inside the model's group makes it right, one entirely
 * outside makes it wrong, and one that is only partly inside decides nothing.
 */
export function rule(truth: AgeRange, group: AgeRange): Ruling {
  if (holds(group, truth)) return "right";
  return sharesYears(group, truth) ? "undecidable" : "wrong";
}

/**
 * Years between an exact age and the nearest edge of a group; 0 inside it, above 0 if the group is older than the
 * person, below 0 if it is younger.
 */
export function yearsOutside(years: number, { low, high }: AgeRange): number {
  if (years < low) return low - years;
  return high !== null && years > high ? high - years : 0;
}

/** The place of the one group that holds a range; null if none does. */
export function groupHolding(groups: readonly AgeRange[], range: AgeRange): number | null {
  const index = groups.findIndex((group) => holds(group, range));
  return index < 0 ? null : index;
}

function highOf({ high }: AgeRange): number {
  return high ?? Infinity;
}

/** How two age verdicts relate. Models divide ages differently, so labels alone say little. */
export type AgeRelation = "agree" | "overlap" | "disjoint" | "unknown";

/** "agree" for the same years, "overlap" if some year is in both; "unknown" if no range can be read from a label. */
export function ageRelation(one: AgeVerdict, other: AgeVerdict): AgeRelation {
  if (one.range === null || other.range === null)
    return one.label === other.label ? "agree" : "unknown";
  if (sameRange(one.range, other.range)) return "agree";
  return sharesYears(one.range, other.range) ? "overlap" : "disjoint";
}
