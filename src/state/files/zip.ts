import { crc32 } from "#src/lib/crc32.ts";
import { FailureError, type Failure } from "#src/domain/failure.ts";

/**
 * One file in a ZIP, as described in the archive's directory. Sizes in bytes; `offset` is that of its own header.
 */
export interface ZipEntry {
  name: string;
  method: "stored" | "deflated";
  crc: number;
  packedBytes: number;
  bytes: number;
  offset: number;
}

const LOCAL_SIGNATURE = 0x04034b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const END64_SIGNATURE = 0x06064b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
/** Bytes of a local header before its name. */
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const END64_BYTES = 56;
const LOCATOR64_BYTES = 20;
const MOST_COMMENT_BYTES = 0xffff;
const IN_ZIP64 = 0xffffffff;
const ZIP64_FIELD = 0x0001;
const ENCRYPTED = 1;
const METHODS = new Map<number, ZipEntry["method"]>([
  [0, "stored"],
  [8, "deflated"],
]);

// Far more than a sheet needs; keeps a hostile file from filling the memory with names, or the disk with zeros.
const MOST_DIRECTORY_BYTES = 64 * 1024 * 1024;
const MOST_ENTRIES = 400_000;
const MOST_EXPANSION = 100;
const ALWAYS_ALLOWED_BYTES = 64 * 1024 * 1024;

interface Directory {
  offset: number;
  bytes: number;
}

/**
 * The files of a ZIP by name, from its central directory (APPNOTE.TXT 4.3.12 to 4.3.16), including Zip64; their
 * contents are not read. Entries that are encrypted or packed in another way are left out. Rejects with a
 * FailureError: sheet-file, if the bytes are no ZIP, are cut off, overlap, or would unpack to far more than they are.
 */
export function readZipDirectory(file: Blob): Promise<ReadonlyMap<string, ZipEntry>> {
  return readingFile(async () => {
    const directory = await findDirectory(file);
    if (directory.bytes > MOST_DIRECTORY_BYTES) throw badFile("too-large");
    if (directory.offset + directory.bytes > file.size) throw badFile("damaged");
    const view = await viewOf(file, directory.offset, directory.offset + directory.bytes);
    const entries = new Map<string, ZipEntry>();
    // Not by the number of entries: without Zip64 it ends at 65,535, and writers carry on.
    for (let at = 0; at < view.byteLength;) {
      const read = readEntry(view, at);
      if (read.entry !== null && !entries.has(read.entry.name))
        entries.set(read.entry.name, read.entry);
      if (entries.size > MOST_ENTRIES) throw badFile("too-large");
      at = read.end;
    }
    refuseBombs([...entries.values()], { fileBytes: file.size, end: directory.offset });
    return entries;
  });
}

async function findDirectory(file: Blob): Promise<Directory> {
  const tailStart = Math.max(0, file.size - END_BYTES - MOST_COMMENT_BYTES - LOCATOR64_BYTES);
  const tail = await viewOf(file, tailStart, file.size);
  const at = endRecordAt(tail);
  if (at === null) throw badFile((await startsLikeZip(file)) ? "damaged" : "foreign");
  const directory = {
    bytes: tail.getUint32(at + 12, true),
    offset: tail.getUint32(at + 16, true),
  };
  const locatorAt = at - LOCATOR64_BYTES;
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== LOCATOR64_SIGNATURE) return directory;
  const end64At = uint64(tail, locatorAt + 8);
  if (end64At + END64_BYTES > file.size) throw badFile("damaged");
  const end64 = await viewOf(file, end64At, end64At + END64_BYTES);
  if (end64.getUint32(0, true) !== END64_SIGNATURE) throw badFile("damaged");
  return { bytes: uint64(end64, 40), offset: uint64(end64, 48) };
}

// Backwards, since a comment may follow the record; its length tells a record from bytes that only look like one.
function endRecordAt(tail: DataView): number | null {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue;
    if (at + END_BYTES + tail.getUint16(at + 20, true) === tail.byteLength) return at;
  }
  return null;
}

async function startsLikeZip(file: Blob): Promise<boolean> {
  return file.size >= 4 && (await viewOf(file, 0, 4)).getUint32(0, true) === LOCAL_SIGNATURE;
}

function readEntry(view: DataView, at: number): { entry: ZipEntry | null; end: number } {
  if (at + CENTRAL_BYTES > view.byteLength || view.getUint32(at, true) !== CENTRAL_SIGNATURE)
    throw badFile("damaged");
  const nameEnd = at + CENTRAL_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const end = extraEnd + view.getUint16(at + 32, true);
  if (end > view.byteLength) throw badFile("damaged");
  const method = METHODS.get(view.getUint16(at + 10, true));
  if (method === undefined || (view.getUint16(at + 8, true) & ENCRYPTED) !== 0)
    return { entry: null, end };
  // In the order in which Zip64 gives those that do not fit.
  const [bytes = 0, packedBytes = 0, offset = 0] = withZip64(
    [24, 20, 42].map((field) => view.getUint32(at + field, true)),
    new DataView(view.buffer, view.byteOffset + nameEnd, extraEnd - nameEnd),
  );
  const name = new TextDecoder().decode(
    new Uint8Array(view.buffer, view.byteOffset + at + CENTRAL_BYTES, nameEnd - at - CENTRAL_BYTES),
  );
  const crc = view.getUint32(at + 16, true);
  return { entry: { name, method, crc, packedBytes, bytes, offset }, end };
}

