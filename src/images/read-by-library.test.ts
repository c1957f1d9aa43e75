import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { FailureError } from "#src/domain/failure.ts";
import type { PixelSize } from "./fit.ts";
import { openLibrary, readByLibrary } from "./read-by-library.ts";
import { readHeader } from "./read-header.ts";
import { formatFile, formatOf } from "./test-files.ts";

const { resolve } = createRequire(import.meta.url);
beforeAll(
  () => openLibrary(readFileSync(resolve("@imagemagick/magick-wasm/magick.wasm"))),
  120_000,
);

function read(bytes: Uint8Array, side = 1536) {
  const format = formatOf(bytes);
  return readByLibrary({ bytes, format, header: readHeader(bytes, format), side });
}

/** A big-endian file with one number of two bytes in its directory changed. */
function forged(name: string, tag: number, value: number): Uint8Array {
  const bytes = formatFile(name);
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4);
  for (let entry = 0; entry < view.getUint16(directory); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (view.getUint16(at) === tag) view.setUint16(at + 8, value);
  }
  return bytes;
}

type Colour = readonly number[];
const plain: readonly Colour[] = [
  [230, 30, 30, 255],
  [60, 160, 80, 255],
  [50, 90, 180, 255],
  [220, 200, 70, 255],
];
const transparent = [0, 0, 0, 0];
const withHole = [...plain.slice(0, 3), transparent];
const grey = [73, 133, 88, 195].map((level) => [level, level, level, 255]);

/** The colours near the corners, in reading order; no colour where nothing is to be seen. */
function cornersOf({ data, width, height }: PixelSize & { data: Uint8ClampedArray }): Colour[] {
  return [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.1, 0.9],
    [0.9, 0.9],
  ].map(([x = 0, y = 0]) => {
    const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
    return data[at + 3] === 0 ? transparent : [...data.subarray(at, at + 4)];
  });
}

function expectColours(found: readonly Colour[], expected: readonly Colour[], tolerance: number) {
  const farthest = Math.max(
    ...expected.flatMap((colour, corner) =>
      colour.map((value, channel) => Math.abs(value - (found[corner]?.[channel] ?? Infinity))),
    ),
  );
  expect(farthest, found.join(" ")).toBeLessThanOrEqual(tolerance);
}

describe("TIFF", () => {
  it.each([
    ["lzw", plain],
    ["jpeg", plain],
    ["16bit", plain],
    ["alpha", withHole],
    ["pages", plain],
    ["big", plain],
    ["big-endian", plain],
    ["tiles", plain],
    ["planes-lzw", plain],
    ["planes-predicted", plain],
    ["old-lzw", plain],
    ["grey-12bit", grey],
    ["grey-white-first", grey],
    ["grey-no-lengths", grey],
    ["grey-planes", grey],
    ["grey-alpha-16bit", [...grey.slice(0, 3), transparent]],
    ["float", plain],
    ["32bit", plain],
    ["alpha-unnamed", withHole],
    // Nothing would be left to be seen: this is no alpha.
    ["alpha-empty", plain],
    ["alpha-premultiplied", withHole],
    ["old-jpeg", plain],
    ["ycbcr", plain],
    ["preview-first", plain],
  ])("%s has its colours", (name, colours) => {
    const reading = read(formatFile(`tiff-${name}.tif`));
    expectColours(cornersOf(reading.pixels), colours, 2);
    expect(reading).toMatchObject({ converted: false, incomplete: false });
  });

  it("grey of few bits has its levels", () => {
    const levels = (...values: number[]) => values.map((value) => [value, value, value, 255]);
    const four = read(formatFile("tiff-grey-4bit.tif")).pixels;
    expectColours(cornersOf(four), levels(0x44, 0x88, 0x55, 0xcc), 0);
    const reversed = read(formatFile("tiff-grey-4bit-white-first.tif")).pixels;
    expect(cornersOf(reversed)).toEqual(cornersOf(four));
    const two = read(formatFile("tiff-grey-2bit-reversed.tif")).pixels;
    expectColours(cornersOf(two), levels(0x55, 0xaa, 0x55, 0xff), 0);
  });

  it.each(["cmyk", "cmyk-16bit"])("%s without a profile becomes RGB", (name) => {
    const { pixels, converted } = read(formatFile(`tiff-${name}.tif`));
    expectColours(cornersOf(pixels), plain, 6);
    expect(converted).toBe(true);
  });

  it.each([{ compression: "jpeg", quality: 100 } as const, { compression: "lzw" } as const])(
    "inks with a profile are converted by it ($compression)",
    async (options) => {
      const file = await sharp(formatFile("tiff-lzw.tif"))
        .toColourspace("cmyk")
        .withIccProfile("cmyk")
        .tiff(options)
        .toBuffer();
      const back = await sharp(file).toColourspace("srgb").ensureAlpha().raw().toBuffer();
      const expected = cornersOf({ data: new Uint8ClampedArray(back), width: 120, height: 80 });
      const { pixels, converted } = read(Uint8Array.from(file));
      // Two colour engines, each with its own idea of what inks can't show.
      expectColours(cornersOf(pixels), expected, 12);
      expect(converted).toBe(true);
    },
  );

  it("leaves the profile of an RGB file to the browser", () => {
    const { pixels, profile } = read(formatFile("tiff-p3.tif"));
    expectColours(cornersOf(pixels), [[211, 55, 44, 255]], 2);
    expect(profile?.length).toBe(480);
  });

  it("is divided as far as is wanted, and tells its own size", () => {
    const { pixels, stored } = read(formatFile("tiff-lzw.tif"), 32);
    expect(stored).toEqual({ width: 120, height: 80 });
    expect(pixels).toMatchObject({ width: 40, height: 26 });
    expectColours(cornersOf(pixels), plain, 1);
    const withAlpha = read(formatFile("tiff-alpha.tif"), 32).pixels;
    expectColours(cornersOf(withAlpha), withHole, 1);
  });

  it("keeps what was read of a file that is cut after a third, and says so", () => {
    const whole = formatFile("tiff-big-endian.tif");
    const { pixels, incomplete } = read(whole.slice(0, Math.round(whole.length * 0.8)));
    expect(incomplete).toBe(true);
    expectColours(cornersOf(pixels), [plain[0] ?? [], plain[1] ?? [], transparent], 0);
  });

  it("refuses a file that is cut before a third, broken, or of a kind it does not know", () => {
    const failure = (reason: "truncated" | "damaged" | "undecodable") =>
      new FailureError({ kind: "unreadable-image", reason });
    const whole = formatFile("tiff-big-endian.tif");
    expect(() => read(whole.slice(0, Math.round(whole.length * 0.3)))).toThrow(
      failure("truncated"),
    );
    const wiped = formatFile("tiff-float.tif").fill(0x55, 250);
    expect(() => read(wiped)).toThrow(failure("undecodable"));
    expect(() => read(formatFile("tiff-float-beyond.tif"))).toThrow(
      new FailureError({ kind: "unsupported-format", format: "a TIFF of numbers beyond 0 to 1" }),
    );
    expect(() => read(forged("tiff-big-endian.tif", 259, 50_001))).toThrow(
      new FailureError({ kind: "unsupported-format", format: "a TIFF with WebP inside" }),
    );
  });
});

