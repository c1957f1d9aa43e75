import { expect, test } from "vitest";
import type { AgeRange, AgeVerdict } from "./answer.ts";
import { ageRelation, groupHolding, rule, sharesYears, yearsOutside } from "./age-overlap.ts";
import { parseAgeLabel } from "./age-label.ts";

const teens: AgeRange = { low: 13, high: 20 };
const old: AgeRange = { low: 65, high: null };

test.each([
  ["an exact age on the lower bound", { low: 13, high: 13 }, teens, "right"],
  ["an exact age on the upper bound", { low: 20, high: 20 }, teens, "right"],
  ["the year after the upper bound", { low: 21, high: 21 }, teens, "wrong"],
  ["a decade that begins before the group", { low: 10, high: 19 }, teens, "undecidable"],
  ["a group that shares only one year", { low: 20, high: 29 }, teens, "undecidable"],
  ["an open end inside an open end", { low: 70, high: null }, old, "right"],
  [
    "an open end around a closed group",
    { low: 60, high: null },
    { low: 60, high: 69 },
    "undecidable",
  ],
  ["a closed truth below an open group", { low: 50, high: 64 }, old, "wrong"],
  ["a truth that reaches below an open group", { low: 60, high: 69 }, old, "undecidable"],
] as const)("%s", (_, truth, group, ruling) => {
  expect(rule(truth, group)).toBe(ruling);
});

test("years outside a group carry the sign of the error", () => {
  expect(yearsOutside(16, { low: 21, high: 44 })).toBe(5);
  expect(yearsOutside(50, { low: 21, high: 44 })).toBe(-6);
  expect(yearsOutside(44, { low: 21, high: 44 })).toBe(0);
  expect(yearsOutside(99, old)).toBe(0);
});

test("a range has a place only in a group that holds all of it", () => {
  const groups: AgeRange[] = [{ low: 0, high: 12 }, teens, { low: 21, high: 44 }];
  expect(groupHolding(groups, { low: 20, high: 20 })).toBe(1);
  expect(groupHolding(groups, { low: 10, high: 19 })).toBeNull();
  expect(sharesYears({ low: 10, high: 19 }, teens)).toBe(true);
});

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
