import * as v from "valibot";
import { parseCsv } from "#src/lib/parse-csv.ts";
import { csvText } from "./csv.ts";

/** What a verdict file in JSON says about itself. */
const VERDICT_FORMAT = "contact-sheet-verdicts";

const text = v.nullable(v.string());
const years = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(130)));
const count = v.nullable(v.number());
const kind = v.nullable(
  v.picklist(["age", "range", "wrong", "no-face", "several-faces", "unusable", "unsure"]),
);

/**
 * One judge's judgement beside one model's verdict, on one image: a line of a verdict file, in the order of its columns.
 * Pictures are named only by their hash. Anyone may have written it.
 */
const rowSchema = v.object({
  /** SHA-256 of the original bytes; null for pictures that were never read here. */
  sha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u))),
  /** Only if the user wants names in the file. */
  file_name: text,
  width: count,
  height: count,
  /** AIR id; null if no model was asked. */
  model: text,
  status: v.picklist(["group", "no-group", "refused", "failed", "not-asked"]),
  /** Whole years, inclusive; `predicted_to` is null for an open end. */
  predicted_from: years,
  predicted_to: years,
  raw_label: text,
  /** 0–1. */
  confidence: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  simulated: v.boolean(),
  source: text,
  task: text,
  sent_width: count,
  sent_height: count,
  answered_at: text,
  /** The judge's current judgement. */
  judgement: kind,
  true_from: years,
  true_to: years,
  truth_source: v.nullable(v.picklist(["person", "file", "file-name"])),
  reviewer: text,
  /** Whether the first judgement was given before any verdict was seen. */
  blind: v.nullable(v.boolean()),
  blind_judgement: kind,
  blind_from: years,
  blind_to: years,
  changed: v.boolean(),
  seconds: count,
  sample: v.nullable(v.picklist(["random", "hunted"])),
  flagged: v.boolean(),
  judged_at: text,
});

/** A line of a verdict file. */
export type VerdictRow = v.InferOutput<typeof rowSchema>;

const COLUMNS = v.parse(v.array(v.keyof(rowSchema)), Object.keys(rowSchema.entries));

/** Verdicts and judgements as CSV: no pictures, and ranges in two columns, since spreadsheets take "3-9" for a date. */
export function verdictsCsv(rows: readonly VerdictRow[]): string {
  return csvText(
    COLUMNS,
    rows.map((row) => COLUMNS.map((column) => row[column])),
  );
}

/** The same as one JSON document. `exportedAt` is epoch milliseconds. */
export function verdictsJson(
  sheetName: string,
  rows: readonly VerdictRow[],
  exportedAt: number,
): string {
  const document = {
    format: VERDICT_FORMAT,
    version: 1,
    sheet: sheetName,
    exported_at: new Date(exportedAt).toISOString(),
    simulated: rows.some((row) => row.simulated),
    rows,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What could be read from a verdict file. */
export interface VerdictReading {
  rows: VerdictRow[];
  /** Rows that could not be read, or name no picture by its hash. */
  skipped: number;
}

const documentSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ format: v.literal(VERDICT_FORMAT), rows: v.array(v.unknown()) }),
);

/** Reads a verdict file, JSON or CSV, by its contents; null if it is neither. */
export function readVerdicts(content: string): VerdictReading | null {
  const found = rowsIn(content);
  if (found === null) return null;
  const rows = found.flatMap((row) => {
    const parsed = v.safeParse(rowSchema, row);
    return parsed.success && parsed.output.sha256 !== null ? [parsed.output] : [];
  });
  return { rows, skipped: found.length - rows.length };
}

function rowsIn(content: string): readonly unknown[] | null {
  if (/^\s*\{/u.test(content)) {
    const document = v.safeParse(documentSchema, content);
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

const NUMBERS = columnsThatTake(0);
const TRUTHS = columnsThatTake(true);

// A file from a later version may have more columns, one that was edited by hand fewer.
const NOTHING = Object.fromEntries(COLUMNS.map((column) => [column, cellValue(column, "")]));

function columnsThatTake(cell: number | boolean): ReadonlySet<string> {
  return new Set(COLUMNS.filter((column) => v.is(rowSchema.entries[column], cell)));
}

function cellValue(column: string, cell: string): string | number | boolean | null {
  const words = cell.trim();
  if (words === "") return TRUTHS.has(column) && column !== "blind" ? false : null;
  if (TRUTHS.has(column)) return /^true$/iu.test(words);
  if (NUMBERS.has(column)) return Number(words.replace(",", "."));
  // An apostrophe keeps spreadsheets from running a cell.
  return words.replace(/^'(?=[\s=+\-@＝＋－＠])/u, "");
}
