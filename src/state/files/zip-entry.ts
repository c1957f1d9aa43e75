import { crc32 } from "#src/lib/crc32.ts";
import { badFile, readingFile } from "./bad-file.ts";
import { LOCAL_BYTES, type ZipEntry } from "./zip-directory.ts";

const LOCAL_SIGNATURE = 0x04034b50;
// A caption, a prompt and their surroundings; no row of ours comes near it.
const MOST_LINE_LETTERS = 1_000_000;

/**
 * The unpacked bytes of an entry. Its size and checksum are held against the directory's. Rejects with a FailureError:
 * sheet-file, "too-large" for an entry of more than `mostBytes`.
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

/** What a text entry may hold, and who is told how many of its bytes are read. Empty lines are lines. */
export interface LineBounds {
  mostBytes: number;
  mostLines: number;
  onBytes?: (bytes: number) => void;
}

/**
 * The lines of a text entry in UTF-8, one after another. Rejects like readBytes, with "too-large" too before the first
 * line beyond the bounds: however little a file is, it can unpack to lines without number.
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
    // Whoever leaves early does not want the rest.
    await reader.cancel().catch(() => undefined);
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw badFile("damaged");
}

// The directory's word on name and sizes is what counts; only where the data begins stands in the entry's own header.
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
