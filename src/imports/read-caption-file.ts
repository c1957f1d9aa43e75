import type { ExistingFrom } from "#src/domain/mark.ts";
import { parseCsv } from "#src/lib/parse-csv.ts";
import { withLines } from "#src/lib/with-lines.ts";

/** What a text is for, as its file says it. */
export type TextTarget =
  | { kind: "description" | "alt" | "long" | "title" | "keywords" }
  /** The field of this name. */
  | { kind: "field"; name: string }
  /** The field that a file of this app is about; it names the others. */
  | { kind: "main"; others: readonly string[] };

/** A text that came with an image. */
export interface ImportedText {
  target: TextTarget;
  text: string;
  /** Made up by the sandbox: no words about the picture, and not to be passed off as such. */
  isSimulated: boolean;
}

/**
 * How much a text is worth beside others of the same image: what this app wrote and somebody edited comes first, the
 * oldest standard last.
 */
export const TRUST = { own: 6, sidecar: 5, table: 4, xmp: 3, iptc: 2, exif: 1 } as const;

/** What one file says about one image. */
export interface CaptionEntry {
  /** Paths under which the image may be on the sheet, the likeliest first; with "/" and the file's name at the end. */
  paths: readonly string[];
  /** True if the name may lack the picture's ending, as a file beside it does. */
  isStem: boolean;
  /** SHA-256 of the picture, lower-case hex; null if the file names none. */
  hash: string | null;
  texts: readonly ImportedText[];
  from: ExistingFrom;
  trust: number;
}

/** What is wrong with a caption file, or with a part of it. */
export type CaptionTrouble =
  | { kind: "unreadable" | "not-text" | "empty" | "no-captions" | "no-file-names" }
  | { kind: "too-large"; mostBytes: number }
  /** Lines that say nothing that can be read; the first by its number, from 1. */
  | { kind: "bad-lines"; first: number; count: number }
  | { kind: "too-long"; count: number; mostCharacters: number };

/** What a caption file holds. */
export interface ReadCaptions {
  entries: readonly CaptionEntry[];
  troubles: readonly CaptionTrouble[];
}

/** A caption file as it was offered. */
export interface CaptionSource {
  name: string;
  /** With "/"; "" if it came alone. */
  folder: string;
  bytes: Uint8Array;
}

const SIDECAR = /.\.(?:txt|caption)$/iu;
const TABLE = /.\.(?:jsonl|ndjson|csv|tsv|json)$/iu;

/** Whether a file can only hold captions, by its name: no picture ends so. */
export function isCaptionFile(name: string): boolean {
  return SIDECAR.test(name) || TABLE.test(name);
}

/** The largest files that are read, in bytes: a text beside a picture, and a table of them. */
const MOST_SIDECAR_BYTES = 200_000;
const MOST_TABLE_BYTES = 40_000_000;
// As many as an editor on the sheet takes.
const MOST_CHARACTERS = 20_000;
const MOST_ROWS = 200_000;

/** The most bytes that are read of a caption file of this name. */
export function mostBytesOf(name: string): number {
  return SIDECAR.test(name) ? MOST_SIDECAR_BYTES : MOST_TABLE_BYTES;
}

/**
 * Reads a caption file, which may be anybody's: a text beside its picture, a table of Hugging Face's image folder (one
 * object a line, or CSV), or what this app exports. In steps, since a table may have thousands of rows.
 *
 * @param fieldNames those of the sheet, which columns may be named after
 */
export function* readCaptionFile(
  source: CaptionSource,
  fieldNames: readonly string[],
): Generator<undefined, ReadCaptions> {
  const mostBytes = mostBytesOf(source.name);
  if (source.bytes.length > mostBytes) return troubled({ kind: "too-large", mostBytes });
  const text = decodedText(source.bytes);
  if (text === null) return troubled({ kind: "not-text" });
  if (text.trim() === "") return troubled({ kind: "empty" });
  if (SIDECAR.test(source.name)) return readSidecar(source, text);
  yield undefined;
  return yield* readRows(source, { rows: rowsOf(source.name, text), fieldNames });
}

function troubled(trouble: CaptionTrouble): ReadCaptions {
  return { entries: [], troubles: [trouble] };
}

