import { expect, test } from "vitest";
import { estimateText } from "./run-price.tsx";

test("says price and time, and what is not known", () => {
  expect(estimateText({ microUsd: 281_200, seconds: 118 })).toBe("about $0.28 · 2 min");
  expect(estimateText({ microUsd: null, seconds: null })).toBe("price unknown");
});
