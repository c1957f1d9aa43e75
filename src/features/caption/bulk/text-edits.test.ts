import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tagsOf } from "#src/domain/tags.ts";
import { lengthOver } from "#src/domain/text-length.ts";
import type { Replacing } from "./replacing.ts";
import { changerOf, type EditedField, type TextEdit } from "./text-edits.ts";

const FIELD: EditedField = { kind: "sentence", limit: null, language: null };

function changed(edit: TextEdit, text: string, field: Partial<EditedField> = {}): string {
  return changerOf(edit)(text, { ...FIELD, ...field });
}

const REPLACE = {
  kind: "replace",
  find: "",
  with: "",
  wholeWord: false,
  matchCase: false,
  keepsCapital: true,
  isPattern: false,
} as const;

describe("find and replace", () => {
  const how = (find: string, put: string, more: Partial<Replacing> = {}): TextEdit => ({
    ...REPLACE,
    find,
    with: put,
    ...more,
  });
  test.each([
    ["Golden lamp, golden shade", how("golden", "brass"), "Brass lamp, brass shade"],
    ["GOLDEN lamp", how("golden", "brass", { keepsCapital: false }), "brass lamp"],
    ["Golden golden", how("golden", "brass", { matchCase: true }), "Golden brass"],
    [
      "a goldener golden's golden-ish",
      how("golden", "x", { wholeWord: true }),
      "a goldener x's x-ish",
    ],
    ["$1 (a+b)? [c]", how("(a+b)? [c]", "$1"), "$1 $1"],
    // Case, composed letters and what merely begins with them.
    ["ÜBER über u\u0308ber uber", how("über", "auf", { keepsCapital: false }), "auf auf auf uber"],
    ["u\u0308", how("u", "x"), "u\u0308"],
    ["СИНЯЯ лодка", how("синяя", "красная", { keepsCapital: false }), "красная лодка"],
    // An emoji is whole: no member of a family, no thumb without its skin.
    ["👨‍👩‍👧 👨 👍🏽 👍 ❤️", how("👨", "x"), "👨‍👩‍👧 x 👍🏽 👍 ❤️"],
    ["👍🏽 👍", how("👍", "x"), "👍🏽 x"],
    ["I ❤️ lamps", how("❤", "love"), "I love lamps"],
    // Right to left, and without spaces.
    ["سفينة حمراء", how("حمراء", "زرقاء", { wholeWord: true }), "سفينة زرقاء"],
    ["红色的船", how("红色", "蓝色", { wholeWord: true }), "蓝色的船"],
    ["中国人民", how("国人", "x", { wholeWord: true }), "中国人民"],
    ["a  b", how(" ", "_"), "a__b"],
  ])("%j", (text, edit, expected) => {
    expect(changed(edit, text)).toBe(expected);
  });

  const pattern = (find: string, put: string, more: Partial<Replacing> = {}): TextEdit =>
    how(find, put, { isPattern: true, ...more });
  test.each([
    ["lamp 12, lamp 7", pattern("lamp (\\d+)", "no. $1"), "no. 12, no. 7"],
    ["red boat", pattern("(?<colour>\\w+) (?<thing>\\w+)", "$<thing> in $<colour>"), "boat in red"],
    ["a b", pattern("(a) (b)", "$2$1 $& $$ $3 $12 \\n"), "ba a b $ $3 a2 \n"],
    ["lamps lamp", pattern("lamp|lam", "x", { wholeWord: true }), "lamps x"],
    ["A boat", pattern("^", "sks, "), "sks, A boat"],
    ["Ein Übel", pattern("ü\\w*|\\p{Lu}bel", "x"), "Ein x"],
  ])("pattern: %j", (text, edit, expected) => {
    expect(changed(edit, text)).toBe(expected);
  });

  test.each(["(", "[", "a)(b", "(?<n", "\\"])(
    "a pattern that can’t be read is refused: %j",
    (find) => {
      expect(() => changerOf(pattern(find, ""))).toThrow(SyntaxError);
      expect(() => changerOf(pattern(find, "", { wholeWord: true }))).toThrow(SyntaxError);
    },
  );

  test.each([
    ["red, blue, green", how("blue", ""), "red, green"],
    ["red, blue", how("red", ""), "blue"],
    ["red\nblue", how("blue", ""), "red"],
    ["red,blue", how("blue", "teal"), "red,teal"],
    // Commas that were one too many before are not this edit's.
    ["red, , blue", how("blue", "teal"), "red, , teal"],
  ])("of tags %j no empty one is left", (text, edit, expected) => {
    expect(changed(edit, text, { kind: "tags" })).toBe(expected);
  });

  test("groups are filled in as JavaScript does it", () => {
    const templates = fc
      .array(fc.constantFrom("$", "1", "2", "12", "<a>", "<b>", "&", "x", " "))
      .map((all) => all.join(""))
      // What comes before and after a match is not offered.
      .filter((template) => !/\$[`']/u.test(template));
    const texts = fc.array(fc.constantFrom("a", "b", "c", " ")).map((all) => all.join(""));
    fc.assert(
      fc.property(texts, templates, (text, template) => {
        const find = "(?<a>a)(b)?";
        expect(changed(pattern(find, template), text)).toBe(
          text.replaceAll(new RegExp(find, "giu"), template),
        );
      }),
    );
  });

  test("plain words are replaced as they are, whatever signs they hold", () => {
    const signs = fc
      .array(fc.constantFrom(..."ab.*+?^${}()|[]\\/- $1".split("")))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(signs, signs, signs, (text, find, put) => {
        fc.pre(find !== "");
        const edit = how(find, put, { matchCase: true });
        expect(changed(edit, text)).toBe(text.replaceAll(find, () => put));
      }),
    );
  });
});

describe("before and after", () => {
  const around = (prefix: string, suffix = "", anywhere = false): TextEdit => ({
    kind: "around",
    prefix,
    suffix,
    anywhere,
  });
  test.each([
    ["a boat", around("sks"), "sks a boat"],
    ["a boat", around("sks,"), "sks, a boat"],
    ["a boat", around("(old) "), "(old) a boat"],
    ["SKS, a boat", around("sks"), "SKS, a boat"],
    ["sks  dog", around("sks dog,"), "sks dog, sks  dog"],
    ["sksy boat", around("sks"), "sks sksy boat"],
    ["a boat of sks", around("sks"), "sks a boat of sks"],
    ["a boat of sks", around("sks", "", true), "a boat of sks"],
    ["a boat", around("", ", by night"), "a boat, by night"],
    ["a boat, by night", around("", ", by night"), "a boat, by night"],
    ["a boat ", around("", "by night"), "a boat by night"],
    ["船", around("红"), "红船"],
    ["U\u0308ber", around("über"), "U\u0308ber"],
  ])("%j", (text, edit, expected) => {
    expect(changed(edit, text)).toBe(expected);
  });

  test("of tags each is there once", () => {
    const tags = { kind: "tags" } as const;
    expect(changed(around("sks, boat", "red"), "Boat, sea", tags)).toBe("sks, Boat, sea, red");
    expect(changed(around("boat"), "sea,Boat", tags)).toBe("sea,Boat");
  });

  test("a second time nothing is added", () => {
    const words = fc
      .array(fc.constantFrom("sks", "boat", " ", ",", ".", "ü", "船"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(words, words, words, (text, prefix, suffix) => {
        fc.pre(text.trim() !== "");
        for (const edit of [around(prefix), around("", suffix)]) {
          const once = changed(edit, text);
          expect(changed(edit, once)).toBe(once);
        }
      }),
    );
  });
});

describe("trimmed to the limit", () => {
  const TRIM = { kind: "trim" } as const;
  const characters = (most: number) => ({ limit: { most, unit: "characters" } as const });
  test.each([
    ["A boat. It is red. It is old.", 20, "A boat. It is red."],
    ["A boat. It is red.", 18, "A boat. It is red."],
    ["A boat, which is (red", 18, "A boat, which is"],
    ["A boat, which", 8, "A boat"],
    ["Unbelievable", 5, "Unbelievable"],
    ["A crowd of 12,000 people", 15, "A crowd"],
    ["The clock shows 10:45 now", 19, "The clock shows"],
    ["By Prof. Low and others", 10, "By Prof."],
    ["一艘红色的船。它很旧。", 8, "一艘红色的船。"],
  ])("%j to %i", (text, most, expected) => {
    expect(changed(TRIM, text, characters(most))).toBe(expected);
  });

  test("tags are whole, and a field without a limit is left alone", () => {
    expect(changed(TRIM, "brass, table lamp, oak", { kind: "tags", ...characters(18) })).toBe(
      "brass, table lamp",
    );
    expect(changed(TRIM, "A boat. It is red.")).toBe("A boat. It is red.");
  });

  test("what is left is the beginning of the text, and fits unless nothing could be cut", () => {
    const texts = fc
      .array(fc.constantFrom("a", "boat", " ", " ", ". ", ", ", "(", "ü", "🎈", "船"))
      .map((all) => all.join(""));
    const limits = fc.record({
      most: fc.integer({ min: 1, max: 30 }),
      unit: fc.constantFrom("characters", "words", "tokens"),
    });
    fc.assert(
      fc.property(texts, limits, (text, limit) => {
        const cut = changed(TRIM, text, { limit });
        expect(text.startsWith(cut)).toBe(true);
        if (cut !== text) expect(lengthOver(cut, limit)).toBe(0);
      }),
    );
  });
});

describe("case", () => {
  const to = (letters: "sentence" | "lower" | "upper" | "title"): TextEdit => ({
    kind: "case",
    to: letters,
  });
  test.each([
    [
      "a Red boat. it is OLD, a USB lamp.",
      to("sentence"),
      null,
      "A red boat. It is OLD, a USB lamp.",
    ],
    ["A RED BOAT. IT IS OLD.", to("sentence"), null, "A red boat. It is old."],
    ["ein rotes Boot am Ufer.", to("sentence"), "de", "Ein rotes Boot am Ufer."],
    [
      "the view of a table-lamp in Paris",
      to("title"),
      "en-GB",
      "The View of a Table-Lamp in Paris",
    ],
    ["une lampe de table", to("title"), "fr", "Une Lampe De Table"],
    ["ISTANBUL IŞIK", to("lower"), "tr", "ıstanbul ışık"],
    ["straße", to("upper"), "de", "STRASSE"],
    ["A boat", to("upper"), "not a language", "A BOAT"],
    ["what I'm on, an iPhone", to("title"), null, "What I'm on, an iPhone"],
  ])("%j", (text, edit, language, expected) => {
    expect(changed(edit, text, { language })).toBe(expected);
  });

  test("only letters change, and a second time nothing does", () => {
    const texts = fc
      .array(fc.constantFrom("a", "Boat", "USB", " ", ". ", "ü", "É", "🎈", "船", "لون", "i’m"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom("sentence", "lower", "upper", "title"),
        (text, letters) => {
          const once = changed(to(letters), text);
          expect(once.toLowerCase()).toBe(text.toLowerCase());
          // What is wholly in capitals after that may be shouting, and may be a name.
          if (!/\p{Lu}{2}/u.test(once)) expect(changed(to(letters), once)).toBe(once);
        },
      ),
    );
  });
});

describe("cleaned up", () => {
  const all = { kind: "clean", quotes: true, spaces: true, lines: true } as const;
  test.each([
    ['"A boat."', "A boat."],
    ["“A boat.”", "A boat."],
    ["„Ein Boot.“", "Ein Boot."],
    ["« Un bateau. »", "Un bateau."],
    ["「红色的船」", "红色的船"],
    ["\"'A boat'\"", "A boat"],
    ['"This" and "that"', '"This" and "that"'],
    ["“This” and “that’s it”", "“This” and “that’s it”"],
    ["‘The lamp’s base’", "The lamp’s base"],
    ["'The lamp's base'", "The lamp's base"],
    ['A "red" boat', 'A "red" boat'],
    ['"', '"'],
    ["  A   boat\u00A0 \n\n is  red ", "A boat is red"],
  ])("%j is %j", (text, expected) => {
    expect(changed(all, text)).toBe(expected);
  });

  test.each([
    ["red\nblue\ngreen", "red, blue, green"],
    ["red\r\n\r\nblue,green\n", "red, blue, green"],
    ["red,\n blue \\(dark\\)", "red, blue \\(dark\\)"],
    ["red,blue", "red,blue"],
    ["red  lamp, blue", "red lamp, blue"],
  ])("tags on lines of their own stay tags: %j is %j", (text, expected) => {
    expect(changed(all, text, { kind: "tags" })).toBe(expected);
  });

  test("no line break that goes takes a tag with it", () => {
    const word = fc.constantFrom("red", "dark  blue", "a\\,b", "green");
    const breaks = fc.constantFrom(",", "\n", ",\n", " \r\n ", ", ");
    fc.assert(
      fc.property(fc.array(fc.tuple(word, breaks), { minLength: 1 }), (pieces) => {
        const text = pieces.flat().join("");
        const once = changed({ ...all, quotes: false }, text, { kind: "tags" });
        expect(tagsOf(once)).toEqual(tagsOf(text));
        expect(once).not.toMatch(/\n/u);
      }),
    );
  });

  test("lines stay if they shall", () => {
    expect(changed({ ...all, lines: false }, " A  boat \n  is red ")).toBe("A boat\nis red");
    expect(changed({ ...all, quotes: false }, '"A  boat"')).toBe('"A boat"');
  });

  test("spaces and quotation marks without end do not hold it up", () => {
    const spaces = " ".repeat(200_000);
    expect(changed({ ...all, spaces: false, quotes: false }, `a${spaces}b`)).toBe(`a${spaces}b`);
    const quotes = 20_000;
    const nested = `${"“".repeat(quotes)}a${"”".repeat(quotes)}`;
    expect(changed(all, nested)).toHaveLength(2 * (quotes - 5) + 1);
  });
});
