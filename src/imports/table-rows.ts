import { MOST_FIELDS } from "#src/domain/field.ts";
import { readCsv, type TableExcess } from "#src/lib/parse-csv.ts";
import { withLines } from "#src/lib/with-lines.ts";

/** A row's values by their names, in lower case and trimmed. */
export type RowValues = ReadonlyMap<string, unknown>;

/** A text of another field than the one that the file is about. */
interface OtherValue {
  /** Its field's name, in lower case and trimmed. */
  field: string;
  text: unknown;
  /** Whether the sandbox made it up; null if the file says so only of the whole row, as older ones do. */
  isSimulated: boolean | null;
}

/** What a table says about one image. */
export interface TableRow {
  /** Without the texts of other fields if this app wrote the table: they may be called like its own columns. */
  values: RowValues;
  others: readonly OtherValue[];
}

/** A table of captions. */
export interface CaptionTable {
  rows: readonly TableRow[];
  /** The names of the fields beside the one that the file is about, if this app wrote it. */
  others: readonly string[] | null;
  /** Lines or entries that say nothing that can be read; null if there are none. */
  bad: BadRows | null;
}

interface BadRows {
  kind: "bad-lines" | "bad-entries";
  /** The first by its number, from 1. */
  first: number;
  count: number;
}

/** Why a table can't be read, or not whole. */
export type TableTrouble = { kind: "no-captions" | "not-json" } | TableExcess | BadRows;

const MOST_ROWS = 200_000;
// Far more than the longest caption beside the longest prompt.
const MOST_LINE_CHARACTERS = 1_000_000;
const MOST_NAME_CHARACTERS = 100;
/** What keeps a field's column apart from this app's own (exports/caption-files.ts). */
const FIELD_PREFIX = "field: ";

/** Reads the rows of a table, whose kind its name says. In steps. */
export function readTable(
  name: string,
  text: string,
): Generator<undefined, CaptionTable | TableTrouble> {
  if (/\.(?:csv|tsv)$/iu.test(name)) return csvTable(text);
  return /\.json$/iu.test(name) ? jsonTable(text) : jsonlTable(text);
}

function* csvTable(text: string): Generator<undefined, CaptionTable | TableTrouble> {
  const table = yield* readCsv(text);
  if ("most" in table) return table;
  const { columns, lines } = table;
  const hash = columns.indexOf("sha256");
  const isOwn = columns.includes("caption_ai") && hash !== -1;
  const own = isOwn ? columns.slice(0, hash + 1) : columns;
  const others = isOwn ? otherColumns(columns, { own }) : [];
  const rows: TableRow[] = [];
  for (const cells of lines) {
    yield undefined;
    const cellAt = (index: number): string => unguarded(cells[index] ?? "");
    const values = new Map(own.map((name, index) => [name, cellAt(index)]));
    const simulated = simulatedTexts(values);
    rows.push({
      values,
      others: others.map(({ field, index }) => ({
        field,
        text: cellAt(index),
        isSimulated: isStillSimulated(cellAt(index), { field, simulated }),
      })),
    });
  }
  return { rows, others: isOwn ? others.map(({ field }) => field) : null, bad: null };
}

/** The columns behind this app's own, each a field's. */
function otherColumns(
  columns: readonly string[],
  { own }: { own: readonly string[] },
): { field: string; index: number }[] {
  // A file from before it named its field has no prefixes either.
  const isPrefixed = own.includes("field");
  return columns
    .flatMap((column, index) => {
      const heading = unguarded(column);
      const field =
        isPrefixed && heading.startsWith(FIELD_PREFIX)
          ? heading.slice(FIELD_PREFIX.length)
          : heading;
      return index >= own.length && isFieldName(field) ? [{ field, index }] : [];
    })
    .slice(0, MOST_FIELDS);
}

/** What the sandbox made up in each field, null if the file does not say the words; null if it names no fields. */
function simulatedTexts(
  values: ReadonlyMap<string, string>,
): ReadonlyMap<string, string | null> | null {
  const cell = values.get("simulated_fields");
  if (cell === undefined) return null;
  const [names, texts] = [cell, values.get("simulated_texts") ?? ""].map(listIn);
  return new Map(
    (names ?? []).map((name, index) => [name.trim().toLowerCase(), texts?.[index] ?? null]),
  );
}

