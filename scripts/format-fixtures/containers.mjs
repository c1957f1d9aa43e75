// @ts-check
import { crc32 } from "node:zlib";

/** @param {Buffer} jpeg @param {number} marker @param {Buffer} data @returns {Buffer} with the segment after the first marker */
export function withJpegSegment(jpeg, marker, data) {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** @param {string} type @param {Buffer} data */
export function pngChunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** @param {Buffer} png @returns {{ type: string, data: Buffer }[]} */
function pngChunks(png) {
  const chunks = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** @param {Buffer} png @param {Buffer[]} chunks @returns {Buffer} with more chunks before its pixels */
export function withPngChunks(png, chunks) {
  const at = png.indexOf("IDAT", 0, "latin1") - 4;
  return Buffer.concat([png.subarray(0, at), ...chunks, png.subarray(at)]);
}

/** @param {Buffer} first @param {Buffer} second two PNGs of one size @returns {Buffer} a PNG that shows one after the other */
export function animatedPng(first, second) {
  const [header, ...rest] = pngChunks(first);
  const size = header?.data.subarray(0, 8) ?? Buffer.alloc(8);
  /** @param {number} sequence */
  const frameControl = (sequence) => {
    const data = Buffer.alloc(26);
    data.writeUInt32BE(sequence, 0);
    size.copy(data, 4);
    data.writeUInt16BE(1, 20);
    data.writeUInt16BE(2, 22);
    return pngChunk("fcTL", data);
  };
  const secondPixels = Buffer.concat(
    pngChunks(second).flatMap(({ type, data }) => (type === "IDAT" ? [data] : [])),
  );
  const sequence = Buffer.from([0, 0, 0, 2]);
  const animation = Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]);
  return Buffer.concat([
    first.subarray(0, 8),
    pngChunk("IHDR", header?.data ?? size),
    pngChunk("acTL", animation),
    frameControl(0),
    ...rest.flatMap(({ type, data }) => (type === "IDAT" ? [pngChunk(type, data)] : [])),
    frameControl(1),
    pngChunk("fdAT", Buffer.concat([sequence, secondPixels])),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * @param {{ data: Buffer, info: { width: number, height: number } }} rgba
 * @param {24 | 32} bitsPerPixel
 */
export function bitmapFile({ data, info }, bitsPerPixel) {
  const pixels = bitmapRows({ data, info }, bitsPerPixel);
  const header = Buffer.alloc(14);
  header.write("BM");
  header.writeUInt32LE(14 + 40 + pixels.length, 2);
  header.writeUInt32LE(14 + 40, 10);
  return Buffer.concat([header, bitmapInfo(info, bitsPerPixel), pixels]);
}

/** @param {{ width: number, height: number }} size @param {number} bitsPerPixel */
function bitmapInfo({ width, height }, bitsPerPixel) {
  const info = Buffer.alloc(40);
  info.writeUInt32LE(40, 0);
  info.writeInt32LE(width, 4);
  info.writeInt32LE(height, 8);
  info.writeUInt16LE(1, 12);
  info.writeUInt16LE(bitsPerPixel, 14);
  return info;
}

/**
 * Rows from the bottom, blue first, each padded to four bytes.
 * @param {{ data: Buffer, info: { width: number, height: number } }} rgba
 * @param {number} bitsPerPixel
 */
function bitmapRows({ data, info: { width, height } }, bitsPerPixel) {
  const pixelBytes = bitsPerPixel / 8;
  const rowBytes = Math.ceil((width * pixelBytes) / 4) * 4;
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const to = (height - 1 - y) * rowBytes + x * pixelBytes;
      const pixel = [
        data[from + 2] ?? 0,
        data[from + 1] ?? 0,
        data[from] ?? 0,
        data[from + 3] ?? 0,
      ];
      rows.set(pixel.slice(0, pixelBytes), to);
    }
  return rows;
}

/** @param {{ data: Buffer, info: { width: number, height: number } }} rgba @returns {Buffer} a bitmap as icons hold it: with a mask */
export function iconBitmap(rgba) {
  const { width, height } = rgba.info;
  const mask = Buffer.alloc(Math.ceil(width / 32) * 4 * height);
  return Buffer.concat([bitmapInfo({ width, height: height * 2 }, 32), bitmapRows(rgba, 32), mask]);
}

/** @param {{ side: number, data: Buffer }[]} pictures bitmaps or PNGs */
export function iconFile(pictures) {
  const directory = Buffer.alloc(6 + pictures.length * 16);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  for (const [index, { side, data }] of pictures.entries()) {
    const at = 6 + index * 16;
    directory.writeUInt8(side % 256, at);
    directory.writeUInt8(side % 256, at + 1);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(data.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([directory, ...pictures.map(({ data }) => data)]);
}
