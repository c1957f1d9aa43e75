// @ts-check
import { deflateSync } from "node:zlib";

/** Tag numbers of TIFF 6.0. */
export const tags = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripLengths: 279,
  planar: 284,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileLengths: 325,
  subDirectories: 330,
  extraSamples: 338,
  sampleFormat: 339,
  jpegFormat: 513,
  jpegLength: 514,
  subsampling: 530,
  blackWhite: 532,
  icc: 34_675,
};

export const compressions = {
  none: 1,
  g4: 4,
  lzw: 5,
  oldJpeg: 6,
  jpeg: 7,
  deflate: 8,
};

/**
 * A TIFF of one page, its directory before its pixels, as few programs write it.
 * @param {{ width: number, height: number, pieces: readonly Buffer[], numbers: Record<number, number | readonly
 * number[]>, bytes?: Record<number, Buffer>, texts?: Record<number, string>,
 * rationals?: Record<number, readonly number[]>, big?: boolean, bigEndian?: boolean, tile?: number, zeroLengths?: boolean,
 * interchange?: boolean, startsAt?: number }} page
 *   `pieces` are its strips, or its tiles of `tile` pixels a side; `zeroLengths` writes their lengths as 0; `numbers` and
 *   `bytes` are further tags; `interchange` says that the piece is a whole JPEG, as the old style has it;
 *   `rationals` are tags of signed fractions; `startsAt` is where the page will lie in a larger file.
 */
export function tiffFile(page) {
  const { pieces, big = false, bigEndian = false, tile, startsAt = 0 } = page;
  const lengths = pieces.map(({ length }) => (page.zeroLengths ? 0 : length));
  const [offsetsTag, lengthsTag] =
    tile === undefined
      ? [tags.stripOffsets, tags.stripLengths]
      : [tags.tileOffsets, tags.tileLengths];
  /** @type {Map<number, { type: number, values: readonly number[] | Buffer }>} */
  const entries = new Map();
  const put = (/** @type {number} */ tag, /** @type {number | readonly number[]} */ value) => {
    const values = [value].flat();
    entries.set(tag, { type: values.some((each) => each > 65_535) ? 4 : 3, values });
  };
  put(tags.width, page.width);
  put(tags.height, page.height);
  if (tile !== undefined) {
    put(tags.tileWidth, tile);
    put(tags.tileHeight, tile);
  }
  for (const [tag, value] of Object.entries(page.numbers)) put(Number(tag), value);
  for (const [tag, values] of Object.entries(page.bytes ?? {}))
    entries.set(Number(tag), { type: 7, values });
  for (const [tag, text] of Object.entries(page.texts ?? {}))
    entries.set(Number(tag), { type: 2, values: Buffer.from(`${text}\0`, "latin1") });
  for (const [tag, numbers] of Object.entries(page.rationals ?? {})) {
    const fractions = Buffer.alloc(numbers.length * 8);
    for (const [index, value] of numbers.entries()) {
      fractions.writeInt32LE(Math.round(value * 1_000_000), index * 8);
      fractions.writeInt32LE(1_000_000, index * 8 + 4);
    }
    entries.set(Number(tag), { type: 10, values: fractions });
  }
  entries.set(lengthsTag, { type: 4, values: lengths });
  entries.set(offsetsTag, { type: 4, values: pieces.map(() => 0) });
  if (page.interchange) {
    entries.set(tags.jpegFormat, { type: 4, values: [0] });
    entries.set(tags.jpegLength, { type: 4, values: lengths });
  }

  const [headBytes, countBytes, entryBytes, inlineBytes] = big ? [16, 8, 20, 8] : [8, 2, 12, 4];
  const sizeOf = (/** @type {{ type: number, values: readonly number[] | Buffer }} */ entry) =>
    entry.values.length * ({ 2: 1, 3: 2, 4: 4, 7: 1 }[entry.type] ?? 1);
  const sorted = [...entries].toSorted(([one], [other]) => one - other);
  let at = headBytes + countBytes + sorted.length * entryBytes + inlineBytes;
  /** @type {Map<number, number>} */
  const places = new Map();
  for (const [tag, entry] of sorted)
    if (sizeOf(entry) > inlineBytes) {
      places.set(tag, startsAt + at);
      at += sizeOf(entry) + (sizeOf(entry) % 2);
    }
  const offsets = pieces.map((piece) => {
    const offset = startsAt + at;
    at += piece.length;
    return offset;
  });
  entries.set(offsetsTag, { type: 4, values: offsets });
  if (page.interchange) entries.set(tags.jpegFormat, { type: 4, values: offsets });

  const file = Buffer.alloc(at);
  const write = (
    /** @type {number} */ bytes,
    /** @type {number} */ value,
    /** @type {number} */ offset,
  ) => {
    const wide = Math.min(bytes, 4);
    // Of eight bytes the upper four stay zero.
    if (bigEndian) file.writeUIntBE(value, offset + bytes - wide, wide);
    else file.writeUIntLE(value, offset, wide);
  };
  file.write(bigEndian ? "MM" : "II", "latin1");
  write(2, big ? 43 : 42, 2);
  if (big) write(2, 8, 4);
  write(inlineBytes, headBytes, big ? 8 : 4);
  write(countBytes, sorted.length, headBytes);
  for (const [index, [tag]] of sorted.entries()) {
    const entry = entries.get(tag) ?? { type: 3, values: [] };
    const entryAt = headBytes + countBytes + index * entryBytes;
    write(2, tag, entryAt);
    write(2, entry.type, entryAt + 2);
    write(inlineBytes, entry.values.length / (entry.type === 10 ? 8 : 1), entryAt + 4);
    const inlineAt = entryAt + entryBytes - inlineBytes;
    const place = places.get(tag);
    if (place !== undefined) write(inlineBytes, place, inlineAt);
    let valueAt = place === undefined ? inlineAt : place - startsAt;
    for (const value of entry.values) {
      const bytes = { 2: 1, 3: 2, 4: 4, 7: 1 }[entry.type] ?? 1;
      write(bytes, value, valueAt);
      valueAt += bytes;
    }
  }
  for (const [index, piece] of pieces.entries()) piece.copy(file, (offsets[index] ?? 0) - startsAt);
  return file;
}

