import { undoPredictor } from "./undo-predictor.ts";
import { unreadable } from "./headers/picture-header.ts";
import { readTiffPage, type TiffPage, type TiffPiece } from "./headers/read-tiff-page.ts";

/** A picture is worth keeping if at least this share of its pixel data is there. */
const leastShare = 0.5;
const longType = 4;
const undefinedType = 7;

/** Only the tags that say how to read the pixels: TIFF 6.0, sections 8, 10, 11, 14, 15, 18, 20 and 22. */
const copiedTags = [
  256, 257, 258, 259, 262, 266, 277, 278, 284, 292, 320, 322, 323, 338, 339, 512, 513, 514, 515,
  519, 520, 521, 530,
];
const tagCompression = 259;
const tagStripOffsets = 273;
const tagStripLengths = 279;
const tagTileOffsets = 324;
const tagTileLengths = 325;
const tagJpegTables = 347;
const lzw = 5;
const zlib: ReadonlySet<number> = new Set([8, 32_946]);

/**
 * One page of a TIFF as a separate file that a trusting decoder can be given: sizes are checked against the data that
 * is there, only the tags that matter are kept, and data compressed by zlib or LZW is decompressed no further than its
 * pixels need. Throws FailureError if the decoder would fail, or produce nonsense.
 */
export async function rewriteTiff(bytes: Uint8Array): Promise<ArrayBuffer> {
  const page = readTiffPage(bytes);
  if (page.share < leastShare) throw unreadable("truncated");
  const pieces = await Promise.all(page.pieces.map((piece) => pixelData(bytes, page, piece)));
  return assemble(page, pieces);
}

/** A piece without the compressions that the decoder reads without bounds. */
async function pixelData(bytes: Uint8Array, page: TiffPage, piece: TiffPiece): Promise<Uint8Array> {
  const data = bytes.subarray(piece.start, piece.start + piece.length);
  if (!isDecompressed(page)) return data;
  const pixels = zlib.has(page.compression)
    ? await inflateAtMost(data, page.pieceBytes)
    : decodeLzw(data, page.pieceBytes);
  if (page.predicted !== null) undoPredictor(pixels, page.predicted);
  return pixels;
}

/** Whether a page's pixels are written plain, whatever they were before. */
function isDecompressed({ compression }: TiffPage): boolean {
  return compression === lzw || zlib.has(compression);
}

function assemble(page: TiffPage, pieces: readonly Uint8Array[]): ArrayBuffer {
  const entries = entriesOf(page, pieces);
  const directoryAt = 8;
  const directoryBytes = 2 + entries.length * 12 + 4;
  const valuesAt = directoryAt + directoryBytes;
  const pixelsAt = valuesAt + entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const file = new Uint8Array(pixelsAt + pieces.reduce((sum, { length }) => sum + length, 0));
  const view = new DataView(file.buffer);
  const { littleEndian } = page;
  file.fill(littleEndian ? 0x49 : 0x4d, 0, 2);
  view.setUint16(2, 42, littleEndian);
  view.setUint32(4, directoryAt, littleEndian);
  view.setUint16(directoryAt, entries.length, littleEndian);
  let at = pixelsAt;
  const offsets = pieces.map((piece) => {
    file.set(piece, at);
    at += piece.length;
    return at - piece.length;
  });
  let values = valuesAt;
  for (const [index, { tag, numbers, type, bytes }] of entries.entries()) {
    const entryAt = directoryAt + 2 + index * 12;
    view.setUint16(entryAt, tag, littleEndian);
    view.setUint16(entryAt + 2, type, littleEndian);
    view.setUint32(entryAt + 4, numbers.length, littleEndian);
    const written = tag === tagStripOffsets || tag === tagTileOffsets ? offsets : numbers;
    const target = bytes === 0 ? entryAt + 8 : values;
    if (bytes > 0) view.setUint32(entryAt + 8, values, littleEndian);
    for (const [place, number] of written.entries()) {
      if (type === undefinedType) view.setUint8(target + place, number);
      else view.setUint32(target + place * 4, number, littleEndian);
    }
    values += bytes;
  }
  return file.buffer;
}

interface Entry {
  tag: number;
  type: number;
  numbers: readonly number[];
  /** The offset of its values if they do not fit the entry itself; even, as the format requires. */
  bytes: number;
}

