import * as v from "valibot";
import { FailureError } from "#src/domain/failure.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { EncodedPicture, NewPicture, PictureFacts } from "#src/domain/picture.ts";
import type { Task } from "#src/domain/task.ts";
import { readHeader } from "#src/images/read-header.ts";
import { sniff } from "#src/images/sniff.ts";
import { bySeq } from "#src/storage/row-order.ts";
import { markOfVersion5, sheetOfVersion5, taskOfVersion5 } from "#src/storage/version-5.ts";
import { badFile, readZipDirectory, type ZipEntry, readBytes, readLines } from "./zip.ts";
import {
  fileFactsSchema,
  fileImageSchema,
  fileMarkSchema,
  fileTaskSchema,
  isBounded,
  FORMAT_VERSION,
  manifestSchema,
  PARTS,
  picturePath,
  sheetPartSchema,
  type SheetPart,
} from "./layout.ts";
import type { FileProgress } from "./write-sheet-file.ts";

/** How many rows of a file were left out, since they are damaged, given twice, or belong to nothing. */
export interface LeftOut {
  images: number;
  tasks: number;
  marks: number;
  pictures: number;
}

/** What a sheet's file holds. Every row was parsed, and names only what is there; the pictures are read when asked for. */
export interface SheetFile extends SheetPart {
  images: SheetImage[];
  tasks: Task[];
  marks: Mark[];
  leftOut: LeftOut;
  /** Null if the file has no such picture, or what it has is no copy as this app makes them. */
  readPicture: (pictureHash: string) => Promise<NewPicture | null>;
}

const MOST_MANIFEST_BYTES = 64 * 1024;
const MOST_SHEET_BYTES = 4 * 1024 * 1024;
// Far more than anybody has on a sheet, and still as many as a browser can hold and draw.
const MOST_ROW_BYTES = 256 * 1024 * 1024;
const MOST_IMAGES = 20_000;
const MOST_LINES = {
  [PARTS.images]: MOST_IMAGES,
  [PARTS.pictures]: MOST_IMAGES,
  [PARTS.tasks]: 400_000,
  [PARTS.marks]: 400_000,
} as const;
const MOST_COPY_BYTES = 32 * 1024 * 1024;
const MOST_THUMBNAIL_BYTES = 2 * 1024 * 1024;
const MOST_COPY_SIDE = 2048;
const MOST_THUMBNAIL_SIDE = 320;

const MIMES = ["image/jpeg", "image/webp", "image/png"] as const;

const oldPart = v.looseObject({ sheet: v.unknown() });

type Entries = ReadonlyMap<string, ZipEntry>;

/**
 * Opens a sheet's file, whoever made it. Only entries whose names are known are read, each within bounds. Rejects with a
 * FailureError: sheet-file, or with the signal's reason.
 */
export async function readSheetFile(
  file: Blob,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: FileProgress) => void },
): Promise<SheetFile> {
  const entries = withoutFolder(await readZipDirectory(file));
  const version = await checkManifest(file, entries);
  const { sheet, spentMicroUsd } = await readSheetPart({ file, entries, version });
  const total = Object.keys(MOST_LINES).reduce(
    (sum, name) => sum + (entries.get(name)?.bytes ?? 0),
    0,
  );
  if (total > MOST_ROW_BYTES) throw badFile("too-large");
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    onProgress({ of: "bytes", done, total });
  };
  const rows = { file, entries, version, signal, onBytes };
  const images = await readRows(rows, PARTS.images, {
    schema: fileImageSchema,
    keyOf: ({ id }) => id,
  });
  const named = new Set(images.kept.map(({ id }) => id));
  // A part of an image that is not there would be a part of nothing.
  const whole = images.kept.filter(({ source }) => source.kind !== "part" || named.has(source.of));
  const imageIds = new Set(whole.map(({ id }) => id));
  const belongs = ({ imageId }: { imageId: string }): boolean => imageIds.has(imageId);
  const tasks = await readRows(rows, PARTS.tasks, {
    schema: fileTaskSchema,
    raise: taskOfVersion5,
    keyOf: ({ taskUuid }) => taskUuid,
    belongs,
  });
  const marks = await readRows(rows, PARTS.marks, {
    schema: fileMarkSchema,
    raise: (row) => markOfVersion5(row, 0),
    keyOf: ({ id }) => id,
    belongs,
  });
  const pictures = await readRows(rows, PARTS.pictures, {
    schema: fileFactsSchema,
    keyOf: ({ hash }) => hash,
  });
  const facts = new Map(pictures.kept.map((row) => [row.hash, row]));
  return {
    sheet,
    spentMicroUsd,
    images: whole,
    tasks: tasks.kept,
    marks: version === 1 ? inOrder(marks.kept) : marks.kept,
    leftOut: {
      images: images.leftOut + images.kept.length - whole.length,
      tasks: tasks.leftOut,
      marks: marks.leftOut,
      pictures: pictures.leftOut,
    },
    readPicture: async (hash) => {
      const known = facts.get(hash);
      return known === undefined ? null : readPicture(file, entries, known);
    },
  };
}

