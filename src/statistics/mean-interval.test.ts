import { expect, test } from "vitest";
import { meanInterval } from "./mean-interval.ts";

test("agrees with R's t.test", () => {
  // R 4.2.2: t.test(x)$conf.int
  const x = [0, 0, 3, -2, 0, 5, 1, 0, 0, -7, 2, 0, 0, 4, 0, 0, 1, 0, -1, 6];
  const interval = meanInterval(x);
  expect(interval?.mean).toBeCloseTo(0.6, 12);
  expect(interval?.low).toBeCloseTo(-0.6649610534, 4);
  expect(interval?.high).toBeCloseTo(1.8649610534, 4);
});

test("many values come near the normal interval", () => {
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
