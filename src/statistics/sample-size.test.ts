import { expect, test } from "vitest";
import { judgementsNeeded } from "./sample-size.ts";

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
