import * as v from "valibot";
import { parseCsv } from "#src/lib/parse-csv.ts";
import { VERDICT_FORMAT } from "./verdict-files.ts";
import { verdictRowSchema, type VerdictRow } from "./verdict-row.ts";

/** What could be read from a verdict file. */
export interface VerdictReading {
  rows: VerdictRow[];
  /** Rows that could not be read, or name no picture by its hash. */
  skipped: number;
}

const documentSchema = v.object({
  format: v.literal(VERDICT_FORMAT),
  rows: v.array(v.unknown()),
});

const NUMBERS = new Set([
  "width",
  "height",
  "predicted_from",
  "predicted_to",
  "confidence",
  "sent_width",
  "sent_height",
  "true_from",
  "true_to",
  "blind_from",
  "blind_to",
  "seconds",
]);
const TRUTHS = new Set(["simulated", "blind", "changed", "flagged"]);

/** Reads a verdict file, JSON or CSV, by its contents; null if it is neither. */
export function readVerdicts(content: string): VerdictReading | null {
  const found = rowsIn(content);
  if (found === null) return null;
  const rows = found.flatMap((row) => {
    const parsed = v.safeParse(verdictRowSchema, row);
    return parsed.success && parsed.output.sha256 !== null ? [parsed.output] : [];
  });
  return { rows, skipped: found.length - rows.length };
}

function rowsIn(content: string): readonly unknown[] | null {
  if (/^\s*\{/u.test(content)) {
    const document = v.safeParse(documentSchema, parseJson(content));
    return document.success ? document.output.rows : null;
  }
  const records = parseCsv(content);
  const first = records?.[0];
  if (records === null || first === undefined || !("sha256" in first) || !("judgement" in first))
    return null;
  return records.map((record) => ({
    ...NOTHING,
    ...Object.fromEntries(
      Object.entries(record).map(([column, cell]) => [column, cellValue(column, cell)]),
    ),
  }));
}

// A file from a later version may have more columns, one that was edited by hand fewer.
const NOTHING = Object.fromEntries(
  Object.keys(verdictRowSchema.entries).map((column) => [
    column,
    TRUTHS.has(column) && column !== "blind" ? false : null,
  ]),
);

function cellValue(column: string, cell: string): string | number | boolean | null {
  const text = cell.trim();
  if (TRUTHS.has(column)) {
    if (text === "") return column === "blind" ? null : false;
    return /^true$/iu.test(text);
  }
  if (text === "") return null;
  if (NUMBERS.has(column)) return Number(text.replace(",", "."));
  // The apostrophe that keeps spreadsheets from running a cell.
  return text.replace(/^'(?=[\s=+\-@＝＋－＠])/u, "");
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
