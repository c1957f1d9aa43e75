import { expect, test } from "vitest";
import { formatSeconds, formatSecondsAhead } from "./format-time.ts";

test.each([
  [0, "0.0 s"],
  [1.26, "1.3 s"],
  [59.94, "59.9 s"],
  [59.96, "1 min"],
  [125, "2 min 5 s"],
  [3599.6, "1 h"],
  [4825, "1 h 20 min"],
])("%d s were measured: %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test.each([
  [0.2, "1 s"],
  [59, "59 s"],
  [61, "2 min"],
  [3600, "1 h"],
  [4801, "1 h 21 min"],
])("%d s to come: %s", (seconds, text) => {
  expect(formatSecondsAhead(seconds)).toBe(text);
});
