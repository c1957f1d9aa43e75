import { expect, test } from "vitest";
import { parseRoute, routePath } from "./route.ts";

test("a path names a view and a sheet, and reads back as it was written", () => {
  expect(parseRoute("/compare/4f1c")).toEqual({ view: "compare", sheetId: "4f1c" });
  expect(parseRoute(routePath({ view: "age", sheetId: "4f1c" }))).toEqual({
    view: "age",
    sheetId: "4f1c",
  });
  expect(routePath({ view: "age", sheetId: null })).toBe("/age");
});

test.each(["", "/", "/nothing-like-it", "//"])("%j is the caption view", (path) => {
  expect(parseRoute(path)).toEqual({ view: "caption", sheetId: null });
});
