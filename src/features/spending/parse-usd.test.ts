import { expect, test } from "vitest";
import { parseUsd } from "./parse-usd.ts";

test.each([
  ["2.50", 2_500_000],
  [" $0.0019 ", 1_900],
  ["1,5", 1_500_000],
  [".5", 500_000],
  ["3.", 3_000_000],
  ["0", 0],
])("%j is %d micro-dollars", (text, microUsd) => {
  expect(parseUsd(text)).toBe(microUsd);
});

test.each(["", "$", ".", "-1", "1e9", "1,000.50", "two", "Infinity", "99999999"])(
  "%j is no amount",
  (text) => {
    expect(parseUsd(text)).toBeNull();
  },
);
