import { expect, test } from "vitest";
import { fileNameOf } from "./save-file.ts";

test("a file is named after its sheet and what it holds, and says if an answer in it is made up", () => {
  const about = { sheetName: "Harbour", ending: "csv", simulated: false } as const;
  expect(fileNameOf(about)).toBe("Harbour.csv");
  expect(fileNameOf({ ...about, holds: "verdicts", simulated: true })).toBe(
    "Harbour verdicts (simulated).csv",
  );
  expect(fileNameOf({ ...about, sheetName: "../.." })).not.toMatch(/[/\\]/u);
  expect(fileNameOf({ ...about, sheetName: " " })).toBe("sheet.csv");
});
