import { sameRange, sharesYears } from "./age-overlap.ts";
import type { AgeVerdict } from "./answer.ts";

/** How two age verdicts relate. Models divide ages differently, so labels alone say little. */
export type AgeRelation = "agree" | "overlap" | "disjoint" | "unknown";

/** "agree" for the same years, "overlap" if some year is in both; "unknown" if no range can be read from a label. */
export function ageRelation(one: AgeVerdict, other: AgeVerdict): AgeRelation {
  if (one.range === null || other.range === null)
    return one.label === other.label ? "agree" : "unknown";
  if (sameRange(one.range, other.range)) return "agree";
  return sharesYears(one.range, other.range) ? "overlap" : "disjoint";
}