function withZip64(fields: readonly number[], extra: DataView): number[] {
  if (!fields.includes(IN_ZIP64)) return [...fields];
  let at = zip64FieldAt(extra);
  return fields.map((field) => {
    if (field !== IN_ZIP64) return field;
    if (at === null || at + 8 > extra.byteLength) throw badFile("damaged");
    const value = uint64(extra, at);
    at += 8;
    return value;
  });
}

function zip64FieldAt(extra: DataView): number | null {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true))
    if (extra.getUint16(at, true) === ZIP64_FIELD) return at + 4;
  return null;
}

// No byte of the file serves two entries, and together they unpack to what such a file can hold.
function refuseBombs(
  entries: readonly ZipEntry[],
  { fileBytes, end }: { fileBytes: number; end: number },
): void {
  let free = 0;
  let unpackedBytes = 0;
  for (const entry of entries.toSorted((left, right) => left.offset - right.offset)) {
    if (entry.offset < free) throw badFile("damaged");
    free = entry.offset + LOCAL_BYTES + entry.packedBytes;
    unpackedBytes += entry.bytes;
    if (entry.method === "stored" && entry.bytes !== entry.packedBytes) throw badFile("damaged");
  }
  if (free > end) throw badFile("damaged");
  if (unpackedBytes > MOST_EXPANSION * fileBytes + ALWAYS_ALLOWED_BYTES) throw badFile("too-large");
}

function uint64(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw badFile("damaged");
  return Number(value);
}

async function viewOf(file: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await file.slice(start, end).arrayBuffer());
}

// A caption, a prompt and their surroundings; no row of ours comes near it.
const MOST_LINE_LETTERS = 1_000_000;

/**
 * The unpacked bytes of an entry. Its size and checksum are compared with the directory's. Rejects with a
 * FailureError: sheet-file, "too-large" for an entry of more than `mostBytes`.
 */
export async function readBytes(
  file: Blob,
  entry: ZipEntry,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.bytes > mostBytes) throw badFile("too-large");
  const whole = new Uint8Array(entry.bytes);
  let at = 0;
  for await (const chunk of chunksOf(file, entry)) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * What a text entry may hold, and a callback for how many of its bytes are read. Empty lines count as
 * lines.
 */
export interface LineBounds {
  mostBytes: number;
  mostLines: number;
  onBytes?: (bytes: number) => void;
}

/**
 * The lines of a text entry in UTF-8, one after another. Rejects like readBytes, and also with "too-large" before the
 * first line beyond the bounds: even a tiny file can unpack to lines without number.
 */
export async function* readLines(
  file: Blob,
  entry: ZipEntry,
  { mostBytes, mostLines, onBytes = () => undefined }: LineBounds,
): AsyncGenerator<string> {
  if (entry.bytes > mostBytes) throw badFile("too-large");
  const decoder = new TextDecoder();
  let rest = "";
  let lines = 0;
  const counted = (line: string): string => {
    lines += 1;
    if (lines > mostLines || line.length > MOST_LINE_LETTERS) throw badFile("too-large");
    return line;
  };
  for await (const chunk of chunksOf(file, entry)) {
    const text = rest + decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      yield counted(text.slice(start, end));
      start = end + 1;
    }
    rest = text.slice(start);
    if (rest.length > MOST_LINE_LETTERS) throw badFile("too-large");
    onBytes(chunk.length);
  }
  rest += decoder.decode();
  if (rest !== "") yield counted(rest);
}

async function* chunksOf(file: Blob, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const packed = await packedPart(file, entry);
  const reader = unpacked(packed, entry).getReader();
  let bytes = 0;
  let crc = 0;
  try {
    for (;;) {
      const { done, value } = await readingFile(() => reader.read());
      if (done) break;
      bytes += value.length;
      if (bytes > entry.bytes) throw badFile("damaged");
      crc = crc32(value, crc);
      yield value;
    }
  } finally {
    // If the reader stops early, it does not want the rest.
    await reader.cancel().catch(() => undefined);
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw badFile("damaged");
}

// For name and sizes the directory counts; only the start of the data is taken from the entry's own header.
function packedPart(file: Blob, entry: ZipEntry): Promise<Blob> {
  return readingFile(async () => {
    const header = await file.slice(entry.offset, entry.offset + LOCAL_BYTES).arrayBuffer();
    const view = new DataView(header);
    if (header.byteLength < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL_SIGNATURE)
      throw badFile("damaged");
    const start = entry.offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
    if (start + entry.packedBytes > file.size) throw badFile("damaged");
    return file.slice(start, start + entry.packedBytes);
  });
}

function unpacked(packed: Blob, { method }: ZipEntry): ReadableStream<Uint8Array> {
  return method === "stored"
    ? packed.stream()
    : packed.stream().pipeThrough(new DecompressionStream("deflate-raw"));
}

type Reason = Extract<Failure, { kind: "sheet-file" }>["reason"];

/** What to throw if a sheet's file cannot be opened. */
export function badFile(reason: Reason): FailureError {
  return new FailureError({ kind: "sheet-file", reason });
}

/** Reads from a file that the user chose; it may be moved or changed while it is read. */
async function readingFile<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    const isGone =
      thrown instanceof DOMException &&
      ["NotFoundError", "NotReadableError", "SecurityError"].includes(thrown.name);
    throw badFile(isGone ? "unreadable" : "damaged");
  }
}
