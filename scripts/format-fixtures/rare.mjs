// @ts-check
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  ColorSpace,
  ImageMagick,
  initializeImageMagick,
  MagickFormat,
  Orientation,
} from "@imagemagick/magick-wasm";
import { oddJpeg } from "./odd-jpegs.mjs";
import { picture, turned } from "./test-picture.mjs";
import { tags, tiffFile } from "./tiff-file.mjs";

const { resolve } = createRequire(import.meta.url);
const size = { width: 24, height: 16 };

/** @returns {Promise<readonly (readonly [name: string, file: Buffer])[]>} the formats of paint programs, renderers, archives and cameras */
export async function rareFiles() {
  await initializeImageMagick(readFileSync(resolve("@imagemagick/magick-wasm/magick.wasm")));
  const plain = await picture().png().toBuffer();
  const small = await picture(size).png().toBuffer();
  const hole = await picture({ hole: true }).png().toBuffer();
  const wide = await picture().withIccProfile("p3").png().toBuffer();
  const lying = await (await turned(6)).png().toBuffer();
  const rgb = await picture(size).raw().toBuffer();
  const squares = [73, 133, 88, 195];
  const squaresOf = (/** @type {number} */ columns, /** @type {number} */ rows) => ({
    columns,
    rows,
    levels: Array.from(
      { length: columns * rows },
      (_, at) =>
        squares[(at < (columns * rows) / 2 ? 0 : 2) + (at % columns < columns / 2 ? 0 : 1)] ?? 0,
    ),
  });
  return [
    ["psd.psd", written(plain, MagickFormat.Psd, { packed: true })],
    ["psd-large-document.psb", written(plain, MagickFormat.Psb, { packed: true })],
    ["psd-alpha.psd", written(hole, MagickFormat.Psd)],
    ["psd-cmyk.psd", written(plain, MagickFormat.Psd, { colours: ColorSpace.CMYK })],
    ["psd-p3.psd", written(wide, MagickFormat.Psd, { packed: true })],
    ["jxl.jxl", written(plain, MagickFormat.Jxl)],
    ["jxl-alpha.jxl", written(hole, MagickFormat.Jxl)],
    ["jxl-p3.jxl", written(wide, MagickFormat.Jxl)],
    ["jxl-turned.jxl", written(lying, MagickFormat.Jxl, { orientation: Orientation.RightTop })],
    ["jp2.jp2", written(plain, MagickFormat.Jp2)],
    ["jp2-alpha.jp2", written(hole, MagickFormat.Jp2)],
    ["jp2-bare.j2k", written(hole, MagickFormat.J2k)],
    ["exr.exr", written(small, MagickFormat.Exr, { colours: ColorSpace.RGB })],
    ["tga.tga", tga(rgb)],
    [
      "tga-alpha.tga",
      written(
        await picture({ ...size, hole: true })
          .png()
          .toBuffer(),
        MagickFormat.Tga,
      ),
    ],
    ["dds.dds", written(small, MagickFormat.Dds)],
    ["dds-alpha.dds", written(hole, MagickFormat.Dds)],
    ["pcx.pcx", written(plain, MagickFormat.Pcx)],
    ["qoi.qoi", written(plain, MagickFormat.Qoi)],
    ["qoi-alpha.qoi", written(hole, MagickFormat.Qoi)],
    ["jpeg-12bit.jpg", oddJpeg({ ...squaresOf(6, 4), kind: "12bit" })],
    ["jpeg-lossless.jpg", oddJpeg({ ...squaresOf(24, 16), kind: "lossless" })],
    ["raw.dng", sensorData()],
    ["raw-preview.nef", await withoutSensorData({ width: 1152, height: 768 })],
    ["raw-small-preview.nef", await withoutSensorData({ width: 160, height: 106 })],
  ];
}

