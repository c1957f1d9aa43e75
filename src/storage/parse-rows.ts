import * as v from "valibot";
import type { SkippedRow } from "./storage.ts";

/** A row that parses, or null; a damaged one is put on the list of those skipped. */
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

/** The rows that parse. The others stay where they are, and are listed by their keys. */
export function parseRows<Row>(
  rows: readonly unknown[],
  schema: v.GenericSchema<unknown, Row>,
  source: { store: SkippedRow["store"]; keys: readonly IDBValidKey[]; skipped: SkippedRow[] },
): Row[] {
  return rows.flatMap((row, at) => {
    const parsed = parseRow(row, schema, () =>
      source.skipped.push({ store: source.store, key: keyText(source.keys[at]) }),
    );
    return parsed === null ? [] : [parsed];
  });
}

// The last part names the row; those before it name its sheet.
function keyText(key: IDBValidKey | undefined): string {
  const last = Array.isArray(key) ? key.at(-1) : key;
  return typeof last === "string" || typeof last === "number" ? String(last) : "";
}
