// @ts-check
import { otherFrame, picture } from "./test-picture.mjs";
import { backwards, compressions, deflated, lzw, packBits, tags, tiffFile } from "./tiff-file.mjs";

const size = { width: 24, height: 16 };
const pixels = size.width * size.height;
const eight = [8, 8, 8];

/** Red, green and blue of each pixel, with alpha if there is a hole. */
function samplesOf({ hole = false } = {}) {
  const image = picture({ ...size, hole });
  return (hole ? image.ensureAlpha() : image).raw().toBuffer();
}

const lightness = (/** @type {Buffer} */ rgb) =>
  Array.from({ length: rgb.length / 3 }, (_, pixel) =>
    Math.round(
      0.2126 * (rgb[pixel * 3] ?? 0) +
        0.7152 * (rgb[pixel * 3 + 1] ?? 0) +
        0.0722 * (rgb[pixel * 3 + 2] ?? 0),
    ),
  );

/** One colour's samples of every pixel. @param {Buffer} rgb @param {number} channel */
const plane = (rgb, channel, channels = 3) =>
  Buffer.from(
    Array.from(
      { length: rgb.length / channels },
      (_, pixel) => rgb[pixel * channels + channel] ?? 0,
    ),
  );

/** Differences to the pixel at the left. @param {Buffer} rows @param {number} samples */
function predicted(rows, samples) {
  const rowBytes = size.width * samples;
  return Buffer.from(
    rows.map((value, at) => (at % rowBytes < samples ? value : value - (rows[at - samples] ?? 0))),
  );
}

/** Words of 16 bits, little-endian. @param {readonly number[]} values */
function words(values) {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}

/** Floats from 0 to 1 (or, by `most`, beyond), with the bytes of each row apart and then as differences (predictor 3).
 * @param {Buffer} rgb
 */
function floats(rgb, most = 255) {
  const perRow = size.width * 3;
  const rows = [];
  for (let start = 0; start < rgb.length; start += perRow) {
    const big = Buffer.alloc(perRow * 4);
    for (let at = 0; at < perRow; at += 1) big.writeFloatBE((rgb[start + at] ?? 0) / most, at * 4);
    const apart = Buffer.alloc(big.length);
    for (let at = 0; at < perRow; at += 1)
      for (let byte = 0; byte < 4; byte += 1) apart[byte * perRow + at] = big[at * 4 + byte] ?? 0;
    rows.push(
      Buffer.from(apart.map((value, at) => (at < 3 ? value : value - (apart[at - 3] ?? 0)))),
    );
  }
  return Buffer.concat(rows);
}

/** Tiles of 16 × 16 pixels. @param {Buffer} rgb */
function tilesOf(rgb) {
  return [0, 16].map((left) => {
    const tile = Buffer.alloc(16 * 16 * 3);
    for (let row = 0; row < 16; row += 1)
      rgb.copy(
        tile,
        row * 48,
        (row * size.width + left) * 3,
        (row * size.width + Math.min(left + 16, size.width)) * 3,
      );
    return tile;
  });
}

/** The numbers that every RGB page has. @param {Record<number, number | readonly number[]>} [more] */
const rgbPage = (more = {}) => ({
  ...size,
  numbers: {
    [tags.bits]: eight,
    [tags.photometric]: 2,
    [tags.samples]: 3,
    [tags.rowsPerStrip]: size.height,
    [tags.compression]: compressions.none,
    ...more,
  },
});

const greyPage = (/** @type {Record<number, number | readonly number[]>} */ more) =>
  rgbPage({ [tags.photometric]: 1, [tags.samples]: 1, ...more });

