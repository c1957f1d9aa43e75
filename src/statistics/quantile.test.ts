import { expect, test } from "vitest";
import { quantile } from "./quantile.ts";

// R 4.2.2: quantile(c(3, 1, 4, 1, 5, 9, 2, 6), c(0.025, 0.5, 0.95, 1))
test.each([
  [0.025, 1],
  [0.5, 3.5],
  [0.95, 7.95],
  [1, 9],
])("the quantile at %d is R's", (share, expected) => {
  expect(quantile([3, 1, 4, 1, 5, 9, 2, 6], share)).toBeCloseTo(expected, 12);
});

test("an empty sample has none, and a single value is all of them", () => {
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([7], 0.95)).toBe(7);
});
