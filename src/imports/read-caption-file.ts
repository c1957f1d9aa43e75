import { MOST_FIELDS } from "#src/domain/field.ts";
import type { ExistingFrom } from "#src/domain/mark.ts";
import { readXmp } from "#src/images/headers/read-xmp.ts";
import { withLines } from "#src/lib/with-lines.ts";
import {
  isFieldName,
  readTable,
  type CaptionTable,
  type RowValues,
  type TableRow,
  type TableTrouble,
} from "./table-rows.ts";

/** What a text is for, as its file says it. */
export type TextTarget =
  | { kind: "description" | "alt" | "long" | "title" | "keywords" }
  /** The field of this name. */
  | { kind: "field"; name: string }
  /** The field that a file of this app is about; older files name only the others. */
  | { kind: "main"; name: string | null; others: readonly string[] };

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
  /** True if the image with its name has one of its kind at its own path: the name alone finds it none from then on. */
  isStray?: boolean;
}

/** What is wrong with a caption file, or with a part of it. */
export type CaptionTrouble =
  | { kind: "unreadable" | "not-text" | "empty" | "no-file-names" }
  | { kind: "too-large"; mostBytes: number }
  | TableTrouble
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
const XMP = /.\.xmp$/iu;
const TABLE = /.\.(?:jsonl|ndjson|csv|tsv|json)$/iu;

/** Whether a file can only hold captions, by its name: no picture ends so. */
export function isCaptionFile(name: string): boolean {
  return SIDECAR.test(name) || XMP.test(name) || TABLE.test(name);
}

/** The largest files that are read, in bytes: a text beside a picture, and a table of them. */
const MOST_SIDECAR_BYTES = 200_000;
const MOST_XMP_BYTES = 1_000_000;
const MOST_TABLE_BYTES = 40_000_000;
// It is built whole before it is looked at, and may take twenty times its bytes of memory.
const MOST_JSON_BYTES = 16_000_000;
// As many as an editor on the sheet takes.
const MOST_CHARACTERS = 20_000;

/** The most bytes that are read of a caption file of this name. */
export function mostBytesOf(name: string): number {
  if (SIDECAR.test(name)) return MOST_SIDECAR_BYTES;
  if (XMP.test(name)) return MOST_XMP_BYTES;
  return /\.json$/iu.test(name) ? MOST_JSON_BYTES : MOST_TABLE_BYTES;
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
  if (XMP.test(source.name)) return readXmpSidecar(source);
  if (SIDECAR.test(source.name)) return readSidecar(source, text);
  yield undefined;
  return yield* readRows(source, { table: yield* readTable(source.name, text), fieldNames });
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
  const texts = [{ target: { kind: "description" }, text, isSimulated: false }] as const;
  return { entries: [besideOf({ name, folder }, texts)], troubles: [] };
}

/** What a photo program keeps beside a picture. Most of them hold only how it is developed, which is no caption. */
function readXmpSidecar({ name, folder, bytes }: CaptionSource): ReadCaptions {
  const words = readXmp(bytes);
  const texts = (
    [
      ["description", words?.description],
      ["alt", words?.altText],
      ["long", words?.longDescription],
      ["title", words?.title],
      ["keywords", words?.keywords.join(", ")],
    ] as const
  ).flatMap(([kind, written]): ImportedText[] => {
    const text = withLines(written ?? "");
    return text === "" || text.length > MOST_CHARACTERS
      ? []
      : [{ target: { kind }, text, isSimulated: false }];
  });
  if (texts.length === 0) return { entries: [], troubles: [] };
  return { entries: [besideOf({ name, folder }, texts)], troubles: [] };
}

function besideOf(
  { name, folder }: Pick<CaptionSource, "name" | "folder">,
  texts: readonly ImportedText[],
): CaptionEntry {
  return {
    paths: [joined(folder, name.slice(0, name.lastIndexOf(".")))],
    isStem: true,
    hash: null,
    texts,
    from: { kind: "sidecar", name },
    trust: TRUST.sidecar,
  };
}

