import type { AgeRange, AgeVerdict } from "./answer.ts";

/** How two age verdicts lie to each other. Models divide ages differently, so labels alone say little. */
export type AgeRelation = "agree" | "overlap" | "disjoint" | "unknown";

/** "agree" for the same years, "overlap" where some year is in both; "unknown" where a label has no range to read. */
export function ageRelation(one: AgeVerdict, other: AgeVerdict): AgeRelation {
  if (one.range === null || other.range === null)
    return one.label === other.label ? "agree" : "unknown";
  if (one.range.low === other.range.low && one.range.high === other.range.high) return "agree";
  return overlaps(one.range, other.range) ? "overlap" : "disjoint";
}

function overlaps(one: AgeRange, other: AgeRange): boolean {
  return one.low <= (other.high ?? Infinity) && other.low <= (one.high ?? Infinity);
}
