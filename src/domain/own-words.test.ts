import { expect, test } from "vitest";
import { countWords, ownWords, sayTheSame, sharedWords } from "./own-words.ts";

function marked(text: string, ...others: string[]): string[] {
  return ownWords(text, others)
    .filter((part) => part.own)
    .map((part) => part.text);
}

test("words that no other text says are marked, neighbours as one phrase", () => {
  expect(marked("Two men study a torn paper map.", "Two men with a map")).toEqual([
    "study",
    "torn paper",
  ]);
  expect(marked("A red boat", "a red kite", "one Boat")).toEqual([]);
});

test("the parts put together are the text", () => {
  const text = "  “Harbour” — at dawn:\n3 boats, no people… 🦄 ";
  expect(
    ownWords(text, ["a harbour"])
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});

test("numbers count, whether spelled or in digits, together with what they count", () => {
  expect(marked("Three boats", "3 boats")).toEqual([]);
  expect(marked("Three boats", "two boats")).toEqual(["Three"]);
  expect(marked("two men and three dogs", "three men and two dogs")).toEqual(["two", "three"]);
});

test("negations count, in every form, with what they deny", () => {
  expect(marked("There are no people", "There are people")).toEqual(["no"]);
  expect(marked("There aren’t people", "no people there")).toEqual([]);
  expect(marked("She isn't smiling", "She is smiling, not walking")).toEqual(["isn't"]);
});

test.each([
  ["Two boys and a girl", "Two girls and a boy"],
  ["No dogs, but people", "dogs, but no people"],
  [
    "There are no cars on the road; people walk by",
    "There are cars on the road; no people walk by",
  ],
  ["2.5 metres", "5.2 metres"],
  ["1,000 birds", "1,001 birds"],
  ["twenty-five birds", "twenty birds"],
  ["20 5 birds", "25 birds"],
])("a number or negation belongs to its phrase: “%s” is not “%s”", (one, other) => {
  expect(sayTheSame([one, other])).toBe(false);
});

test.each([
  ["Thirty boats", "30 boats"],
  ["twenty-five boats", "25 boats"],
  ["three hundred boats", "300 boats"],
  ["1,000 boats", "1000 boats"],
  ["a hundred boats", "100 boats"],
  ["no dogs or cats", "no cats or dogs"],
  ["Built in 1990, 5 storeys", "5 storeys, built in 1990"],
])("“%s” is “%s”", (one, other) => {
  expect(sayTheSame([one, other])).toBe(true);
});

test("case, plural, possessive and small words make no difference", () => {
  expect(sayTheSame(["The cat's boxes", "cats of a box"])).toBe(true);
  expect(sayTheSame(["The glass", "The glas"])).toBe(false);
  expect(sayTheSame(["a boat", "a boat", "a boat and a kite"])).toBe(false);
});

test("scripts without spaces are read word by word", () => {
  expect(marked("赤い船と空", "青い船と空").join("")).toContain("赤");
  expect(marked("赤い船と空", "青い船と空").join("")).not.toContain("船");
});

test("what two texts share is a share of all their words", () => {
  expect(sharedWords("red boat", "red kite")).toBeCloseTo(1 / 3, 12);
  expect(sharedWords("", "")).toBe(1);
  expect(sharedWords("red boat", "")).toBe(0);
});

test("words are counted as a reader counts them", () => {
  expect(countWords("It’s a 5-minute walk, isn't it?")).toBe(7);
  expect(countWords(" \n")).toBe(0);
});
