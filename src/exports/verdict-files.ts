import { csvText } from "./csv.ts";
import { VERDICT_COLUMNS, type VerdictRow } from "./verdict-row.ts";

/** What a verdict file in JSON says about itself. */
export const VERDICT_FORMAT = "contact-sheet-verdicts";

/** Verdicts and judgements as CSV: no pictures, and ranges in two columns, since spreadsheets take "3-9" for a date. */
export function verdictsCsv(rows: readonly VerdictRow[]): string {
  return csvText(
    VERDICT_COLUMNS,
    rows.map((row) => VERDICT_COLUMNS.map((column) => row[column])),
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
