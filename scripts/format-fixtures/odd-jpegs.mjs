// @ts-check

/** Codes of the ten categories that a difference may have here: of four bits each, in order. */
const CATEGORIES = 13;

/**
 * A grey JPEG of flat squares, as no browser opens it: of 12 bits a sample ("extended", 8 × 8 pixels a square) or
 * lossless (one pixel a square). ITU-T T.81.
 * @param {{ columns: number, rows: number, levels: readonly number[], kind: "12bit" | "lossless" }} picture `levels` of each
 *   square, 0–255
 */
export function oddJpeg({ columns, rows, levels, kind }) {
  const isLossless = kind === "lossless";
  const scale = isLossless ? 1 : 8;
  const precision = isLossless ? 8 : 12;
  const differences = levels.map((level, at) => {
    const left = levels[at - 1] ?? 0;
    const above = levels[at - columns] ?? 0;
    const start = at === 0 ? 128 : above;
    // Lossless predicts from the left, in the first column from above; otherwise blocks follow one another.
    if (isLossless) return level - (at % columns === 0 ? start : left);
    // With a quantiser of 8 the middle of a flat block is its level of 12 bits, less half the range.
    return level * 16 - 2048 - (at === 0 ? 0 : left * 16 - 2048);
  });
  const size = Buffer.alloc(5);
  size.writeUInt8(precision, 0);
  size.writeUInt16BE(rows * scale, 1);
  size.writeUInt16BE(columns * scale, 3);
  const code = Buffer.from([...Buffer.alloc(3, 0), CATEGORIES, ...Buffer.alloc(12, 0)]);
  const symbols = Buffer.from(Array.from({ length: CATEGORIES }, (_, category) => category));
  const tables = [segment(0xc4, Buffer.from([0x00]), code, symbols)];
  // Only "end of block" follows the mean of a block.
  if (!isLossless) {
    tables.push(segment(0xc4, Buffer.from([0x10, 1, ...Buffer.alloc(15, 0), 0])));
    tables.push(segment(0xdb, Buffer.from([0, ...Buffer.alloc(64, 8)])));
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...tables,
    segment(isLossless ? 0xc3 : 0xc1, size, Buffer.from([1, 1, 0x11, 0])),
    segment(0xda, Buffer.from(isLossless ? [1, 1, 0, 1, 0, 0] : [1, 1, 0, 0, 63, 0])),
    entropy(differences, isLossless ? "" : "0"),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** @param {number} marker @param {...Buffer} data */
function segment(marker, ...data) {
  const body = Buffer.concat(data);
  return Buffer.concat([
    Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]),
    body,
  ]);
}

/** @param {readonly number[]} differences @param {string} after bits after each of them */
function entropy(differences, after) {
  const bits = differences.map((difference) => {
    const category = difference === 0 ? 0 : Math.abs(difference).toString(2).length;
    const value = difference < 0 ? difference + 2 ** category - 1 : difference;
    const digits = category === 0 ? "" : value.toString(2).padStart(category, "0");
    return category.toString(2).padStart(4, "0") + digits + after;
  });
  const bytes = (bits.join("").match(/.{1,8}/gu) ?? []).flatMap((byte) => {
    const value = Number.parseInt(byte.padEnd(8, "1"), 2);
    return value === 0xff ? [value, 0] : [value];
  });
  return Buffer.from(bytes);
}
