import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wordDiff, type DiffPart } from "./word-diff.ts";

const without = (parts: readonly DiffPart[], is: DiffPart["is"]): string =>
  parts.flatMap((part) => (part.is === is ? [] : part.text)).join("");

/** "A [-red-] {+blue+} boat." */
const drawn = (before: string, after: string): string =>
  wordDiff(before, after)
    .map(({ text, is }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[is])
    .join("");

test.each([
  ["A red boat.", "A blue boat.", "A [-red-]{+blue+} boat."],
  ["a red boat", "a blue ship", "a [-red boat-]{+blue ship+}"],
  ["a red boat", "a red boat", "a red boat"],
  ["", "sks", "{+sks+}"],
  ["sks", "", "[-sks-]"],
  ["", "", ""],
  ["a  b", "a b", "a[-  -]{+ +}b"],
  ["Über den Fjord", "Über das Meer", "Über [-den Fjord-]{+das Meer+}"],
  // A family is one character, and its parts are none.
  ["a 👨‍👩‍👧 here", "a 👨‍👩‍👦 here", "a [-👨‍👩‍👧-]{+👨‍👩‍👦+} here"],
  // No spaces between the words.
  ["红色的船", "蓝色的船", "[-红色-]{+蓝色+}的船"],
  ["سفينة حمراء", "سفينة زرقاء", "سفينة [-حمراء-]{+زرقاء+}"],
])("%j, then %j", (before, after, marked) => {
  expect(drawn(before, after)).toBe(marked);
});

const words = fc
  .array(fc.constantFrom("a", "red", "boat", " ", "  ", ".", ", ", "é", "🎈", "\n", "船"))
  .map((all) => all.join(""));

test("the parts are both texts, whatever they are; what was removed comes first", () => {
  fc.assert(
    fc.property(fc.oneof(words, fc.string()), fc.oneof(words, fc.string()), (before, after) => {
      const parts = wordDiff(before, after);
      expect(without(parts, "added")).toBe(before);
      expect(without(parts, "removed")).toBe(after);
      expect(parts.every(({ text }) => text !== "")).toBe(true);
      for (const [at, { is }] of parts.entries())
        expect(is === "removed" && parts[at - 1]?.is === "added").toBe(false);
    }),
  );
});

test("texts without end, or with nothing in common, are one change", () => {
  const numbered = (from: number, most: number) =>
    Array.from({ length: most }, (_, at) => String.fromCodePoint(from + (at % 20))).join(" ");
  for (const most of [2000, 25_000])
    expect(wordDiff(numbered(0x61, most), numbered(0x391, most)).map(({ is }) => is)).toEqual([
      "removed",
      "added",
    ]);
  const everySecond = (word: string) => `a ${word} `.repeat(300);
  expect(wordDiff(everySecond("red"), everySecond("blue")).map(({ is }) => is)).toEqual([
    "removed",
    "added",
  ]);
});
