import { expect, test } from "vitest";
import { formatAgo } from "./format-ago.ts";

const NOW = Date.UTC(2026, 5, 30, 12);

test.each([
  [10_000, "just now"],
  // A clock that was set back must not show the future.
  [-5_000, "just now"],
  [50_000, "1 minute ago"],
  [59.6 * 60_000, "1 hour ago"],
  [3 * 3_600_000, "3 hours ago"],
  [86_400_000, "yesterday"],
  [13 * 86_400_000, "13 days ago"],
])("%d ms ago reads %j", (ago, words) => {
  expect(formatAgo(NOW - ago, NOW)).toBe(words);
});

test("older things carry their date", () => {
  expect(formatAgo(NOW - 40 * 86_400_000, NOW)).toBe("May 21, 2026");
});