/** @param {Buffer} png @param {import("@imagemagick/magick-wasm").MagickFormat} format
 * @param {{ colours?: import("@imagemagick/magick-wasm").ColorSpace, orientation?: import("@imagemagick/magick-wasm").Orientation, packed?: boolean }} [look]
 */
function written(png, format, { colours, orientation, packed = false } = {}) {
  return ImageMagick.read(png, MagickFormat.Png, (image) => {
    if (colours !== undefined) image.colorSpace = colours;
    if (orientation !== undefined) image.orientation = orientation;
    // Lossless, where that is a matter of quality.
    image.quality = 100;
    if (packed) image.settings.setDefine(format, "compression", "RLE");
    return image.write(format, (data) => Buffer.from(data));
  });
}

/** A TGA of the first version, without the words at its end, its last row first. @param {Buffer} rgb */
function tga(rgb) {
  const head = Buffer.alloc(18);
  head.writeUInt8(2, 2);
  head.writeUInt16LE(size.width, 12);
  head.writeUInt16LE(size.height, 14);
  head.writeUInt8(24, 16);
  const rows = Array.from({ length: size.height }, (_, row) => {
    const start = (size.height - 1 - row) * size.width * 3;
    return swapped(rgb.subarray(start, start + size.width * 3));
  });
  return Buffer.concat([head, ...rows]);
}

/** Blue first. @param {Buffer} rgb */
function swapped(rgb) {
  return Buffer.from(rgb.map((_, at) => rgb[at - (at % 3) + 2 - (at % 3)] ?? 0));
}

/** A DNG whose sensor sees the picture through red, green, green and blue, as an sRGB camera would. */
function sensorData() {
  const [width, height] = [96, 64];
  const colours = ["#e61e1e", "#3ca050", "#325ab4", "#dcc846"].map((colour) =>
    [1, 3, 5].map((at) => light(Number.parseInt(colour.slice(at, at + 2), 16))),
  );
  const values = Buffer.alloc(width * height * 2);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const colour = colours[(row < height / 2 ? 0 : 2) + (column < width / 2 ? 0 : 1)] ?? [];
      const channel = (row % 2) + (column % 2);
      values.writeUInt16LE(Math.round((colour[channel] ?? 0) * 65_535), (row * width + column) * 2);
    }
  return tiffFile({
    width,
    height,
    pieces: [values],
    numbers: {
      [tags.subfile]: 0,
      [tags.bits]: 16,
      [tags.compression]: 1,
      [tags.photometric]: 32_803,
      [tags.samples]: 1,
      [tags.rowsPerStrip]: height,
      // The filter's repeat, and from DNG the light it was calibrated in (D65).
      33_421: [2, 2],
      50_778: 21,
    },
    bytes: { 50_706: Buffer.from([1, 4, 0, 0]), 33_422: Buffer.from([0, 1, 1, 2]) },
    texts: { 271: "Contact Sheet", 272: "Sensor One", 50_708: "Sensor One" },
    // From XYZ to the camera's colours, and what is white to it.
    rationals: {
      50_721: [
        3.2404542, -1.5371385, -0.4985314, -0.969266, 1.8760108, 0.041556, 0.0556434, -0.2040259,
        1.0572252,
      ],
      50_728: [1, 1, 1],
    },
  });
}

/** Light of a level of sRGB, 0–1. @param {number} level */
function light(level) {
  const share = level / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** A raw file of which only the previews are left. @param {{ width: number, height: number }} preview */
async function withoutSensorData(preview) {
  const jpeg = await picture(preview).jpeg({ quality: 60 }).toBuffer();
  return tiffFile({
    width: preview.width,
    height: preview.height,
    pieces: [jpeg],
    numbers: {
      [tags.subfile]: 1,
      [tags.compression]: 7,
      [tags.bits]: [8, 8, 8],
      [tags.photometric]: 6,
      [tags.samples]: 3,
      [tags.subDirectories]: 99_999_999,
    },
    texts: { 271: "NIKON CORPORATION", 272: "NIKON Z" },
  });
}