/**
 * Rows of samples, each of so many bits, packed from the highest bit down.
 * @param {readonly number[]} samples @param {{ bits: number, perRow: number }} layout
 */
export function packBits(samples, { bits, perRow }) {
  const rows = [];
  for (let start = 0; start < samples.length; start += perRow) {
    const text = samples
      .slice(start, start + perRow)
      .map((sample) => sample.toString(2).padStart(bits, "0"))
      .join("");
    rows.push(
      ...(text.match(/.{1,8}/gu) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2)),
    );
  }
  return Buffer.from(rows);
}

/**
 * LZW without any of its gains: each byte is a code of nine bits, and the table is cleared before they would grow.
 * @param {Buffer} bytes @param {{ old?: boolean }} [options] `old` packs the codes from the lowest bit, as libtiff did before 1990
 */
export function lzw(bytes, { old = false } = {}) {
  const codes = [];
  for (const [index, byte] of bytes.entries()) {
    if (index % 200 === 0) codes.push(256);
    codes.push(byte);
  }
  codes.push(257);
  const bits = codes.map((code) => {
    const text = code.toString(2).padStart(9, "0");
    return old ? backwards(text) : text;
  });
  const packed = bits.join("").match(/.{1,8}/gu) ?? [];
  return Buffer.from(
    packed.map((byte) => {
      const whole = byte.padEnd(8, "0");
      return Number.parseInt(old ? backwards(whole) : whole, 2);
    }),
  );
}

/** The bits of a number in the other order. @param {string} bits */
export function backwards(bits) {
  return bits.split("").toReversed().join("");
}

/** @param {Buffer} bytes */
export function deflated(bytes) {
  return deflateSync(bytes, { level: 9 });
}
