import { expect, test } from "vitest";
import { readVerdicts, type VerdictRow, verdictsCsv, verdictsJson } from "./verdict-files.ts";

const row: VerdictRow = {
  sha256: "a".repeat(64),
  file_name: null,
  width: 300,
  height: 300,
  model: "runware:154@1",
  status: "group",
  predicted_from: 65,
  predicted_to: null,
  raw_label: "=Aged 65+",
  confidence: 0.61,
  simulated: true,
  source: "sandbox",
  task: "1f2c4d5e-0000-4000-8000-000000000000",
  sent_width: 300,
  sent_height: 300,
  answered_at: "2026-01-02T03:04:05.000Z",
  judgement: "age",
  true_from: 64,
  true_to: 64,
  truth_source: "person",
  reviewer: 'Ann "A", B.',
  blind: true,
  blind_judgement: "range",
  blind_from: 45,
  blind_to: 64,
  changed: true,
  seconds: 2.5,
  sample: "random",
  flagged: false,
  judged_at: "2026-01-02T03:05:05.000Z",
};
const open: VerdictRow = {
  ...row,
  sha256: "b".repeat(64),
  file_name: "-2.jpg",
  judgement: "unsure",
  true_from: null,
  true_to: null,
  blind: null,
  blind_judgement: null,
  blind_from: null,
  blind_to: null,
  confidence: null,
  changed: false,
  seconds: null,
  sample: null,
  reviewer: null,
};

test("what is written as CSV or JSON is read back the same", () => {
  expect(readVerdicts(verdictsCsv([row, open]))).toEqual({ rows: [row, open], skipped: 0 });
  expect(readVerdicts(verdictsJson("Faces", [row, open], 0))).toEqual({
    rows: [row, open],
    skipped: 0,
  });
});

test("no cell of a CSV can run in a spreadsheet, and simulated rows say so", () => {
  const csv = verdictsCsv([row]);
  expect(csv).toContain(",'=Aged 65+,");
  expect(csv.split("\r\n")[0]).toContain("simulated");
  expect(JSON.parse(verdictsJson("Faces", [row], 0))).toMatchObject({ simulated: true });
});

test("rows that are damaged or name no picture are counted, but not used", () => {
  const json = verdictsJson(
    "Faces",
    [row, { ...row, sha256: null }, { ...row, true_from: 900 }],
    0,
  );
  expect(readVerdicts(json)).toEqual({ rows: [row], skipped: 2 });
});

test("other files are not verdict files", () => {
  expect(readVerdicts("")).toBeNull();
  expect(readVerdicts("{}")).toBeNull();
  expect(readVerdicts("{ broken")).toBeNull();
  expect(readVerdicts("file_name,caption\r\na.jpg,words\r\n")).toBeNull();
});
