import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wordsOf } from "#src/lib/words.ts";
import { wordDistance } from "./word-distance.ts";

test.each([
  ["A red lamp on a table.", "A red lamp on a table.", 0],
  ["A red lamp on a table.", "A red lamp, on a table", 0],
  ["A red lamp on a table.", "A brass lamp on a table.", 1 / 6],
  ["A red lamp", "A red lamp on a table", 3 / 6],
  ["A photo of a lamp", "A lamp", 3 / 5],
  ["one two three", "three two one", 2 / 3],
  ["a lamp", "A lamp", 1 / 2],
  ["", "A lamp", 1],
  ["", "", 0],
  ["…", "!", 0],
  ["東京の夜景です", "東京の夜景です。", 0],
  // A composed letter and its parts are the same letter.
  ["caf\u00E9", "cafe\u0301", 0],
])("%j → %j: %d", (before, after, distance) => {
  expect(wordDistance(before, after)).toBeCloseTo(distance, 10);
});

const text = fc
  .array(fc.constantFrom("a", "lamp", "red", "on", "table", "the"), { maxLength: 12 })
  .map((words) => words.join(" "));

test("it is a distance: between 0 and 1, the same both ways, 0 only for the same words, and no detour is shorter", () => {
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const distance = wordDistance(a, b);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1);
      expect(wordDistance(b, a)).toBe(distance);
      expect(distance === 0).toBe(a === b);
      const edits = (x: string, y: string) =>
        wordDistance(x, y) * Math.max(wordsOf(x).length, wordsOf(y).length);
      expect(edits(a, c)).toBeLessThanOrEqual(edits(a, b) + edits(b, c) + 1e-9);
    }),
  );
});

test("it counts as a plain table of all prefixes does", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [x, y] = [wordsOf(a), wordsOf(b)];
      const edits = (i: number, j: number): number =>
        i === 0 || j === 0
          ? i + j
          : Math.min(
              (table[i - 1]?.[j - 1] ?? 0) + (x[i - 1] === y[j - 1] ? 0 : 1),
              (table[i - 1]?.[j] ?? 0) + 1,
              (table[i]?.[j - 1] ?? 0) + 1,
            );
      const table: number[][] = [];
      for (let i = 0; i <= x.length; i += 1) {
        table[i] = [];
        for (let j = 0; j <= y.length; j += 1) table[i]?.push(edits(i, j));
      }
      const longer = Math.max(x.length, y.length, 1);
      expect(wordDistance(a, b)).toBeCloseTo((table[x.length]?.[y.length] ?? 0) / longer, 10);
    }),
  );
});