/** In ascending order, as the format requires. Offsets are filled in when they are known. */
function entriesOf(page: TiffPage, pieces: readonly Uint8Array[]): readonly Entry[] {
  const found = new Map<number, readonly number[]>();
  for (const tag of copiedTags) {
    const numbers = page.numbersOf(tag);
    if (numbers.length > 0) found.set(tag, numbers);
  }
  if (isDecompressed(page)) found.set(tagCompression, [1]);
  found.set(
    page.isTiled ? tagTileOffsets : tagStripOffsets,
    pieces.map(() => 0),
  );
  found.set(
    page.isTiled ? tagTileLengths : tagStripLengths,
    pieces.map(({ length }) => length),
  );
  const tables = page.jpegTables;
  if (tables !== null) found.set(tagJpegTables, [...tables]);
  return [...found]
    .toSorted(([one], [other]) => one - other)
    .map(([tag, numbers]) => {
      const type = tag === tagJpegTables ? undefinedType : longType;
      const bytes = numbers.length * (type === longType ? 4 : 1);
      return { tag, type, numbers, bytes: bytes > 4 ? bytes + (bytes % 2) : 0 };
    });
}

/** Inflates a zlib stream up to `mostBytes`; what came out before an error or the end of cut data is kept. */
async function inflateAtMost(data: Uint8Array, mostBytes: number): Promise<Uint8Array> {
  const inflated = new Uint8Array(mostBytes);
  const reader = new Blob([Uint8Array.from(data)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"))
    .getReader();
  let length = 0;
  try {
    while (length < mostBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, mostBytes - length);
      inflated.set(part, length);
      length += part.length;
    }
    await reader.cancel();
  } catch {
    // Cut or damaged in the middle: the rest stays empty.
  }
  return inflated;
}

const clearCode = 256;
const endCode = 257;
const mostCodes = 4_096;

/**
 * Decompresses TIFF's variant of LZW (TIFF 6.0, section 13) up to `mostBytes`. What came out before
 * damaged or cut data is kept; the rest stays zero.
 */
export function decodeLzw(data: Uint8Array, mostBytes: number): Uint8Array {
  const output = new Uint8Array(mostBytes);
  // A code stands for the string of another code and one more byte; strings are found by where they were last written.
  const startOf = new Uint32Array(mostCodes);
  const lengthOf = new Uint32Array(mostCodes);
  const nextCode = codeReader(data);
  let codes = endCode + 1;
  let bits = 9;
  let at = 0;
  let previous = -1;
  let previousStart = 0;
  while (at < mostBytes) {
    const code = nextCode(bits);
    if (code === -1 || code === endCode) break;
    if (code === clearCode) {
      codes = endCode + 1;
      bits = 9;
      previous = -1;
      continue;
    }
    // The one code that may be used before it is made: the previous string and its own first byte.
    if (code > codes || (code >= codes && previous === -1) || (previous === -1 && code > 255))
      break;
    const start = at;
    if (previous !== -1 && codes < mostCodes) {
      startOf[codes] = previousStart;
      lengthOf[codes] = start - previousStart + 1;
      codes += 1;
    }
    if (code < clearCode) {
      output[at] = code;
      at += 1;
    } else {
      const from = startOf[code] ?? 0;
      const length = lengthOf[code] ?? 0;
      // Byte by byte, since a string may overlap itself.
      for (let index = 0; index < length && at < mostBytes; index += 1) {
        output[at] = output[from + index] ?? 0;
        at += 1;
      }
    }
    previous = code;
    previousStart = start;
    // TIFF widens its codes one entry early.
    if (codes >= 2 ** bits - 1 && bits < 12) bits += 1;
  }
  return output;
}

/** Reads codes from the highest bit down; -1 at the end. */
function codeReader(data: Uint8Array): (bits: number) => number {
  let offset = 0;
  let held = 0;
  let heldBits = 0;
  return (bits) => {
    while (heldBits < bits) {
      if (offset >= data.length) return -1;
      held = ((held << 8) | (data[offset] ?? 0)) & 0xfffff;
      offset += 1;
      heldBits += 8;
    }
    heldBits -= bits;
    return (held >>> heldBits) & (2 ** bits - 1);
  };
}