/** UTF-8, or UTF-16 with a byte order mark; null for anything else. */
function decodedText(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = isWide ? (first === 0xff ? "utf-16le" : "utf-16be") : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

function readSidecar({ name, folder }: CaptionSource, content: string): ReadCaptions {
  const text = withLines(content);
  // Nothing but control characters.
  if (text === "") return troubled({ kind: "empty" });
  if (text.length > MOST_CHARACTERS)
    return troubled({ kind: "too-long", count: 1, mostCharacters: MOST_CHARACTERS });
  const entry: CaptionEntry = {
    paths: [joined(folder, name.slice(0, name.lastIndexOf(".")))],
    isStem: true,
    hash: null,
    texts: [{ target: { kind: "description" }, text, isSimulated: false }],
    from: { kind: "sidecar", name },
    trust: TRUST.sidecar,
  };
  return { entries: [entry], troubles: [] };
}

/** A row's values by their names, in lower case; null for a line that could not be read. */
type Row = ReadonlyMap<string, unknown> | null;

interface Rows {
  rows: readonly Row[];
  /** Columns of fields beside the one that the file is about, if this app wrote it. */
  others: readonly string[] | null;
  isCsv: boolean;
  /** The number of the first row’s line. */
  firstLine: number;
}

function rowsOf(name: string, text: string): Rows | CaptionTrouble {
  if (/\.(?:csv|tsv)$/iu.test(name)) return csvRows(text);
  return /\.json$/iu.test(name) ? jsonRows(text) : jsonlRows(text);
}

const EMPTY_ROW: Row = new Map<string, unknown>();

function csvRows(text: string): Rows | CaptionTrouble {
  const records = parseCsv(text);
  if (records === null) return { kind: "too-large", mostBytes: MOST_TABLE_BYTES };
  const columns = Object.keys(records[0] ?? {});
  const lastOwn = columns.indexOf("sha256");
  return {
    rows: records.map((record) => new Map(Object.entries(record))),
    others: columns.includes("caption_ai") && lastOwn !== -1 ? columns.slice(lastOwn + 1) : null,
    isCsv: true,
    firstLine: 2,
  };
}

function jsonlRows(text: string): Rows {
  const lines = text.split(/\r\n|[\r\n]/u, MOST_ROWS + 1);
  const rows = lines.map((line) => (line.trim() === "" ? EMPTY_ROW : rowOf(parsedJson(line))));
  const isOwn = rows.some((row) => row?.has("caption_ai") === true);
  return { rows, others: isOwn ? [] : null, isCsv: false, firstLine: 1 };
}

function jsonRows(text: string): Rows | CaptionTrouble {
  const document = parsedJson(text);
  const images = rowOf(document)?.get("images");
  const list = Array.isArray(document) ? document : Array.isArray(images) ? images : null;
  if (list === null) return { kind: "no-captions" };
  const rows = list.slice(0, MOST_ROWS + 1).map(withOtherTexts);
  const own = rows.find((row) => row?.has("caption_ai") === true);
  const others = own === undefined || own === null ? null : otherNames(own);
  return { rows, others, isCsv: false, firstLine: 1 };
}

/** The texts of other fields, each under its field's name. */
function withOtherTexts(value: unknown): Row {
  const row = rowOf(value);
  if (row === null) return null;
  const others = row.get("other_texts");
  if (!Array.isArray(others)) return row;
  const named = others.flatMap((other): [string, unknown][] => {
    const parts = rowOf(other);
    const field = parts?.get("field");
    return typeof field === "string" ? [[field.toLowerCase(), parts?.get("text")]] : [];
  });
  return new Map([...named, ...row]);
}

function otherNames(row: ReadonlyMap<string, unknown>): string[] {
  const others = row.get("other_texts");
  if (!Array.isArray(others)) return [];
  return others.flatMap((other) => {
    const field = rowOf(other)?.get("field");
    return typeof field === "string" ? [field.toLowerCase()] : [];
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    return undefined;
  }
}

// A map, since a stranger's names must not meet those that objects have of themselves.
function rowOf(value: unknown): Row {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value).map(([name, cell]) => [name.trim().toLowerCase(), cell]));
}

const FILE_COLUMNS = ["file_name", "filename", "file", "image", "path", "image_path", "name"];
const DESCRIPTIONS = ["caption", "text", "description"];
const COLUMNS: readonly (readonly [kind: "alt" | "long" | "title" | "keywords", string[]])[] = [
  ["alt", ["alt", "alt_text", "alt text", "alttext"]],
  ["long", ["long_description", "long description", "extended_description"]],
  ["title", ["title"]],
  ["keywords", ["keywords", "tags"]],
];

interface TableReading {
  rows: Rows | CaptionTrouble;
  fieldNames: readonly string[];
}

