import { expect, test } from "vitest";
import { referenceChanges } from "./reference-diff.tsx";

test("a short text is compared with its reference word by word", () => {
  const { changes, isPart } = referenceChanges("A red boat.", "A blue boat.");
  expect(changes.flatMap(({ added, value }) => (added ? [value] : []))).toEqual(["blue"]);
  expect(changes.flatMap(({ removed, value }) => (removed ? [value] : []))).toEqual(["red"]);
  expect(isPart).toBe(false);
});

test("of texts without end the beginnings are compared, however little they have in common", () => {
  const numbered = (from: number) =>
    Array.from({ length: 25_000 }, (_, at) => String.fromCodePoint(from + (at % 20))).join(" ");
  const { changes, isPart } = referenceChanges(numbered(0x61), numbered(0x391));
  expect(isPart).toBe(true);
  expect(changes.map(({ added, removed }) => [added, removed])).toEqual([
    [false, true],
    [true, false],
  ]);
  expect(changes.every(({ value }) => value.length < 5000)).toBe(true);
  const alike = referenceChanges("x".repeat(50_000), `${"x".repeat(50_000)}y`);
  expect(alike.changes.map(({ value }) => value.length)).toEqual([4001]);
});
