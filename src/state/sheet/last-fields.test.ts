import { expect, test } from "vitest";
import { exampleSheet } from "#src/domain/example-rows.ts";
import { parseLastFields } from "./last-fields.ts";

test("fields come back as they were kept, unless they are damaged or name an unknown model", () => {
  const { fields } = exampleSheet();
  const stored: unknown = JSON.parse(JSON.stringify(fields));
  expect(parseLastFields(stored)).toEqual(fields);
  const [field] = fields;
  const stranger = { ...field, recipe: { ...field.recipe, modelId: "stranger:1@1" } };
  for (const bad of [null, [], [{ id: 7 }], "fields", [stranger]])
    expect(parseLastFields(bad)).toBeNull();
});
