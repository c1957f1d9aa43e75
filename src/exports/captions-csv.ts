import { plainUsd, type CaptionRow } from "./caption-row.ts";
import { csvText, type CsvCell } from "./csv.ts";

/** What a price is written as if the service named none: never 0. */
const UNKNOWN = "unknown";

const COLUMNS: readonly (readonly [string, (row: CaptionRow) => CsvCell])[] = [
  ["file_name", (row) => row.name],
  ["folder", (row) => row.folder],
  ["caption", (row) => row.caption],
  ["caption_ai", (row) => row.captionByModel],
  ["edited", (row) => row.edited],
  ["age_group", (row) => groupOf(row)],
  ["age_label", (row) => row.age?.label ?? null],
  ["confidence", (row) => row.age?.confidence ?? null],
  ["status", (row) => row.status],
  ["error", (row) => row.error],
  ["simulated", (row) => row.simulated],
  ["source", (row) => row.source],
  ["model", (row) => row.modelId],
  ["prompt", (row) => row.prompt],
  ["cost_usd", costCell],
  ["latency_ms", (row) => row.latencyMs],
  ["chars", (row) => row.caption?.length ?? null],
  ["width", (row) => row.width],
  ["height", (row) => row.height],
  ["sha256", (row) => row.sha256],
];

/** The sheet as a CSV file for spreadsheets: one line per image, in the sheet's order. */
export function captionsCsv(rows: readonly CaptionRow[]): string {
  return csvText(
    COLUMNS.map(([name]) => name),
    rows.map((row) => COLUMNS.map(([, cell]) => cell(row))),
  );
}

// Spreadsheets read "3-9" as the third of September; words between the years keep it text.
function groupOf({ age }: CaptionRow): string | null {
  if (age === null) return null;
  if (age.range === null) return age.label;
  const { low, high } = age.range;
  return high === null ? `${low} and over` : `${low} to ${high}`;
}

function costCell(row: CaptionRow): CsvCell {
  if (row.source === null) return null;
  return row.costMicroUsd === null ? UNKNOWN : Number(plainUsd(row.costMicroUsd));
}
