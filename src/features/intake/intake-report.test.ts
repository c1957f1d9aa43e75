import { expect, test } from "vitest";
import type { IntakeReport } from "#src/state/sheet/sheet-store.ts";
import { captionNoteText } from "#src/imports/caption-report.ts";
import type { DropReport } from "#src/state/pictures/drop-report.ts";
import { announcementOf, groupNotes, groupRejected } from "./intake-report.tsx";

const REPORT: IntakeReport = { offered: 6, taken: 0, rejected: [], duplicates: [], captions: [] };

test("an intake is announced at its start and its end, not at each file", () => {
  const underWay = [0, 1, 5].map((taken) => announcementOf({ ...REPORT, taken }));
  expect(new Set(underWay)).toEqual(new Set(["Adding files."]));
  expect(announcementOf({ ...REPORT, taken: 6 })).toBe("6 of 6 added.");
});

const EMPTY = { kind: "empty-file" } as const;
const NO_PICTURE = { kind: "not-an-image" } as const;

test("its end says what was not taken and why, once for each reason", () => {
  const rejected = [
    { name: "a.jpg", failure: EMPTY },
    { name: "b.jpg", failure: NO_PICTURE },
    { name: "c.jpg", failure: EMPTY },
  ];
  const text = announcementOf({ ...REPORT, taken: 2, rejected, duplicates: ["e.jpg"] });
  expect(text).toMatch(/^2 of 6 added · 3 not taken · 1 was already there\. 2 files: This file is/);
  expect(text).toMatch(/ b\.jpg: This is not a picture/);
});

test("60 equal refusals are one line with their count, and each file keeps its own reason", () => {
  const equal = Array.from({ length: 60 }, (_, at) => ({ name: `${at}.txt`, failure: NO_PICTURE }));
  const formats = ["JPEG XL", "PSD"].map((format) => ({
    name: `${format}.jpg`,
    failure: { kind: "unsupported-format", format } as const,
  }));
  const [same, varied, ...others] = groupRejected([...equal, ...formats]);
  expect(others).toEqual([]);
  expect(same?.names).toHaveLength(60);
  expect(same?.reason).toMatch(/^This is not a picture/);
  expect(varied?.reason).toBe("This browser cannot open their formats.");
  expect(varied?.why[1]).toContain("PSD");
});

const CAPTIONS: DropReport = {
  id: "drop",
  files: 5,
  isUnderWay: false,
  taken: { texts: 4, files: 4 },
  notes: [],
  missing: [],
  conflicts: [],
  changed: 0,
  relist: () => undefined,
  settle: async () => undefined,
  addField: async () => undefined,
};

test("captions that came along are counted beside the pictures, and what is wrong with them is said", () => {
  const notes = [
    { name: "a.txt", why: { kind: "unmatched" } },
    { name: "b.jsonl", why: { kind: "bad-lines", first: 3, count: 2 } },
    { name: "c.jsonl", why: { kind: "bad-lines", first: 9, count: 1 } },
  ] as const;
  const text = announcementOf({ ...REPORT, taken: 6, captions: [{ ...CAPTIONS, notes }] });
  expect(text).toMatch(/^6 of 6 added · 4 captions taken from 4 files\. a\.txt: No image on the/);
  expect(text).toContain("2 files: Some of their texts were left out.");
  const alone = { ...REPORT, offered: 0, captions: [{ ...CAPTIONS, isUnderWay: true }] };
  expect(announcementOf(alone)).toBe("Reading 5 files of captions.");
  expect(announcementOf({ ...REPORT, offered: 0 })).toBe("");
});

test("texts that were changed while the user chose are announced", () => {
  const told = (changed: number) =>
    announcementOf({ ...REPORT, taken: 6, captions: [{ ...CAPTIONS, changed }] });
  expect(told(0)).not.toContain("changed");
  expect(told(1)).toContain("1 text differs. It was changed on the sheet while you chose");
  expect(told(2)).toContain("2 texts differ. They were changed on the sheet while you chose");
});

test("a line that is JSON but no object is not called otherwise", () => {
  expect(captionNoteText({ kind: "bad-lines", first: 3, count: 1 })).toBe(
    "Line 3 is no JSON object, and was left out.",
  );
});

test("lines of tables are counted, though only some of them are named", () => {
  const lines = { count: 9_000, names: ["1.jpg", "2.jpg"] };
  const notes = [
    { name: "a.csv", why: { kind: "unmatched" }, lines },
    { name: "b.txt", why: { kind: "unmatched" } },
  ] as const;
  const [told, ...others] = groupNotes([{ ...CAPTIONS, notes }]);
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    of: "text",
    count: 9_001,
    names: ["1.jpg in a.csv", "2.jpg in a.csv", "b.txt"],
  });
});
