import type { PictureFormat } from "#src/domain/picture.ts";
import { hasTextAt, viewOf } from "./headers/bytes.ts";
import { withoutFiller } from "./headers/read-jpeg-header.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The bytes of a file as browsers open it, for writers that got something wrong around pixels that are whole; most
 * often the bytes themselves. Nothing that the file says about itself is changed.
 */
export function mendFile(bytes: Bytes, format: PictureFormat): Bytes {
  try {
    if (format === "jpeg") return withoutFiller(bytes);
    if (format === "bmp") return withFileHeader(bytes);
    return format === "ico" ? withTrueSizes(bytes) : bytes;
  } catch (thrown) {
    // It ends before it can be mended: the header's reader says so.
    if (thrown instanceof RangeError) return bytes;
    throw thrown;
  }
}

const fileHeaderBytes = 14;

/** A bitmap as the clipboard has it (DIB) lacks the header by which files begin. */
function withFileHeader(bytes: Bytes): Bytes {
  if (hasTextAt(bytes, 0, "BM")) return bytes;
  const whole = new Uint8Array(fileHeaderBytes + bytes.length);
  whole.set(bytes, fileHeaderBytes);
  const view = viewOf(whole);
  whole.set([0x42, 0x4d]);
  view.setUint32(2, whole.length, true);
  view.setUint32(10, fileHeaderBytes + bytesBeforePixels(viewOf(bytes)), true);
  return whole;
}

/** A bitmap's info header with the masks and colours that follow it ([MS-WMF], 2.2.2.3 and 2.2.2.9). */
function bytesBeforePixels(info: DataView): number {
  const headerBytes = info.getUint32(0, true);
  if (headerBytes === 12) {
    const bits = info.getUint16(10, true);
    return headerBytes + (bits > 8 ? 0 : 3 * 2 ** bits);
  }
  const bits = info.getUint16(14, true);
  const compression = info.getUint32(16, true);
  // Longer headers have the masks inside.
  const masks = headerBytes > 40 ? 0 : compression === 3 ? 12 : compression === 6 ? 16 : 0;
  const used = Math.min(info.getUint32(32, true), 256);
  return headerBytes + masks + 4 * (used === 0 && bits <= 8 ? 2 ** bits : used);
}

interface IconEntry {
  /** Where it is in the directory. */
  at: number;
  offset: number;
  length: number;
  /** As the directory has them. */
  named: { width: number; height: number };
  /** As the picture itself has them. */
  own: { width: number; height: number };
  isPng: boolean;
}

/**
 * An icon whose directory and pictures disagree about a size, with the largest picture alone. Each may be wrong: the
 * one for which the picture has enough bytes counts.
 */
function withTrueSizes(bytes: Bytes): Bytes {
  const view = viewOf(bytes);
  const entries: IconEntry[] = [];
  for (let index = 0; index < view.getUint16(4, true); index += 1) {
    const entry = readIconEntry(bytes, 6 + index * 16);
    // What is cut off is left to the header's reader.
    if (entry.offset + Math.max(24, entry.length) > bytes.length) return bytes;
    entries.push(entry);
  }
  if (entries.every(({ named, own }) => isSame(named, own))) return bytes;
  const sized = entries.map((entry) => ({ entry, size: trueSize(bytes, entry) }));
  const [largest] = sized.toSorted(
    (one, other) => other.size.width * other.size.height - one.size.width * one.size.height,
  );
  if (largest === undefined) return bytes;
  return iconOf(bytes, largest.entry, largest.size);
}

function readIconEntry(bytes: Bytes, at: number): IconEntry {
  const view = viewOf(bytes);
  const offset = view.getUint32(at + 12, true);
  const isPng = hasTextAt(bytes, offset, "\x89PNG");
  const own = isPng
    ? { width: view.getUint32(offset + 16), height: view.getUint32(offset + 20) }
    : // A bitmap in an icon counts its mask as rows: twice the height.
      {
        width: view.getInt32(offset + 4, true),
        height: Math.abs(view.getInt32(offset + 8, true)) / 2,
      };
  // One byte a side, in which 0 stands for 256.
  const named = { width: bytes[at] || 256, height: bytes[at + 1] || 256 };
  return { at, offset, length: view.getUint32(at + 8, true), named, own, isPng };
}

function isSame(one: IconEntry["own"], other: IconEntry["own"]): boolean {
  // The directory has no larger number.
  return (
    Math.min(one.width, 256) === Math.min(other.width, 256) &&
    Math.min(one.height, 256) === Math.min(other.height, 256)
  );
}

function trueSize(
  bytes: Bytes,
  { offset, length, named, own, isPng }: IconEntry,
): IconEntry["own"] {
  if (isPng) return own;
  const info = viewOf(bytes.subarray(offset));
  const bits = info.getUint16(14, true);
  const holds = ({ width, height }: IconEntry["own"]): boolean =>
    width >= 1 &&
    height >= 1 &&
    bytesBeforePixels(info) + rowBytes(width, bits) * Math.floor(height) <= length;
  return Number.isInteger(own.height) && holds(own) ? own : holds(named) ? named : own;
}

function bitmapBytes(
  bytes: Bytes,
  { offset }: IconEntry,
  { width, height }: IconEntry["own"],
): number {
  const info = viewOf(bytes.subarray(offset));
  const rows = rowBytes(width, info.getUint16(14, true)) + rowBytes(width, 1);
  return bytesBeforePixels(info) + rows * height;
}

function rowBytes(width: number, bits: number): number {
  return Math.ceil((width * bits) / 32) * 4;
}

function iconOf(bytes: Bytes, entry: IconEntry, { width, height }: IconEntry["own"]): Bytes {
  const { at, offset, length, isPng } = entry;
  const dataAt = 22;
  // A mask that is missing hides nothing.
  const maskBytes = isPng ? 0 : Math.max(0, bitmapBytes(bytes, entry, { width, height }) - length);
  const icon = new Uint8Array(dataAt + length + maskBytes);
  icon.set(bytes.subarray(0, 4));
  icon[4] = 1;
  icon.set(bytes.subarray(at, at + 16), 6);
  icon.set(bytes.subarray(offset, offset + length), dataAt);
  icon.set(
    [width, height].map((side) => (side < 256 ? side : 0)),
    6,
  );
  const view = viewOf(icon);
  view.setUint32(14, length + maskBytes, true);
  view.setUint32(18, dataAt, true);
  if (!isPng) {
    view.setInt32(dataAt + 4, width, true);
    view.setInt32(dataAt + 8, 2 * height, true);
  }
  return icon;
}
