import { expect, test } from "vitest";
import { parseAgeLabel } from "./age-label.ts";
import { ageRelation } from "./age-relation.ts";
import type { AgeVerdict } from "./answer.ts";

function verdict(label: string): AgeVerdict {
  return { label, range: parseAgeLabel(label), confidence: null };
}

test.each([
  ["13-20", "Teenager 13-20", "agree"],
  ["13-20", "20-29", "overlap"],
  ["65+", "more than 70", "overlap"],
  ["13-20", "21-44", "disjoint"],
  ["0-12", "65+", "disjoint"],
  ["young", "13-20", "unknown"],
  ["young", "young", "agree"],
])("%s and %s: %s", (one, other, relation) => {
  expect(ageRelation(verdict(one), verdict(other))).toBe(relation);
  expect(ageRelation(verdict(other), verdict(one))).toBe(relation);
});
