import { expect, test } from "vitest";
import { segmentsOf, wordsOf } from "./words.ts";

test.each([
  ["A lamp’s 3.5 W bulb, well-lit!", ["A", "lamp’s", "3.5", "W", "bulb", "well", "lit"]],
  ["cafe\u0301 Ω", ["caf\u00E9", "Ω"]],
  ["snake_case, 'quoted'", ["snake_case", "quoted"]],
  ["", []],
  ["… — !", []],
])("%j has the words %j", (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test("a script without spaces has words, too", () => {
  const words = wordsOf("東京の夜景です。");
  expect(words.length).toBeGreaterThan(2);
  expect(words.join("")).toBe("東京の夜景です");
});

test("they are those of the browser’s segmentation, as far as captions go", () => {
  const text = "Two people’s boats, moored at 5.30 in Łódź; it isn't “far” (1,200 m).";
  const segments = Array.from(new Intl.Segmenter("en", { granularity: "word" }).segment(text));
  expect(wordsOf(text)).toEqual(
    segments.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment),
  );
});

test("a text without end ends", () => {
  expect(wordsOf("again ".repeat(100_000)).length).toBeLessThan(4_000);
});

test("a long text is segmented in pieces, as in one", () => {
  const whole = "東京の夜景です。A café’s lamp, 3.5 W 👩‍👩‍👧 ".repeat(40);
  const segmenter = new Intl.Segmenter("en", { granularity: "word" });
  expect(segmentsOf(whole)).toEqual(
    Array.from(segmenter.segment(whole), ({ segment, index, isWordLike }) => ({
      segment,
      index,
      isWordLike,
    })),
  );
  for (const letter of ["船", "👩‍👩‍👧", "e\u0301", " ", "…"]) {
    const segments = segmentsOf(letter.repeat(1_001));
    expect(segments.map(({ segment }) => segment).join("")).toBe(letter.repeat(1_001));
    expect(segments.every(({ segment }) => /^[^\p{M}\p{Cf}\uDC00-\uDFFF]/u.test(segment))).toBe(
      true,
    );
  }
});
