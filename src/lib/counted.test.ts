import { expect, test } from "vitest";
import { counted } from "./counted.ts";

test("things are counted in words", () => {
  expect([counted(1, "caption"), counted(1240, "caption")]).toEqual([
    "1 caption",
    "1,240 captions",
  ]);
  expect(counted(2, "image has", "images have")).toBe("2 images have");
});
