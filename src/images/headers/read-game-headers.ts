import { FailureError } from "#src/domain/failure.ts";
import { hasTextAt, indexOfText, textAt, viewOf } from "./bytes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

// The formats of paint programs, renderers and games: little more than a size in front of the pixels.

/** Reads an OpenEXR file's attributes (OpenEXR File Layout): name, type, length, value, until an empty name. */
export function readExrHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  if ((view.getUint32(4, true) & 0x800) !== 0)
    throw new FailureError({ kind: "unsupported-format", format: "a deep OpenEXR file" });
  let at = 8;
  let window: { width: number; height: number } | null = null;
  let channels = "";
  for (;;) {
    const [name, typeAt] = wordAt(bytes, at);
    if (name === "") break;
    const [, lengthAt] = wordAt(bytes, typeAt);
    const length = view.getUint32(lengthAt, true);
    const valueAt = lengthAt + 4;
    if (name === "dataWindow") window = windowAt(view, valueAt);
    if (name === "channels") channels = textAt(bytes, valueAt, Math.min(length, 4_096));
    at = valueAt + length;
  }
  if (window === null) throw damaged();
  const header = plainHeader(window.width, window.height);
  header.mayHaveAlpha = /(?:^|\0)A\0/u.test(channels);
  return header;
}

/** A word that ends with a zero byte, and where the next one begins. */
function wordAt(bytes: Uint8Array, at: number): readonly [string, number] {
  const length = indexOfText(bytes.subarray(at, at + 256), "\0");
  if (length === -1) throw at + 256 > bytes.length ? new RangeError("word without end") : damaged();
  return [textAt(bytes, at, length), at + length + 1];
}

function windowAt(view: DataView, at: number): { width: number; height: number } {
  const side = (low: number): number => view.getInt32(low + 8, true) - view.getInt32(low, true) + 1;
  const size = { width: side(at), height: side(at + 4) };
  if (size.width <= 0 || size.height <= 0) throw damaged();
  return size;
}

/** Reads a DirectDraw surface's header. */
export function readDdsHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const header = sized(view.getUint32(16, true), view.getUint32(12, true));
  header.mayHaveAlpha = true;
  const code = textAt(bytes, 84, 4);
  // Blocks of 4 × 4 pixels, of 8 bytes or of 16; otherwise so many bits a pixel.
  const blocks = Math.ceil(header.width / 4) * Math.ceil(header.height / 4);
  const isPacked = (view.getUint32(80, true) & 4) !== 0;
  const plain = header.height * Math.ceil((header.width * view.getUint32(88, true)) / 8);
  const needed = isPacked ? blocks * (/^(?:DXT1|BC4|ATI1)/u.test(code) ? 8 : 16) : plain;
  header.cutShort = code !== "DX10" && 128 + needed > bytes.length;
  return header;
}

/** Reads a PCX file's header. */
export function readPcxHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const side = (low: number): number =>
    view.getUint16(low + 4, true) - view.getUint16(low, true) + 1;
  const header = sized(side(4), side(6));
  header.mayHaveAlpha = view.getUint8(65) === 4 && view.getUint8(3) === 8;
  return header;
}

/** Reads a QOI file's header (qoiformat.org, 2022); eight fixed bytes end the file. */
export function readQoiHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const header = sized(view.getUint32(4), view.getUint32(8));
  header.mayHaveAlpha = view.getUint8(12) === 4;
  header.cutShort = !hasTextAt(bytes, bytes.length - 8, "\0\0\0\0\0\0\0\x01");
  return header;
}

/** Reads a TGA file's header (Truevision TGA 2.0). */
export function readTgaHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const header = sized(view.getUint16(12, true), view.getUint16(14, true));
  const isPlain = view.getUint8(2) < 8;
  header.mayHaveAlpha = (view.getUint8(17) & 15) > 0;
  header.cutShort = isPlain && endOfTga(bytes) > bytes.length;
  return header;
}

/**
 * Whether a file that nothing else fits is a TGA: it says so at its end, as the second version does, or every field of its
 * header is one of the few that make sense together, and its pixels fill the file.
 */
export function looksLikeTga(bytes: Uint8Array): boolean {
  if (bytes.length < 18 + 3) return false;
  const view = viewOf(bytes);
  const type = view.getUint8(2);
  const bits = view.getUint8(16);
  const hasMap = view.getUint8(1);
  const kind = type & 7;
  const fits =
    [1, 2, 3, 9, 10, 11].includes(type) &&
    hasMap <= 1 &&
    (kind === 1) === (hasMap === 1) &&
    (kind === 2 ? [15, 16, 24, 32] : [8]).includes(bits) &&
    view.getUint16(12, true) > 0 &&
    view.getUint16(14, true) > 0 &&
    (view.getUint8(17) & 0xc0) === 0;
  if (!fits) return false;
  if (hasTextAt(bytes, bytes.length - 18, "TRUEVISION-XFILE.\0")) return true;
  const mapFits =
    hasMap === 1
      ? view.getUint16(5, true) <= 256 && [15, 16, 24, 32].includes(view.getUint8(7))
      : view.getUint32(3, true) === 0 && view.getUint8(7) === 0;
  const alpha = view.getUint8(17) & 15;
  const alphaFits = alpha === 0 || (alpha === 8 && bits === 32) || (alpha === 1 && bits === 16);
  // Runs make a file shorter than its pixels, and never twice as long.
  const end = endOfTga(bytes);
  const lengthFits =
    type < 8 ? bytes.length >= end && bytes.length <= end + 64 : bytes.length < 2 * end;
  return mapFits && alphaFits && lengthFits;
}

/** Where plain pixels would end: behind the header, the name and the colour map. */
function endOfTga(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  const mapBytes = view.getUint8(1) * view.getUint16(5, true) * Math.ceil(view.getUint8(7) / 8);
  const pixels = view.getUint16(12, true) * view.getUint16(14, true);
  return 18 + view.getUint8(0) + mapBytes + pixels * Math.ceil(view.getUint8(16) / 8);
}

function sized(width: number, height: number): PictureHeader {
  if (width <= 0 || height <= 0) throw damaged();
  return plainHeader(width, height);
}