it.each([
  ["psd.psd", plain],
  ["psd-large-document.psb", plain],
  ["psd-alpha.psd", withHole],
  ["jxl.jxl", plain],
  ["jxl-alpha.jxl", withHole],
  ["jp2.jp2", plain],
  ["jp2-alpha.jp2", withHole],
  ["jp2-bare.j2k", withHole],
  ["tga.tga", plain],
  ["tga-alpha.tga", withHole],
  ["dds.dds", plain],
  ["dds-alpha.dds", withHole],
  ["pcx.pcx", plain],
  ["qoi.qoi", plain],
  ["qoi-alpha.qoi", withHole],
  ["jpeg-12bit.jpg", grey],
  ["jpeg-lossless.jpg", grey],
])("reads %s with its colours", (name, colours) => {
  const reading = read(formatFile(name));
  expectColours(cornersOf(reading.pixels), colours, 2);
  expect(reading).toMatchObject({ converted: false, incomplete: false });
});

it("brings inks and linear light into sRGB, and leaves profiles of RGB to the browser", () => {
  for (const name of ["psd-cmyk.psd", "exr.exr"]) {
    const { pixels, converted } = read(formatFile(name));
    expectColours(cornersOf(pixels), plain, 6);
    expect(converted, name).toBe(true);
  }
  for (const name of ["psd-p3.psd", "jxl-p3.jxl"]) {
    const { pixels, profile } = read(formatFile(name));
    expectColours(cornersOf(pixels), [[211, 55, 44, 255]], 2);
    expect(profile?.length, name).toBeGreaterThan(100);
  }
});

it("develops a raw file", () => {
  const { pixels, stored, incomplete } = read(formatFile("raw.dng"));
  expect(stored).toEqual({ width: 96, height: 64 });
  expect(incomplete).toBe(false);
  // Its brightness is made for the eye.
  expectColours(cornersOf(pixels), plain, 45);
});

it("refuses a raw file without its sensor's data", () => {
  for (const name of ["raw-preview.nef", "raw-small-preview.nef"])
    expect(() => read(formatFile(name)), name).toThrow(FailureError);
});

it("reads nothing but the format it is told, whatever the bytes say", () => {
  const drawing = formatFile("drawing.svg");
  const header = readHeader(formatFile("tiff-lzw.tif"), "tiff");
  expect(() => readByLibrary({ bytes: drawing, format: "tiff", header, side: 64 })).toThrow(
    FailureError,
  );
});

it("may open a BMP that the browser refuses, and says of a broken one that it is broken", () => {
  const whole = formatFile("bmp.bmp");
  const header = readHeader(whole, "bmp");
  const order = { format: "bmp", header, side: 1536 } as const;
  expect(readByLibrary({ ...order, bytes: whole }).stored).toEqual({ width: 120, height: 80 });
  const broken = whole.slice();
  // Its way of packing is none.
  new DataView(broken.buffer).setUint32(30, 9, true);
  expect(() => readByLibrary({ ...order, bytes: broken })).toThrow(
    new FailureError({ kind: "unreadable-image", reason: "damaged" }),
  );
});
