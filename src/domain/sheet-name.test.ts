import { expect, test } from "vitest";
import { dayName, freeName, isUnnamed } from "./sheet-name.ts";

const AT = new Date(2026, 10, 29, 12).getTime();

test("a sheet is called after its day, and the next one of that day by another name", () => {
  expect(dayName(AT)).toBe("29 November 2026");
  expect(freeName("29 November 2026", [])).toBe("29 November 2026");
  const taken = ["29 November 2026", "29 November 2026 (2)"];
  expect(freeName("29 November 2026", taken)).toBe("29 November 2026 (3)");
});

test.each([
  ["29 November 2026", true],
  ["29 November 2026 (2)", true],
  ["Untitled sheet", true],
  ["28 November 2026", false],
  ["Harbour (2)", false],
])("%j is unnamed: %j", (name, is) => {
  expect(isUnnamed({ name, createdAt: AT })).toBe(is);
});
