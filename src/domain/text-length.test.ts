import { expect, test } from "vitest";
import { lengthOver, textLength } from "./text-length.ts";

test.each([
  ["", 0, 0, 0],
  ["A red boat.", 11, 3, 4],
  ["Don’t re-use it", 15, 3, 7],
  ["🦄 é", 3, 1, 2],
  ["灯、机", 3, 2, 3],
  ["a photo of an extraordinarily bright lamp", 41, 7, 9],
])("%s", (text, characters, words, tokens) => {
  expect(textLength(text, "characters")).toBe(characters);
  expect(textLength(text, "words")).toBe(words);
  expect(textLength(text, "tokens")).toBe(tokens);
});

test("only what exceeds a limit is over it", () => {
  expect(lengthOver("A red boat.", { most: 2, unit: "words" })).toBe(1);
  expect(lengthOver("A red boat.", { most: 3, unit: "words" })).toBe(0);
  expect(lengthOver("A red boat.", null)).toBe(0);
});
