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
