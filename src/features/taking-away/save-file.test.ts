import { expect, test } from "vitest";
import { counted, fileNameOf } from "./save-file.ts";

test("a file is named after its sheet and what it holds, and says if an answer in it is made up", () => {
  const about = { sheetName: "Harbour", ending: "csv", simulated: false } as const;
  expect(fileNameOf(about)).toBe("Harbour.csv");
  expect(fileNameOf({ ...about, holds: "verdicts", simulated: true })).toBe(
    "Harbour verdicts (simulated).csv",
  );
  expect(fileNameOf({ ...about, sheetName: "../.." })).not.toMatch(/[/\\]/u);
  expect(fileNameOf({ ...about, sheetName: " " })).toBe("sheet.csv");
});

test("what is taken is counted in words", () => {
  expect([counted(1, "caption"), counted(1240, "caption")]).toEqual([
    "1 caption",
    "1,240 captions",
  ]);
  expect(counted(2, "image has", "images have")).toBe("2 images have");
});
