import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAgeRange, parseAgeLabel, typedYears } from "./age-label.ts";

describe("parseAgeLabel", () => {
  test.each([
    ["0-2", 0, 2],
    ["13-20", 13, 20],
    ["13–20", 13, 20],
    ["13 — 20", 13, 20],
    ["13 to 20", 13, 20],
    ["Teenager 13-20", 13, 20],
    ["Middle Age 45-64", 45, 64],
    ["(21-44) adult", 21, 44],
    ["age_0-12", 0, 12],
    ["aged 30-39 years", 30, 39],
    ["under 13", 0, 12],
    ["< 13", 0, 12],
    ["12 and younger", 0, 12],
    ["up to 12", 0, 12],
  ])("%s is from %i to %i", (label, low, high) => {
    expect(parseAgeLabel(label)).toEqual({ low, high });
  });

  test.each([
    ["65+", 65],
    ["Aged 65+", 65],
    ["65 +", 65],
    ["65 plus", 65],
    ["more than 70", 70],
    ["More Than 70", 70],
    ["70 and over", 70],
    ["70 or older", 70],
    ["70 years and above", 70],
    ["over 70", 70],
    ["older than 70", 70],
    ["at least 70", 70],
    [">70", 70],
    [">= 70", 70],
    ["≥70", 70],
  ])("%s is from %i on", (label, low) => {
    expect(parseAgeLabel(label)).toEqual({ low, high: null });
  });

  test.each([
    "",
    "adult",
    "3",
    "25 years",
    "20-13",
    "1990-1999",
    "0.5-2",
    "13-20 or 21-44",
    "21-44+",
    "under 0",
    "plus",
    "group 4",
  ])("%j stays without a range", (label) => {
    expect(parseAgeLabel(label)).toBeNull();
  });

  test("reads back what formatAgeRange writes, except one-year groups", () => {
    const years = fc.integer({ min: 0, max: 130 });
    fc.assert(
      fc.property(years, fc.option(years), (one, other) => {
        const low = other === null ? one : Math.min(one, other);
        const high = other === null ? null : Math.max(one, other);
        fc.pre(low !== high);
        expect(parseAgeLabel(formatAgeRange({ low, high }))).toEqual({ low, high });
      }),
    );
  });
});

describe("formatAgeRange", () => {
  test("has an en dash, a plus, or a single year", () => {
    expect(formatAgeRange({ low: 21, high: 44 })).toBe("21–44");
    expect(formatAgeRange({ low: 65, high: null })).toBe("65+");
    expect(formatAgeRange({ low: 30, high: 30 })).toBe("30");
  });
});

test("an age field takes whole years and none beyond 130, typed or pasted", () => {
  expect(typedYears("", "34")).toBe("34");
  expect(typedYears("13", "130")).toBe("130");
  expect(typedYears("99", "999")).toBe("99");
  expect(typedYears("", "12.5")).toBe("12");
  expect(typedYears("0", "07")).toBe("7");
  expect(typedYears("", "0")).toBe("0");
  expect(typedYears("7", "")).toBe("");
  expect(typedYears("7", "old")).toBe("");
});
