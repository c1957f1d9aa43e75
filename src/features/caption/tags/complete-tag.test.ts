import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tagRange, tagsOf } from "#src/domain/tags.ts";
import { offeredTags, withTag } from "./complete-tag.ts";

const IN_USE = ["table lamp", "brass", "Lampenschirm", "oak, dark", "Über", "old brass"];

/** The caret is where the bar is. */
function at(drawn: string) {
  const caret = drawn.indexOf("|");
  return { text: drawn.replace("|", ""), caret };
}

test.each([
  ["la|", ["Lampenschirm", "table lamp"]],
  ["oak, BR|", ["brass", "old brass"]],
  ["brass, br|", ["old brass"]],
  ["ub|", ["Über"]],
  ["brass|", ["old brass"]],
  ["brass, |", []],
  ["|", []],
  ["oa|", ["oak, dark"]],
])("%j offers %j", (drawn, offered) => {
  const { text, caret } = at(drawn);
  expect(offeredTags(text, caret, IN_USE)).toEqual(offered);
});

test.each([
  ["la|", "table lamp", "table lamp|"],
  ["brass,la|, oak", "table lamp", "brass, table lamp|, oak"],
  ["brass, la|mp , oak", "lamp", "brass, lamp|, oak"],
  ["oa|", "oak, dark", "oak\\, dark|"],
  ["a\\, b|, c", "d", "d|, c"],
])("in %j %j takes the place of what was typed", (drawn, tag, expected) => {
  const { text, caret } = at(drawn);
  const done = withTag(text, caret, tag);
  expect(`${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`).toBe(expected);
});

test("whatever the text and the caret, the others stay", () => {
  const texts = fc
    .array(fc.constantFrom("a", "b", ",", " ", "\\", "，", "\n"))
    .map((all) => all.join(""));
  fc.assert(
    fc.property(texts, fc.nat(20), (text, place) => {
      const caret = Math.min(place, text.length);
      const { from, to } = tagRange(text, caret);
      expect(from).toBeLessThanOrEqual(caret);
      expect(to).toBeGreaterThanOrEqual(caret);
      expect(tagsOf(withTag(text, caret, "new").text)).toEqual([
        ...tagsOf(text.slice(0, from)),
        "new",
        ...tagsOf(text.slice(to)),
      ]);
    }),
  );
});
