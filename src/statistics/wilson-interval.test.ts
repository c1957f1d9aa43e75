import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonRate } from "./wilson-interval.ts";

// From R 4.2.2: prop.test(hits, n, correct = FALSE)$conf.int, nine digits.
test.each([
  [8, 10, 0.490162472, 0.943317849],
  [0, 20, 0, 0.161125158],
  [0, 50, 0, 0.071347599],
  [18, 20, 0.698966355, 0.972133519],
  [450, 500, 0.87057809, 0.923322437],
  [10, 10, 0.7224672, 1],
])("%i of %i", (hits, n, low, high) => {
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
