// @ts-check
/** Files of which a writer got something wrong, or did what few others do, made from ordinary ones. */
import { boxesIn, childOf, metaOf, wholeFile } from "./heif-boxes.mjs";
import { corners } from "./test-picture.mjs";

const SOI_BYTES = 2;
const START_OF_SCAN = 0xda;

/** @param {Buffer} gif @returns {Buffer} whose screen is twice as wide and high as its frame */
export function withLargerScreen(gif) {
  const larger = Buffer.from(gif);
  larger.writeUInt16LE(gif.readUInt16LE(6) * 2, 6);
  larger.writeUInt16LE(gif.readUInt16LE(8) * 2, 8);
  return larger;
}

/**
 * The test picture as a GIF whose codes are 12 bits from the first on, which no browser reads.
 * @param {{ width: number, height: number }} size
 */
export function gifWithWideCodes({ width, height }) {
  const codeBits = 11;
  const places = Array.from({ length: width * height }, (_, index) => {
    const isRight = index % width >= width / 2;
    return (index >= (width * height) / 2 ? 2 : 0) + (isRight ? 1 : 0);
  });
  let bits = 0n;
  const codes = [2 ** codeBits, ...places, 2 ** codeBits + 1];
  for (const [index, code] of codes.entries()) bits |= BigInt(code) << BigInt(index * 12);
  const packed = Buffer.alloc(Math.ceil((codes.length * 12) / 8));
  for (let at = 0; at < packed.length; at += 1)
    packed[at] = Number((bits >> BigInt(at * 8)) & 255n);
  const head = Buffer.alloc(13);
  head.write("GIF89a");
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  // A table of four colours.
  head[10] = 0x81;
  const frame = Buffer.alloc(11);
  frame[0] = 0x2c;
  frame.writeUInt16LE(width, 5);
  frame.writeUInt16LE(height, 7);
  frame[10] = codeBits;
  const blocks = [];
  for (let at = 0; at < packed.length; at += 255) {
    const block = packed.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  const colours = corners.map((colour) => Buffer.from(colour.slice(1), "hex"));
  return Buffer.concat([head, ...colours, frame, ...blocks, Buffer.from([0, 0x3b])]);
}

/** @param {Buffer} webp an animation @returns {Buffer} whose canvas is twice as wide and high as its frames */
export function withLargerCanvas(webp) {
  const larger = Buffer.from(webp);
  const sizeAt = webp.indexOf("VP8X", 0, "latin1") + 12;
  for (const at of [sizeAt, sizeAt + 3])
    larger.writeUIntLE((webp.readUIntLE(at, 3) + 1) * 2 - 1, at, 3);
  return larger;
}

/**
 * The test picture as a run-length-encoded bitmap of 8 bits, whose last quarter is left out: by the end of each row or,
 * higher up, by a jump.
 * @param {{ width: number, height: number }} size
 */
export function bitmapWithGaps({ width, height }) {
  const half = width / 2;
  /** @type {number[]} */
  const runs = [];
  for (let row = 0; row < height; row += 1) {
    const isLower = row < height / 2;
    if (isLower) runs.push(half, 2, 0, 0);
    else runs.push(half, 0, half, 1, 0, 0);
    // Four rows in one jump, straight up.
    if (row === 23) {
      runs.push(0, 2, 0, 4);
      row += 4;
    }
  }
  const pixels = Buffer.from([...runs, 0, 1]);
  const colours = Buffer.concat(
    corners
      .map((colour) => Buffer.from(`${colour.slice(1)}00`, "hex"))
      .map((rgb0) => Buffer.from([rgb0[2] ?? 0, rgb0[1] ?? 0, rgb0[0] ?? 0, 0])),
  );
  const pixelsAt = 14 + 40 + colours.length;
  const header = Buffer.alloc(14 + 40);
  header.write("BM");
  header.writeUInt32LE(pixelsAt + pixels.length, 2);
  header.writeUInt32LE(pixelsAt, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(8, 28);
  header.writeUInt32LE(1, 30);
  header.writeUInt32LE(pixels.length, 34);
  header.writeUInt32LE(corners.length, 46);
  return Buffer.concat([header, colours, pixels]);
}

/** @param {Buffer} jpeg @returns {Buffer} with every byte value, in order, before each segment */
export function withFiller(jpeg) {
  const filler = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
  const parts = [jpeg.subarray(0, SOI_BYTES)];
  let at = SOI_BYTES;
  while (jpeg[at + 1] !== START_OF_SCAN) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    parts.push(filler, jpeg.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...parts, jpeg.subarray(at)]);
}

/** @param {Buffer} jpeg @returns {Buffer} with a Photoshop segment whose length is 16 short, as some writers leave it */
export function withShortSegment(jpeg) {
  const data = Buffer.from(
    "Photoshop 3.0\x008BIM\x04\x06\0\0\0\0\0\x07\0\x09\0\x01\0\x01\x01\0",
    "latin1",
  );
  const head = Buffer.from([0xff, 0xed, 0, data.length + 2 - 16]);
  return Buffer.concat([jpeg.subarray(0, SOI_BYTES), head, data, jpeg.subarray(SOI_BYTES)]);
}

/** @param {Buffer} icon of one picture @returns {Buffer} whose directory calls it twice as high as it is */
export function withWrongDirectory(icon) {
  const wrong = Buffer.from(icon);
  wrong[7] = (icon[7] ?? 0) * 2;
  return wrong;
}

/**
 * A file of the small form (ISO/IEC 23008-12:2025, MinimizedImageBox) with the picture of an ordinary one.
 * @param {Buffer} avif one picture without alpha, 4:2:0 or 4:4:4, 8 bits
 * @param {{ width: number, height: number, chroma: 1 | 3 }} look
 */
export function smallAvif(avif, { width, height, chroma }) {
  const properties = childOf(avif, childOf(avif, metaOf(avif), "iprp"), "ipco");
  const config = boxesIn(avif, properties).find(({ type }) => type === "av1C");
  if (config === undefined) throw new Error("no av1C box");
  const media = childOf(avif, wholeFile(avif), "mdat");
  const data = avif.subarray(media.start + 8, media.end);
  let bits = "";
  /** @param {number} value @param {number} count */
  const write = (value, count) => {
    bits += value.toString(2).padStart(count, "0");
  };
  write(0, 2);
  // An explicit codec, float, full range, alpha, explicit colours, HDR, profile, EXIF, XMP.
  for (const flag of [0, 0, 1, 0, 0, 0, 0, 0, 0]) write(flag, 1);
  write(chroma, 2);
  write(0, 3);
  write(1, 1);
  write(width - 1, 15);
  write(height - 1, 15);
  if (chroma === 1) write(0, 2);
  write(0, 1);
  // Large codec configuration and item data.
  write(0, 1);
  write(1, 1);
  write(config.end - config.start - 8, 3);
  write(data.length - 1, 28);
  write(0, (8 - (bits.length % 8)) % 8);
  const packed = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const codec = Buffer.from(avif.subarray(config.start + 8, config.end));
  // The place of the chroma samples, which the box above does not name.
  codec[2] = (codec[2] ?? 0) & 0xfc;
  const content = [packed, codec, data];
  return Buffer.concat([box("ftyp", [Buffer.from("mif3avif", "latin1")]), box("mini", content)]);
}

/** @param {string} type @param {readonly Buffer[]} content */
function box(type, content) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
  head.write(type, 4, "latin1");
  return Buffer.concat([head, ...content]);
}

/**
 * A drawing whose last quarter is embedded HTML with a word for viewers that can't show it, as drawing programs write
 * labels. What the HTML refers to is outside, and none of it may be loaded.
 */
export function drawingWithLabel() {
  const shapes = corners
    .slice(0, 3)
    .map((colour, index) => {
      const place = `x="${(index % 2) * 60}" y="${Math.floor(index / 2) * 40}"`;
      return `<rect ${place} width="60" height="40" fill="${colour}"/>`;
    })
    .join("");
  const label = `<div xmlns="http://www.w3.org/1999/xhtml" style="width:60px;height:40px;background:${corners[3]}"><img src="https://example.org/y.png" alt=""/><script>document.documentElement.remove()</script><br></div>`;
  const words = `<text x="65" y="60" fill="black" font-size="30">[Not supported by viewer]</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80">${shapes}<foreignObject x="60" y="40" width="60" height="40" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility">${label}</foreignObject>${words}</svg>`;
}
