import { expect, test } from "vitest";
import type { IntakeReport } from "#src/state/sheet/sheet-store.ts";
import { announcementOf } from "./intake-report.tsx";

const REPORT: IntakeReport = { offered: 6, taken: 0, rejected: [], duplicates: [] };

test("an intake is announced at its start and its end, not at each file", () => {
  const underWay = [0, 1, 5].map((taken) => announcementOf({ ...REPORT, taken }));
  expect(new Set(underWay)).toEqual(new Set(["Adding files."]));
  expect(announcementOf({ ...REPORT, taken: 6 })).toBe("6 of 6 added.");
});

test("its end says what was not taken and why, the first few by name", () => {
  const rejected = ["a", "b", "c", "d"].map((name) => ({
    name: `${name}.jpg`,
    failure: { kind: "empty-file" } as const,
  }));
  const text = announcementOf({ ...REPORT, taken: 1, rejected, duplicates: ["e.jpg"] });
  expect(text).toMatch(/^1 of 6 added · 4 not taken · 1 was already there\. a\.jpg: This file is/);
  expect(text).toMatch(/c\.jpg: .* 1 more in the list of added files\.$/);
  expect(text).not.toContain("d.jpg");
});
