import * as v from "valibot";
import type { SkippedRow } from "./storage.ts";

/** A row that parses, or null; a damaged one is put on the list of skipped rows. */
export function parseRow<Row>(
  row: unknown,
  schema: v.GenericSchema<unknown, Row>,
  skip: () => void,
): Row | null {
  const parsed = v.safeParse(schema, row);
  if (parsed.success) return parsed.output;
  skip();
  return null;
}

/** How a row is read: as it should be, and with replacements for damaged fields. */
export interface Mendable<Row> {
  schema: v.GenericSchema<unknown, Row>;
  mended: v.GenericSchema<unknown, Row>;
}

/**
 * A row that parses, or that can be mended, or null. The callback gets the damaged fields: if there are none, the row
 * is lost.
 */
export function parseMended<Row>(
  row: unknown,
  { schema, mended }: Mendable<Row>,
  damaged: (fields: readonly string[]) => void,
): Row | null {
  const parsed = v.safeParse(schema, row);
  if (parsed.success) return parsed.output;
  const found = v.safeParse(mended, row);
  damaged(found.success ? Object.keys(v.flatten(parsed.issues).nested ?? {}) : []);
  return found.success ? found.output : null;
}

interface RowSource {
  store: SkippedRow["store"];
  keys: readonly IDBValidKey[];
  skipped: SkippedRow[];
}

/** The rows that parse. The others stay where they are, and are listed by their keys. */
export function parseRows<Row>(
  rows: readonly unknown[],
  schema: v.GenericSchema<unknown, Row>,
  source: RowSource,
): Row[] {
  return rows.flatMap((row, at) => {
    const parsed = parseRow(row, schema, () => source.skipped.push(entryOf(source, at)));
    return parsed === null ? [] : [parsed];
  });
}

/** The rows that parse or can be mended. Both kinds of damaged ones are listed. */
export function parseMendedRows<Row>(
  rows: readonly unknown[],
  schemas: Mendable<Row>,
  source: RowSource,
): Row[] {
  return rows.flatMap((row, at) => {
    const parsed = parseMended(row, schemas, (fields) =>
      source.skipped.push({
        ...entryOf(source, at),
        ...(fields.length > 0 ? { mended: fields } : {}),
      }),
    );
    return parsed === null ? [] : [parsed];
  });
}

// The last part of a key names the row; those before it name its sheet.
function entryOf({ store, keys }: RowSource, at: number): SkippedRow {
  const key = keys[at];
  const last = Array.isArray(key) ? key.at(-1) : key;
  return { store, key: typeof last === "string" || typeof last === "number" ? String(last) : "" };
}
