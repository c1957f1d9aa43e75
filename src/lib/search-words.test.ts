import * as fc from "fast-check";
import { expect, test } from "vitest";
import { folded, foundParts, searchWords } from "./search-words.ts";

test("case, accents and ligatures make no difference", () => {
  expect(folded("ÉCLAIR Œuvre ﬁn ΟΔΟΣ İstanbul")).toBe("eclair œuvre fin οδοσ istanbul");
});

test("words stand for themselves, and what is quoted stays together", () => {
  expect(searchWords('  Red "table  lamp" RED é "" ')).toEqual(["red", "table  lamp", "e"]);
  // While it is being typed, a quote is open.
  expect(searchWords('"table la')).toEqual(["table la"]);
});

test("what was found is marked in the text as it is written", () => {
  const marked = (text: string, search: string) =>
    foundParts(text, searchWords(search))
      .map((part) => (part.isFound ? `[${part.text}]` : part.text))
      .join("");
  expect(marked("A Café, a cafe\u0301.", "cafe")).toBe("A [Café], a [cafe\u0301].");
  expect(marked("lamplight", "lamp light amp")).toBe("[lamplight]");
  expect(marked("Straße 🌆 ﬁne", "fi")).toBe("Straße 🌆 [ﬁ]ne");
  expect(marked("nothing", "")).toBe("nothing");
});

const letters = fc.string({
  unit: fc.constantFrom("a", "A", "é", "e\u0301", "ﬁ", "Σ", "ς", "İ", "ß", "🌆", " ", "\n", '"'),
  maxLength: 12,
});

test("joined, the parts are the text, and they are marked if and only if the text has a word", () => {
  fc.assert(
    fc.property(letters, letters, (text, search) => {
      const words = searchWords(search);
      const parts = foundParts(text, words);
      expect(parts.map((part) => part.text).join("")).toBe(text);
      expect(parts.some((part) => part.isFound)).toBe(
        words.some((word) => folded(text).includes(word)),
      );
    }),
  );
});