const FILE_COLUMNS = ["file_name", "filename", "file", "image", "path", "image_path", "name"];
const DESCRIPTIONS = ["caption", "text", "description"];
const COLUMNS: readonly (readonly [kind: "alt" | "long" | "title" | "keywords", string[]])[] = [
  ["alt", ["alt", "alt_text", "alt text", "alttext"]],
  ["long", ["long_description", "long description", "extended_description"]],
  ["title", ["title"]],
  ["keywords", ["keywords", "tags"]],
];

/** Where the texts of a table go. */
interface TableReading {
  table: CaptionTable | TableTrouble;
  fieldNames: readonly string[];
}

function* readRows(
  source: CaptionSource,
  { table, fieldNames }: TableReading,
): Generator<undefined, ReadCaptions> {
  if (!("rows" in table)) return troubled(table);
  const { rows, others, bad } = table;
  const entries: CaptionEntry[] = [];
  const left = { long: 0, unnamed: 0 };
  const read = textReader({ others, fieldNames });
  for (const row of rows) {
    yield undefined;
    const { values } = row;
    if (values.size === 0) continue;
    const paths = pathsOf(source.folder, values);
    const hash = wordsOf(values.get("sha256")).toLowerCase();
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
  const troubles: CaptionTrouble[] = bad === null ? [] : [bad];
  if (left.long > 0)
    troubles.push({ kind: "too-long", count: left.long, mostCharacters: MOST_CHARACTERS });
  if (entries.length === 0 && troubles.length === 0)
    troubles.push({ kind: left.unnamed > 0 ? "no-file-names" : "no-captions" });
  return { entries, troubles };
}

/** Where an image may be: beside the table, and where the sheet that was exported had it. */
function pathsOf(folder: string, values: RowValues): string[] {
  const names = FILE_COLUMNS.map((column) => wordsOf(values.get(column)));
  const name = names.find((words) => words !== "");
  if (name === undefined) return [];
  const within = `${wordsOf(values.get("folder"))}/${name}`;
  return [...new Set([joined(folder, within), joined("", within)])].filter((path) => path !== "");
}

interface RowTexts {
  texts: ImportedText[];
  tooLong: number;
}

/** Reads the texts of one row. */
function textReader({
  others,
  fieldNames,
}: Pick<CaptionTable, "others"> & Pick<TableReading, "fieldNames">) {
  // Columns of this app's own tables mean what they mean, whatever a field is called.
  const fields = others === null ? fieldNames.map(keyOf) : [];
  const mains = DESCRIPTIONS.filter((name) => !fields.includes(name));
  const mainNames = new Set<string>();
  const mainNameOf = (field: string): string | null => {
    if (isFieldName(field) && mainNames.size < MOST_FIELDS) mainNames.add(field);
    return mainNames.has(field) ? field : null;
  };
  return (row: TableRow): RowTexts => {
    const textIn = (column: string) => withLines(wordsOf(row.values.get(column)));
    // Spreadsheets write it in capitals.
    const isSimulated = others !== null && keyOf(textIn("simulated")) === "true";
    const texts: ImportedText[] = [];
    let tooLong = 0;
    const add = (target: TextTarget, text: string, isMadeUp = false): void => {
      if (text.length > MOST_CHARACTERS) tooLong += 1;
      else if (text !== "") texts.push({ target, text, isSimulated: isMadeUp });
    };
    const main = textIn(mains.find((name) => textIn(name) !== "") ?? "");
    // What is no longer the answer was written by somebody.
    if (others === null) add({ kind: "description" }, main);
    else
      add(
        { kind: "main", name: mainNameOf(keyOf(textIn("field"))), others },
        main,
        isSimulated && main === textIn("caption_ai"),
      );
    for (const field of fields) add({ kind: "field", name: field }, textIn(field));
    for (const other of row.others)
      if (others !== null || fields.includes(other.field))
        add(
          { kind: "field", name: other.field },
          withLines(wordsOf(other.text)),
          other.isSimulated ?? isSimulated,
        );
    if (others === null)
      for (const [kind, columns] of COLUMNS) {
        const column = columns.find((one) => !fields.includes(one) && textIn(one) !== "");
        if (column !== undefined) add({ kind }, textIn(column));
      }
    return { texts, tooLong };
  };
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}

/** A value as words: lists of words are joined as tags are. */
function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return `${value}`;
  if (!Array.isArray(value)) return "";
  return value.filter((word) => typeof word === "string").join(", ");
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
