import { expect, test } from "vitest";
import { readNumber, readWholeNumber } from "./read-number.ts";

test.each([
  ["1000.5", 1000.5],
  ["1.000,50", 1000.5],
  ["1,000.50", 1000.5],
  ["1 000,5", 1000.5],
  ["1\u202f000,5", 1000.5],
  ["1’000.5", 1000.5],
  ["1,000,000", 1_000_000],
  ["1.000.000", 1_000_000],
  ["2,5", 2.5],
  ["0.123", 0.123],
  ["0,123", 0.123],
  ["1234.567", 1234.567],
  ["1,5000", 1.5],
  [".5", 0.5],
  ["3.", 3],
  [" 12 ", 12],
])("%j is %d, and can be nothing else", (text, value) => {
  expect(readNumber(text)).toEqual({ value, isAmbiguous: false });
});

test.each([
  ["1,000", 1000],
  ["1.000", 1],
  ["12,345", 12_345],
  ["1.234", 1.234],
])("%j is taken for %d, and might be something else", (text, value) => {
  expect(readNumber(text)).toEqual({ value, isAmbiguous: true });
});

test.each([
  "",
  ".",
  ",",
  "-1",
  "1e9",
  "1,00,0",
  "1.0.0",
  "1,000.5.5",
  "two",
  "Infinity",
  "1  000",
  "1,2.000,5",
])("%j is no number", (text) => {
  expect(readNumber(text)).toBeNull();
});

test("in a whole number a mark can only group thousands", () => {
  const texts = ["1000", "1,000", "1.000", "1 000", "1.5", "12,34", "", "-3", "1,000.0"];
  expect(texts.map(readWholeNumber)).toEqual([
    1000,
    1000,
    1000,
    1000,
    null,
    null,
    null,
    null,
    null,
  ]);
});
