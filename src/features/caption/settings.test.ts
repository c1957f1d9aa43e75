import { expect, test } from "vitest";
import { parseCaption } from "./settings.ts";

test("what can't be read of the settings is as on a new sheet, and the rest stays", () => {
  const fresh = parseCaption(null);
  expect(fresh).toMatchObject({ layout: "list", sort: "sheet", includesLater: true });
  expect(parseCaption({ layout: "grid", sort: "colour", columnWidths: { name: "wide" } })).toEqual({
    ...fresh,
    layout: "grid",
  });
  expect(parseCaption("nonsense")).toEqual(fresh);
});

test("a vocabulary is kept by its field, and one that can't be read is none", () => {
  const vocabularies = [{ fieldId: "keywords", tags: ["brass", "oak"] }];
  expect(parseCaption({ vocabularies }).vocabularies).toEqual(vocabularies);
  expect(parseCaption({ vocabularies: { keywords: "brass" }, layout: "grid" })).toMatchObject({
    vocabularies: [],
    layout: "grid",
  });
});
