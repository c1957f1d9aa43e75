import * as fc from "fast-check";
import { expect, test } from "vitest";
import { eachTagOnce, joinedTags, normalTag, tagKey, tagsOf } from "./tags.ts";

test.each([
  ["brass, table lamp,oak", ["brass", "table lamp", "oak"]],
  ["  brass ,, ,  table   lamp\n oak, ", ["brass", "table lamp", "oak"]],
  ["", []],
  ["one tag.", ["one tag."]],
  ["lamp \\(object\\), a\\, b, c\\\\, d", ["lamp \\(object\\)", "a, b", "c\\", "d"]],
  ["红灯，桌子、灯", ["红灯", "桌子", "灯"]],
  ["مصباح، طاولة", ["مصباح", "طاولة"]],
  ["Brass, brass, BRASS", ["Brass", "brass", "BRASS"]],
])("%j has the tags %j", (text, tags) => {
  expect(tagsOf(text)).toEqual(tags);
});

const tag = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom("a", " ", ",", "\\", "，", "ü", "u\u0308", "(", "🎈"))
    .map((all) => all.join("")),
);

test("tags that were written are read back, each as it is counted", () => {
  fc.assert(
    fc.property(fc.array(tag), (tags) => {
      const counted = tags.map(normalTag).filter((one) => one !== "");
      expect(tagsOf(joinedTags(tags))).toEqual(counted);
    }),
  );
});

test("reading and writing a text again changes nothing more", () => {
  fc.assert(
    fc.property(tag, (text) => {
      const once = joinedTags(tagsOf(text));
      expect(joinedTags(tagsOf(once))).toBe(once);
    }),
  );
});

test("no tag is there twice, whatever its case and composition, and the first one stays", () => {
  expect(eachTagOnce(["Über", "brass", "u\u0308ber", "Brass", "oak"])).toEqual([
    "Über",
    "brass",
    "oak",
  ]);
  fc.assert(
    fc.property(fc.array(tag), (tags) => {
      const once = eachTagOnce(tags);
      expect(new Set(once.map(tagKey)).size).toBe(once.length);
      expect(new Set(tags.map(tagKey)).size).toBe(once.length);
    }),
  );
});
