import { expect, test } from "vitest";
import { durationText, estimateText, secondsLeft } from "./run-estimate.ts";

test("says price and time, and what is not known", () => {
  expect(estimateText({ microUsd: 281_200, seconds: 118 })).toBe("about $0.28 · 2 min");
  expect(estimateText({ microUsd: null, seconds: null })).toBe("price unknown");
});

test("rounds times up, to what a person waits by", () => {
  expect([0.2, 59, 61, 3600, 4801].map(durationText)).toEqual([
    "1 s",
    "59 s",
    "2 min",
    "1 h",
    "1 h 21 min",
  ]);
});

test("reckons the time left from the last minute alone", () => {
  const now = 1_000_000;
  // Ten answers in the last 20 seconds, and one of long ago.
  const ends = [
    now - 500_000,
    ...Array.from({ length: 10 }, (_, index) => now - index * 2_000 - 2_000),
  ];
  expect(secondsLeft(ends, 30, now)).toBe(60);
  expect(secondsLeft([now - 1_000], 30, now)).toBeNull();
  expect(secondsLeft(ends, 0, now)).toBeNull();
});
