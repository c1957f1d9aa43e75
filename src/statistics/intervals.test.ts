import * as fc from "fast-check";
import { expect, test } from "vitest";
import { judgementsNeeded, meanInterval, quantile, wilsonRate } from "./intervals.ts";

// From R 4.2.2: prop.test(hits, n, correct = FALSE)$conf.int, nine digits.
test.each([
  [8, 10, 0.490162472, 0.943317849],
  [0, 20, 0, 0.161125158],
  [0, 50, 0, 0.071347599],
  [18, 20, 0.698966355, 0.972133519],
  [450, 500, 0.87057809, 0.923322437],
  [10, 10, 0.7224672, 1],
])("the interval of %i of %i is R’s", (hits, n, low, high) => {
  const rate = wilsonRate(hits, n);
  expect(rate.low).toBeCloseTo(low, 8);
  expect(rate.high).toBeCloseTo(high, 8);
});

test("if nothing was judged, everything is possible", () => {
  expect(wilsonRate(0, 0)).toEqual({ hits: 0, n: 0, share: null, low: 0, high: 1 });
});

test("the interval holds its share, stays within 0 and 1, and narrows as n grows", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, part) => {
        const hits = Math.round(n * part);
        const { share, low, high } = wilsonRate(hits, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(share).toBeGreaterThanOrEqual(low);
        expect(share).toBeLessThanOrEqual(high);
        const more = wilsonRate(hits * 2, n * 2);
        expect(more.high - more.low).toBeLessThan(high - low);
      },
    ),
  );
});

test("the interval of a mean is that of R’s t.test", () => {
  // R 4.2.2: t.test(x)$conf.int
  const x = [0, 0, 3, -2, 0, 5, 1, 0, 0, -7, 2, 0, 0, 4, 0, 0, 1, 0, -1, 6];
  const interval = meanInterval(x);
  expect(interval?.mean).toBeCloseTo(0.6, 12);
  expect(interval?.low).toBeCloseTo(-0.6649610534, 4);
  expect(interval?.high).toBeCloseTo(1.8649610534, 4);
});

test("many values have nearly the normal interval", () => {
  // R 4.2.2: qt(.975, 999) is 1.962341461; these 1,000 values have mean 0.5 and standard deviation 0.5002501876.
  const values = Array.from({ length: 1000 }, (_, index) => index % 2);
  expect(meanInterval(values)?.high).toBeCloseTo(
    0.5 + (1.962341461 * 0.5002501876) / Math.sqrt(1000),
    8,
  );
});

test("one value has no interval, and no values have no mean", () => {
  expect(meanInterval([4])).toEqual({ n: 1, mean: 4, low: -Infinity, high: Infinity });
  expect(meanInterval([])).toBeNull();
});

// R 4.2.2, counting n up from 1 until the half-width of the Wilson interval, written out as
// z / (1 + z^2 / n) * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)) with z = qnorm(.975), is at most the wanted one.
test.each([
  [0.5, 0.05, 381],
  [0.83, 0.05, 216],
  [0.9, 0.05, 141],
  [0.97, 0.05, 61],
  [1, 0.05, 35],
  [0.5, 0.1, 93],
  [0.9, 0.1, 37],
])("a share of %d within %d needs %d judgements", (share, halfWidth, needed) => {
  expect(judgementsNeeded(share, halfWidth)).toBe(needed);
});

test("if nothing is known, the widest case is planned for", () => {
  expect(judgementsNeeded(null, 0.05)).toBe(381);
});

// R 4.2.2: quantile(c(3, 1, 4, 1, 5, 9, 2, 6), c(0.025, 0.5, 0.95, 1))
test.each([
  [0.025, 1],
  [0.5, 3.5],
  [0.95, 7.95],
  [1, 9],
])("the quantile at %d is R's", (share, expected) => {
  expect(quantile([3, 1, 4, 1, 5, 9, 2, 6], share)).toBeCloseTo(expected, 12);
});

test("an empty sample has no quantile, and a single value is all of them", () => {
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([7], 0.95)).toBe(7);
});
