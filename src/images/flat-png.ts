import { crc32 } from "#src/lib/crc32.ts";
import type { ColourProfile } from "./headers/picture-header.ts";

interface Pixels {
  /** Four bytes per pixel. */
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** The most that a stored block of a deflate stream holds (RFC 1951, section 3.2.4). */
const storedBlockBytes = 65_535;

/** A PNG of RGBA pixels, stored without compression, that names the colour space they are in. */
export function encodeFlatPng(
  { data, width, height }: Pixels,
  profile: ColourProfile,
): Uint8Array<ArrayBuffer>[] {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits, RGB with alpha.
  header.set([8, 6], 8);
  const rowBytes = width * 4;
  const rows = new Uint8Array((rowBytes + 1) * height);
  for (let row = 0; row < height; row += 1)
    rows.set(data.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  return [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    profileChunk(profile),
    chunk("IDAT", storedZlib(rows)),
    chunk("IEND", new Uint8Array()),
  ];
}

function profileChunk(profile: ColourProfile): Uint8Array<ArrayBuffer> {
  // Primaries, transfer, no matrix (the samples are RGB), full range.
  if (profile.kind === "cicp")
    return chunk("cICP", Uint8Array.of(profile.primaries, profile.transfer, 0, 1));
  const compressed = profile.kind === "icc" ? storedZlib(profile.bytes) : profile.bytes;
  // A name of one letter, its end, and compression method 0.
  const data = new Uint8Array(3 + compressed.length);
  data[0] = 0x70;
  data.set(compressed, 3);
  return chunk("iCCP", data);
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index += 1) bytes[4 + index] = type.charCodeAt(index);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** A zlib stream (RFC 1950) of stored blocks. */
function storedZlib(data: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(data.length / storedBlockBytes));
  const bytes = new Uint8Array(2 + blocks * 5 + data.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x78, 0x01]);
  let at = 2;
  for (let block = 0; block < blocks; block += 1) {
    const part = data.subarray(block * storedBlockBytes, (block + 1) * storedBlockBytes);
    bytes[at] = block === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    bytes.set(part, at + 5);
    at += 5 + part.length;
  }
  view.setUint32(at, adler32(data));
  return bytes;
}

function adler32(data: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let start = 0; start < data.length; start += 3_800) {
    // As many bytes as the sums can take before they have to be reduced.
    for (const byte of data.subarray(start, start + 3_800)) {
      low += byte;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return ((high << 16) | low) >>> 0;
}