/** @returns {Promise<readonly (readonly [name: string, file: Buffer])[]>} TIFFs of the many kinds that scanners and editors write */
export async function tiffVariants() {
  const rgb = await samplesOf();
  const rgba = await samplesOf({ hole: true });
  const levels = lightness(rgb);
  const planes = [0, 1, 2].map((channel) => plane(rgb, channel));
  const perRow = size.width;
  const inks = Buffer.from(
    Array.from({ length: pixels * 4 }, (_, at) =>
      at % 4 === 3 ? 0 : 255 - (rgb[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
    ),
  );
  const premultiplied = Buffer.from(
    rgba.map((value, at) => Math.round((value * (rgba[at - (at % 4) + 3] ?? 0)) / 255)),
  );
  const jpeg = await picture(size).jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer();
  const other = await otherFrame({ width: 8, height: 8 }).raw().toBuffer();
  return [
    ["big", tiffFile({ ...rgbPage(), pieces: [rgb], big: true })],
    ["big-endian", tiffFile({ ...rgbPage(), pieces: [rgb], bigEndian: true })],
    [
      "tiles",
      tiffFile({
        ...rgbPage({ [tags.compression]: compressions.deflate }),
        pieces: tilesOf(rgb).map(deflated),
        tile: 16,
      }),
    ],
    [
      "planes-lzw",
      tiffFile({
        ...rgbPage({ [tags.planar]: 2, [tags.compression]: compressions.lzw }),
        pieces: planes.map((each) => lzw(each)),
      }),
    ],
    [
      "planes-predicted",
      tiffFile({
        ...rgbPage({ [tags.planar]: 2, [tags.compression]: compressions.lzw, [tags.predictor]: 2 }),
        pieces: planes.map((each) => lzw(predicted(each, 1))),
      }),
    ],
    [
      "old-lzw",
      tiffFile({
        ...rgbPage({ [tags.compression]: compressions.lzw }),
        pieces: [lzw(rgb, { old: true })],
      }),
    ],
    [
      "grey-4bit",
      tiffFile({
        ...greyPage({ [tags.bits]: 4 }),
        pieces: [
          packBits(
            levels.map((level) => level >> 4),
            { bits: 4, perRow },
          ),
        ],
      }),
    ],
    [
      "grey-4bit-white-first",
      tiffFile({
        ...greyPage({ [tags.bits]: 4, [tags.photometric]: 0 }),
        pieces: [
          packBits(
            levels.map((level) => 15 - (level >> 4)),
            { bits: 4, perRow },
          ),
        ],
      }),
    ],
    // A second plane that is no colour, and said to be nothing in particular.
    [
      "grey-planes",
      tiffFile({
        ...greyPage({
          [tags.bits]: [8, 8],
          [tags.samples]: 2,
          [tags.planar]: 2,
          [tags.extraSamples]: 0,
        }),
        pieces: [Buffer.from(levels), Buffer.alloc(levels.length, 200)],
      }),
    ],
    [
      "grey-2bit-reversed",
      tiffFile({
        ...greyPage({ [tags.bits]: 2, [tags.fillOrder]: 2 }),
        pieces: [
          Buffer.from(
            packBits(
              levels.map((level) => level >> 6),
              { bits: 2, perRow },
            ).map(reversed),
          ),
        ],
      }),
    ],
    [
      "grey-12bit",
      tiffFile({
        ...greyPage({ [tags.bits]: 12 }),
        pieces: [
          packBits(
            levels.map((level) => level * 16),
            { bits: 12, perRow },
          ),
        ],
      }),
    ],
    [
      "grey-white-first",
      tiffFile({
        ...greyPage({ [tags.bits]: 8, [tags.photometric]: 0 }),
        pieces: [Buffer.from(levels.map((level) => 255 - level))],
      }),
    ],
    [
      "grey-no-lengths",
      tiffFile({
        ...greyPage({ [tags.bits]: 8 }),
        pieces: [Buffer.from(levels)],
        zeroLengths: true,
      }),
    ],
    [
      "grey-alpha-16bit",
      tiffFile({
        ...greyPage({ [tags.bits]: [16, 16], [tags.samples]: 2, [tags.extraSamples]: 2 }),
        pieces: [
          words(levels.flatMap((level, pixel) => [level * 257, (rgba[pixel * 4 + 3] ?? 0) * 257])),
        ],
      }),
    ],
    [
      "float",
      tiffFile({
        ...rgbPage({
          [tags.bits]: [32, 32, 32],
          [tags.sampleFormat]: [3, 3, 3],
          [tags.predictor]: 3,
          [tags.compression]: compressions.deflate,
        }),
        pieces: [deflated(floats(rgb))],
      }),
    ],
    [
      "float-beyond",
      tiffFile({
        ...rgbPage({
          [tags.bits]: [32, 32, 32],
          [tags.sampleFormat]: [3, 3, 3],
          [tags.predictor]: 3,
          [tags.compression]: compressions.deflate,
        }),
        pieces: [deflated(floats(rgb, 1))],
      }),
    ],
    [
      "32bit",
      tiffFile({
        ...rgbPage({ [tags.bits]: [32, 32, 32], [tags.compression]: compressions.deflate }),
        pieces: [deflated(words([...rgb].flatMap((value) => [value * 257, value * 257])))],
      }),
    ],
    [
      "alpha-unnamed",
      tiffFile({ ...rgbPage({ [tags.bits]: [8, 8, 8, 8], [tags.samples]: 4 }), pieces: [rgba] }),
    ],
    [
      "alpha-empty",
      tiffFile({
        ...rgbPage({ [tags.bits]: [8, 8, 8, 8], [tags.samples]: 4 }),
        pieces: [Buffer.from(await picture(size).ensureAlpha(0).raw().toBuffer())],
      }),
    ],
    [
      "alpha-premultiplied",
      tiffFile({
        ...rgbPage({ [tags.bits]: [8, 8, 8, 8], [tags.samples]: 4, [tags.extraSamples]: 1 }),
        pieces: [premultiplied],
      }),
    ],
    [
      "cmyk-16bit",
      tiffFile({
        ...rgbPage({ [tags.bits]: [16, 16, 16, 16], [tags.samples]: 4, [tags.photometric]: 5 }),
        pieces: [words([...inks].map((value) => value * 257))],
      }),
    ],
    [
      "old-jpeg",
      tiffFile({
        ...rgbPage({ [tags.photometric]: 6, [tags.compression]: compressions.oldJpeg }),
        pieces: [jpeg],
        interchange: true,
      }),
    ],
    [
      "ycbcr",
      tiffFile({
        ...rgbPage({
          [tags.photometric]: 6,
          [tags.subsampling]: [1, 1],
          [tags.compression]: compressions.lzw,
        }),
        pieces: [lzw(lumaAndChroma(rgb))],
      }),
    ],
    ["preview-first", withPreview(rgb, other)],
  ];
}

const reversed = (/** @type {number} */ byte) =>
  Number.parseInt(backwards(byte.toString(2).padStart(8, "0")), 2);

/** Brightness and two differences of colour (ITU-R BT.601, full range). @param {Buffer} rgb */
function lumaAndChroma(rgb) {
  const result = Buffer.alloc(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    const [red, green, blue] = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
    const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    result[at] = Math.round(luma);
    result[at + 1] = Math.round((blue - luma) / 1.772 + 128);
    result[at + 2] = Math.round((red - luma) / 1.402 + 128);
  }
  return result;
}

/** Two pages, of which the first says that it is only a preview. @param {Buffer} rgb @param {Buffer} preview */
function withPreview(rgb, preview) {
  const small = { ...rgbPage({ [tags.subfile]: 1, [tags.rowsPerStrip]: 8 }), width: 8, height: 8 };
  const first = tiffFile({ ...small, pieces: [preview] });
  const second = tiffFile({ ...rgbPage(), pieces: [rgb], startsAt: first.length });
  // The first directory's last four bytes lead to the second.
  const entries = first.readUInt16LE(8);
  first.writeUInt32LE(first.length + 8, 10 + entries * 12);
  return Buffer.concat([first, second]);
}
