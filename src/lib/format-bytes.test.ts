import { expect, test } from "vitest";
import { formatBytes } from "./format-bytes.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [999_400, "999 KB"],
  [999_700, "1.0 MB"],
  [214_000, "214 KB"],
  [6_120_000, "6.1 MB"],
  [9_960_000, "10 MB"],
  [2_500_000_000_000, "2500 GB"],
])("%d bytes are %j", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});
