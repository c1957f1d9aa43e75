import { textAt, viewOf } from "./bytes.ts";
import { damaged } from "./picture-header.ts";

/** One tag of an image file directory (TIFF 6.0, section 2). Offsets count from the structure's first byte. */
interface TiffEntry {
  type: number;
  count: number;
  /** The offset of the values. */
  offset: number;
}

export interface TiffDirectory {
  entries: ReadonlyMap<number, TiffEntry>;
  /** Offset of the next directory; 0 for none. */
  next: number;
}

export interface TiffStructure {
  bytes: Uint8Array;
  littleEndian: boolean;
  /** BigTIFF: counts and offsets have eight bytes. */
  big: boolean;
  /** Offset of the first directory. */
  first: number;
}

/** Bytes of one value, by type: byte, ASCII, short, long, rational, signed byte, undefined, …; 16 to 18 are BigTIFF's. */
const bytesOfType = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** A directory of 16 bits can hold no more. */
const mostEntries = 65_535;

/** What stands for the 42 of a TIFF in the raw files of Olympus (two of them) and Panasonic. */
const rawMarks: ReadonlySet<number> = new Set([0x4f52, 0x5352, 0x0055]);

/** Reads the bytes that begin a TIFF, a BigTIFF, EXIF data or a raw file made like them. Throws if they are not there. */
export function openTiff(bytes: Uint8Array): TiffStructure {
  const order = textAt(bytes, 0, 2);
  if (order !== "II" && order !== "MM") throw damaged();
  const littleEndian = order === "II";
  const view = viewOf(bytes);
  const mark = view.getUint16(2, littleEndian);
  const big = mark === 43;
  if (mark !== 42 && !big && !rawMarks.has(mark)) throw damaged();
  if (big && view.getUint16(4, littleEndian) !== 8) throw damaged();
  const first = big ? Number(view.getBigUint64(8, littleEndian)) : view.getUint32(4, littleEndian);
  return { bytes, littleEndian, big, first };
}

/** Reads one directory. Entries that point outside the data are left out. */
export function readDirectory(tiff: TiffStructure, offset: number): TiffDirectory {
  const { bytes, littleEndian, big } = tiff;
  const view = viewOf(bytes);
  const offsetAt = (at: number): number =>
    big ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
  const entries = new Map<number, TiffEntry>();
  const count = big ? offsetAt(offset) : view.getUint16(offset, littleEndian);
  const [countBytes, entryBytes, inlineBytes] = big ? [8, 20, 8] : [2, 12, 4];
  if (count > mostEntries) throw damaged();
  for (let index = 0; index < count; index += 1) {
    const at = offset + countBytes + index * entryBytes;
    const type = view.getUint16(at + 2, littleEndian);
    const values = offsetAt(at + 4);
    const length = (bytesOfType[type] ?? 0) * values;
    const inlineAt = at + entryBytes - inlineBytes;
    const valuesAt = length <= inlineBytes ? inlineAt : offsetAt(inlineAt);
    if (length > 0 && valuesAt + length <= bytes.length)
      entries.set(view.getUint16(at, littleEndian), { type, count: values, offset: valuesAt });
  }
  const nextAt = offset + countBytes + count * entryBytes;
  const next = nextAt + inlineBytes <= bytes.length ? offsetAt(nextAt) : 0;
  return { entries, next };
}

/** A tag's whole number, by index if it holds several; null if it is missing or of another type. */
export function readNumber(
  tiff: TiffStructure,
  entry: TiffEntry | undefined,
  index = 0,
): number | null {
  if (entry === undefined || index >= entry.count) return null;
  const view = viewOf(tiff.bytes);
  if (entry.type === 1) return view.getUint8(entry.offset + index);
  if (entry.type === 3) return view.getUint16(entry.offset + index * 2, tiff.littleEndian);
  if (entry.type === 4 || entry.type === 13)
    return view.getUint32(entry.offset + index * 4, tiff.littleEndian);
  if (entry.type === 16 || entry.type === 18)
    return Number(view.getBigUint64(entry.offset + index * 8, tiff.littleEndian));
  return null;
}

/** A tag's text, without the zero bytes and spaces at its ends; null if there is none. */
export function readText(tiff: TiffStructure, entry: TiffEntry | undefined): string | null {
  if (entry?.type !== 2) return null;
  // A camera's name is far shorter than this; a forged length must not cost time.
  const bytes = tiff.bytes.subarray(entry.offset, entry.offset + Math.min(entry.count, 256));
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf("\0");
  const trimmed = (end === -1 ? text : text.slice(0, end)).trim();
  return trimmed === "" ? null : trimmed;
}

/** A tag's values as raw bytes; null if the tag is missing. */
export function readBytes(tiff: TiffStructure, entry: TiffEntry | undefined): Uint8Array | null {
  if (entry === undefined) return null;
  const length = (bytesOfType[entry.type] ?? 0) * entry.count;
  return tiff.bytes.subarray(entry.offset, entry.offset + length);
}