function* readRows(
  source: CaptionSource,
  { rows: table, fieldNames }: TableReading,
): Generator<undefined, ReadCaptions> {
  if (!("rows" in table)) return troubled(table);
  const { rows, others } = table;
  if (rows.length > MOST_ROWS) return troubled({ kind: "too-large", mostBytes: MOST_TABLE_BYTES });
  const bad: number[] = [];
  const entries: CaptionEntry[] = [];
  const left = { long: 0, unnamed: 0 };
  const read = textReader({ ...table, fieldNames });
  for (const [index, row] of rows.entries()) {
    yield undefined;
    if (row === null) bad.push(index + table.firstLine);
    if (row === null || row.size === 0) continue;
    const paths = pathsOf(source.folder, row, table.isCsv);
    const hash = wordsIn(row, "sha256").toLowerCase();
    const isHash = /^[0-9a-f]{64}$/u.test(hash);
    if (paths.length === 0 && !isHash) {
      left.unnamed += 1;
      continue;
    }
    const { texts, tooLong } = read(row);
    left.long += tooLong;
    if (texts.length === 0) continue;
    entries.push({
      paths,
      isStem: false,
      hash: isHash ? hash : null,
      texts,
      from: { kind: "table", name: source.name },
      trust: others === null ? TRUST.table : TRUST.own,
    });
  }
  const troubles: CaptionTrouble[] = [];
  const [first] = bad;
  if (first !== undefined) troubles.push({ kind: "bad-lines", first, count: bad.length });
  if (left.long > 0)
    troubles.push({ kind: "too-long", count: left.long, mostCharacters: MOST_CHARACTERS });
  if (entries.length === 0 && troubles.length === 0)
    troubles.push({ kind: left.unnamed > 0 ? "no-file-names" : "no-captions" });
  return { entries, troubles };
}

/** Where an image may be: beside the table, and where the sheet that was exported had it. */
function pathsOf(folder: string, row: ReadonlyMap<string, unknown>, isCsv: boolean): string[] {
  const column = FILE_COLUMNS.find((name) => wordsIn(row, name) !== "");
  if (column === undefined) return [];
  const name = unguarded(wordsIn(row, column), isCsv);
  const within = `${unguarded(wordsIn(row, "folder"), isCsv)}/${name}`;
  return [...new Set([joined(folder, within), joined("", within)])].filter((path) => path !== "");
}

interface RowTexts {
  texts: ImportedText[];
  tooLong: number;
}

/** Reads the texts of one row. */
function textReader({
  others,
  isCsv,
  fieldNames,
}: Pick<Rows, "others" | "isCsv"> & Pick<TableReading, "fieldNames">) {
  // Columns of this app's own tables mean what they mean, whatever a field is called.
  const fields = others ?? fieldNames.map((name) => name.trim().toLowerCase());
  const mains = DESCRIPTIONS.filter((name) => !fields.includes(name));
  return (row: ReadonlyMap<string, unknown>): RowTexts => {
    const textIn = (column: string) => withLines(unguarded(wordsIn(row, column), isCsv));
    const isSimulated = others !== null && wordsIn(row, "simulated") === "true";
    const texts: ImportedText[] = [];
    let tooLong = 0;
    const add = (target: TextTarget, text: string, isMadeUp = isSimulated): void => {
      if (text.length > MOST_CHARACTERS) tooLong += 1;
      else if (text !== "") texts.push({ target, text, isSimulated: isMadeUp });
    };
    const main = textIn(mains.find((name) => textIn(name) !== "") ?? "");
    // What is no longer the answer was written by somebody.
    if (others === null) add({ kind: "description" }, main);
    else add({ kind: "main", others }, main, isSimulated && main === textIn("caption_ai"));
    for (const name of fields) add({ kind: "field", name }, textIn(name));
    if (others === null)
      for (const [kind, columns] of COLUMNS) {
        const column = columns.find((name) => !fields.includes(name) && textIn(name) !== "");
        if (column !== undefined) add({ kind }, textIn(column));
      }
    return { texts, tooLong };
  };
}

/** A value as words: lists of words are joined as tags are. */
function wordsIn(row: ReadonlyMap<string, unknown>, name: string): string {
  const value = row.get(name);
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return `${value}`;
  if (!Array.isArray(value)) return "";
  return value.filter((word) => typeof word === "string").join(", ");
}

/** Without the apostrophe that keeps a spreadsheet from taking the text for a formula (exports/csv.ts). */
function unguarded(text: string, isCsv: boolean): string {
  return isCsv && /^'(?:[\s\u200B\u2060\uFEFF]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(text)
    ? text.slice(1)
    : text;
}

/** A path as images on a sheet have it: with "/", without a way up or a place to start from. */
function joined(folder: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${name}`.split(/[/\\]/u)) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