function listIn(cell: string): string[] {
  const list = parsedJson(cell);
  return Array.isArray(list) ? list.map((word) => (typeof word === "string" ? word : "")) : [];
}

// What is no longer what the sandbox made up was written by somebody.
function isStillSimulated(
  text: string,
  { field, simulated }: { field: string; simulated: ReturnType<typeof simulatedTexts> },
): boolean | null {
  if (simulated === null) return null;
  const madeUp = simulated.get(field);
  return madeUp !== undefined && (madeUp === null || withLines(madeUp) === withLines(text));
}

function* jsonlTable(text: string): Generator<undefined, CaptionTable | TableTrouble> {
  const rows: TableRow[] = [];
  let bad: BadRows | null = null;
  let number = 0;
  let isOwn = false;
  for (const line of linesOf(text)) {
    yield undefined;
    number += 1;
    if (line.trim() === "") continue;
    if (rows.length === MOST_ROWS) return { kind: "too-many", what: "lines", most: MOST_ROWS };
    const values = line.length > MOST_LINE_CHARACTERS ? null : valuesOf(parsedJson(line));
    if (values === null) bad = oneMore(bad, { kind: "bad-lines", number });
    else {
      isOwn ||= values.has("caption_ai");
      rows.push({ values, others: [] });
    }
  }
  return { rows, others: isOwn ? [] : null, bad };
}

function* jsonTable(text: string): Generator<undefined, CaptionTable | TableTrouble> {
  const document = parsedJson(text);
  yield undefined;
  if (document === undefined) return { kind: "not-json" };
  const images = valuesOf(document)?.get("images");
  const list = Array.isArray(document) ? document : Array.isArray(images) ? images : null;
  if (list === null) return { kind: "no-captions" };
  if (list.length > MOST_ROWS) return { kind: "too-many", what: "entries", most: MOST_ROWS };
  const rows: TableRow[] = [];
  let bad: BadRows | null = null;
  let isOwn = false;
  const names = new Set<string>();
  for (const [index, entry] of list.entries()) {
    yield undefined;
    const values = valuesOf(entry);
    if (values === null) {
      bad = oneMore(bad, { kind: "bad-entries", number: index + 1 });
      continue;
    }
    isOwn ||= values.has("caption_ai");
    const others = othersIn(values).filter(({ field }) => {
      if (names.size < MOST_FIELDS) names.add(field);
      return names.has(field);
    });
    rows.push({ values, others });
  }
  return { rows, others: isOwn ? [...names] : null, bad };
}

function oneMore(
  bad: BadRows | null,
  { kind, number }: { kind: BadRows["kind"]; number: number },
): BadRows {
  return bad === null ? { kind, first: number, count: 1 } : { ...bad, count: bad.count + 1 };
}

function othersIn(values: RowValues): OtherValue[] {
  const others = values.get("other_texts");
  if (!Array.isArray(others)) return [];
  return others.slice(0, MOST_FIELDS).flatMap((other) => {
    const parts = valuesOf(other);
    const name = parts?.get("field");
    const field = typeof name === "string" ? name.trim().toLowerCase() : "";
    const simulated = parts?.get("simulated");
    const [text, madeUp] = [parts?.get("text"), parts?.get("simulated_text")];
    const isChanged =
      typeof text === "string" &&
      typeof madeUp === "string" &&
      withLines(text) !== withLines(madeUp);
    const isSimulated = typeof simulated === "boolean" ? simulated && !isChanged : null;
    return isFieldName(field) ? [{ field, text, isSimulated }] : [];
  });
}

/** Whether a field may be called so. */
export function isFieldName(name: string): boolean {
  return name !== "" && name.length <= MOST_NAME_CHARACTERS;
}

function* linesOf(text: string): Generator<string> {
  const ends = /\r\n|[\r\n]/gu;
  let start = 0;
  for (;;) {
    const end = ends.exec(text);
    yield text.slice(start, end?.index);
    if (end === null) return;
    start = ends.lastIndex;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    return undefined;
  }
}

// A map, since a stranger's names must not meet those that objects have of themselves.
function valuesOf(value: unknown): RowValues | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value).map(([name, cell]) => [name.trim().toLowerCase(), cell]));
}

/** Without the apostrophe that keeps a spreadsheet from taking the text for a formula (exports/csv.ts). */
function unguarded(text: string): string {
  return /^'(?:[\s\u200B\u2060\uFEFF]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(text) ? text.slice(1) : text;
}
