import { expect, test } from "vitest";
import { formatConfidence, formatPercent, formatPercents } from "./format-percent.ts";

test("a share, a span of shares, and a confidence that is never certain by rounding", () => {
  expect(formatPercent(2 / 3)).toBe("67\u00A0%");
  expect(formatPercents(0.301, 0.9)).toBe("30–90\u00A0%");
  expect([0.984, 0.996, 0.9995, 1].map(formatConfidence)).toEqual([
    "98\u00A0%",
    "> 99\u00A0%",
    "100\u00A0%",
    "100\u00A0%",
  ]);
});