// Some systems unpack a ZIP without being asked, and pack it again with its folder around
// everything.
function withoutFolder(entries: Entries): Entries {
  if (entries.has(PARTS.manifest)) return entries;
  const manifests = [...entries.keys()].filter((name) => name.endsWith(`/${PARTS.manifest}`));
  const folder = manifests
    .map((name) => name.slice(0, -PARTS.manifest.length))
    .find((name) => name.indexOf("/") === name.length - 1);
  if (folder === undefined) return entries;
  return new Map(
    [...entries].flatMap(([name, entry]) =>
      name.startsWith(folder) ? [[name.slice(folder.length), entry] as const] : [],
    ),
  );
}

async function checkManifest(file: Blob, entries: Entries): Promise<number> {
  const entry = entries.get(PARTS.manifest);
  if (entry === undefined) throw badFile("foreign");
  const manifest = v.safeParse(manifestSchema, await readJson(file, entry, MOST_MANIFEST_BYTES));
  if (!manifest.success) throw badFile("foreign");
  if (manifest.output.version > FORMAT_VERSION) throw badFile("newer");
  return manifest.output.version;
}

// Rows of version 1 had no place in the order, so their time has to do.
function inOrder(marks: readonly Mark[]): Mark[] {
  return marks.toSorted(bySeq).map((mark, index) => ({ ...mark, seq: index + 1 }));
}

interface OpenedFile {
  file: Blob;
  entries: Entries;
  version: number;
}

async function readSheetPart({ file, entries, version }: OpenedFile): Promise<SheetPart> {
  const entry = entries.get(PARTS.sheet);
  if (entry === undefined) throw badFile("damaged");
  const value = await readJson(file, entry, MOST_SHEET_BYTES);
  const part = v.safeParse(sheetPartSchema, version === 1 ? raisedPart(value) : value);
  if (!part.success || !isBounded(value)) throw badFile("damaged");
  return part.output;
}

function raisedPart(value: unknown): unknown {
  return v.is(oldPart, value) ? { ...value, sheet: sheetOfVersion5(value.sheet) } : value;
}

async function readJson(file: Blob, entry: ZipEntry, mostBytes: number): Promise<unknown> {
  return parseJson(new TextDecoder().decode(await readBytes(file, entry, mostBytes)));
}

async function readRows<Row>(
  opened: OpenedFile & { signal: AbortSignal; onBytes: (bytes: number) => void },
  name: keyof typeof MOST_LINES,
  {
    schema,
    raise = (row) => row,
    keyOf,
    belongs = () => true,
  }: {
    schema: v.GenericSchema<unknown, Row>;
    /** Turns a row of version 1 into one of this version. */
    raise?: (row: unknown) => unknown;
    keyOf: (row: Row) => string;
    belongs?: (row: Row) => boolean;
  },
): Promise<{ kept: Row[]; leftOut: number }> {
  const { file, version, signal, onBytes } = opened;
  const entry = opened.entries.get(name);
  if (entry === undefined) throw badFile("damaged");
  const kept = new Map<string, Row>();
  let leftOut = 0;
  const bounds = { mostBytes: MOST_ROW_BYTES, mostLines: MOST_LINES[name], onBytes };
  for await (const line of readLines(file, entry, bounds)) {
    signal.throwIfAborted();
    if (line.trim() === "") continue;
    const value = parseJson(line);
    const row = v.safeParse(schema, version === 1 ? raise(value) : value);
    if (row.success && isBounded(value) && belongs(row.output) && !kept.has(keyOf(row.output)))
      kept.set(keyOf(row.output), row.output);
    else leftOut += 1;
  }
  return { kept: [...kept.values()], leftOut };
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

async function readPicture(
  file: Blob,
  entries: Entries,
  facts: PictureFacts,
): Promise<NewPicture | null> {
  const most = { bytes: MOST_COPY_BYTES, side: MOST_COPY_SIDE };
  const mostThumbnail = { bytes: MOST_THUMBNAIL_BYTES, side: MOST_THUMBNAIL_SIDE };
  const copy = await readKind(file, entryOf(entries, "copies", facts.hash), most);
  const thumbnail = await readKind(file, entryOf(entries, "thumbnails", facts.hash), mostThumbnail);
  return copy === null || thumbnail === null ? null : { facts, copy, thumbnail };
}

function entryOf(
  entries: Entries,
  folder: Parameters<typeof picturePath>[0],
  hash: string,
): ZipEntry | undefined {
  return MIMES.map((mime) => entries.get(picturePath(folder, hash, mime))).find(
    (entry) => entry !== undefined,
  );
}

// One bad picture costs that picture, not the sheet.
async function readKind(
  file: Blob,
  entry: ZipEntry | undefined,
  most: { bytes: number; side: number },
): Promise<EncodedPicture | null> {
  if (entry === undefined) return null;
  try {
    const bytes = await readBytes(file, entry, most.bytes);
    const sniffed = sniff(bytes);
    if (sniffed.kind !== "picture") return null;
    const mime = MIMES.find((one) => one === `image/${sniffed.format}`);
    if (mime === undefined) return null;
    const { width, height } = readHeader(bytes, sniffed.format);
    if (Math.max(width, height) > most.side) return null;
    return { bytes: bytes.buffer, mime, width, height };
  } catch (error) {
    const isGone =
      error instanceof FailureError &&
      error.failure.kind === "sheet-file" &&
      error.failure.reason === "unreadable";
    // The file itself is gone: no other picture can be read either.
    if (isGone) throw error;
    return null;
  }
}
