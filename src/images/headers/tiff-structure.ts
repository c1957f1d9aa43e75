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
  /** Offset of the first directory. */
  first: number;
}

/** Bytes of one value, by type: byte, ASCII, short, long, rational, signed byte, undefined, … */
const bytesOfType = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

/** Reads the eight bytes that begin a TIFF file or EXIF data. Throws if they are not there. */
export function openTiff(bytes: Uint8Array): TiffStructure {
  const order = textAt(bytes, 0, 2);
  if (order !== "II" && order !== "MM") throw damaged();
  const littleEndian = order === "II";
  const view = viewOf(bytes);
  if (view.getUint16(2, littleEndian) !== 42) throw damaged();
  return { bytes, littleEndian, first: view.getUint32(4, littleEndian) };
}

/** Reads one directory. Entries that point outside the data are left out. */
export function readDirectory(tiff: TiffStructure, offset: number): TiffDirectory {
  const { bytes, littleEndian } = tiff;
  const view = viewOf(bytes);
  const entries = new Map<number, TiffEntry>();
  const count = view.getUint16(offset, littleEndian);
  for (let index = 0; index < count; index += 1) {
    const at = offset + 2 + index * 12;
    const type = view.getUint16(at + 2, littleEndian);
    const values = view.getUint32(at + 4, littleEndian);
    const length = (bytesOfType[type] ?? 0) * values;
    const valuesAt = length <= 4 ? at + 8 : view.getUint32(at + 8, littleEndian);
    if (length > 0 && valuesAt + length <= bytes.length)
      entries.set(view.getUint16(at, littleEndian), { type, count: values, offset: valuesAt });
  }
  const nextAt = offset + 2 + count * 12;
  const next = nextAt + 4 <= bytes.length ? view.getUint32(nextAt, littleEndian) : 0;
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
  if (entry.type === 4) return view.getUint32(entry.offset + index * 4, tiff.littleEndian);
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
