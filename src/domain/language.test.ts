import { expect, test } from "vitest";
import { LANGUAGES } from "#src/catalog/field-presets.ts";
import { languageName, languageTag } from "./language.ts";

test("a language has a name, whatever stands for it", () => {
  expect(["fr", "pt-BR", "qaa", "not a tag"].map(languageName)).toEqual([
    "French",
    "Brazilian Portuguese",
    "qaa",
    "not a tag",
  ]);
});

test("a tag is written as BCP 47 writes it, and what is none is refused", () => {
  expect(["EN-gb", " fr ", "zh-hans-cn", "", "not a tag", "1"].map(languageTag)).toEqual([
    "en-GB",
    "fr",
    "zh-Hans-CN",
    null,
    null,
    null,
  ]);
});

test("every language of the list is a tag with a name of its own", () => {
  const names = LANGUAGES.map(languageName);
  expect(LANGUAGES.map(languageTag)).toEqual(LANGUAGES);
  expect(new Set(names).size).toBe(LANGUAGES.length);
  for (const [index, name] of names.entries()) expect(name).not.toBe(LANGUAGES[index]);
});
