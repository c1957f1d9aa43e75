import * as fc from "fast-check";
import { expect, it } from "vitest";
import { FailureError } from "#src/domain/failure.ts";
import { differsFromSrgb } from "./headers/colour-profile.ts";
import { readExif } from "./headers/read-exif.ts";
import { readHeader } from "./read-header.ts";
import { sniff } from "./sniff.ts";
import { formatFile, formatFileNames, formatOf } from "./test-files.ts";

function headerOf(name: string) {
  const bytes = formatFile(name);
  return readHeader(bytes, formatOf(bytes));
}

const plain = {
  width: 120,
  height: 80,
  severalFrames: false,
  mayHaveAlpha: false,
  foreignColours: false,
  gainMap: false,
  cutShort: false,
};
const lying = { ...plain, width: 80, height: 120 };

it.each([
  ["jpeg-progressive.jpg", plain],
  ["jpeg-cmyk.jpg", { ...plain, foreignColours: true }],
  ["jpeg-orientation-6.jpg", lying],
  ["png-palette.png", plain],
  ["png-alpha.png", { ...plain, mayHaveAlpha: true }],
  ["png-animated.png", { ...plain, severalFrames: true }],
  ["webp-lossy.webp", plain],
  ["webp-lossless.webp", plain],
  ["webp-alpha.webp", { ...plain, mayHaveAlpha: true }],
  ["webp-animated.webp", { ...plain, severalFrames: true }],
  ["gif-animated.gif", { width: 120, height: 80, severalFrames: true }],
  ["gif-alpha.gif", { ...plain, mayHaveAlpha: true }],
  ["avif.avif", plain],
  ["avif-alpha.avif", { ...plain, mayHaveAlpha: true }],
  ["avif-animated.avif", { width: 120, height: 80, severalFrames: true }],
  // The decoder turns these, so their size is the upright one.
  ["avif-turned.avif", plain],
  ["heic-turned.heic", { ...plain, thumbnail: true }],
  ["heic-alpha.heic", { ...plain, mayHaveAlpha: true }],
  // The size of the whole, not of a tile; the tiles are not pages.
  ["heic-grid.heic", plain],
  ["bmp.bmp", plain],
  // What is left free can be seen through.
  ["gif-small-frame.gif", { ...plain, width: 240, height: 160, mayHaveAlpha: true }],
  ["webp-small-frame.webp", { width: 240, height: 160, mayHaveAlpha: true, severalFrames: true }],
  ["bmp-gaps.bmp", { ...plain, mayHaveAlpha: true }],
  ["jpeg-filler.jpg", plain],
  ["jpeg-short-segment.jpg", plain],
  ["jpeg-gain-map.jpg", { ...plain, gainMap: true }],
  ["avif-small.avif", plain],
  // Its colours are named at its tiles.
  [
    "heic-grid-pq.heic",
    { ...plain, width: 240, height: 160, profile: { kind: "cicp", primaries: 9, transfer: 16 } },
  ],
  ["icon.ico", { ...plain, width: 64, height: 64, mayHaveAlpha: true }],
  ["drawing.svg", { ...plain, width: 24, height: 16, mayHaveAlpha: true }],
  ["tiff-turned.tif", lying],
  ["tiff-pages.tif", { ...plain, severalFrames: true }],
  ["tiff-cmyk.tif", { ...plain, foreignColours: true }],
  ["tiff-big.tif", { ...plain, width: 24, height: 16 }],
  [
    "tiff-preview-first.tif",
    { width: 24, height: 16, hints: { page: 1 }, thumbnail: true, severalFrames: false },
  ],
  [
    "tiff-alpha-unnamed.tif",
    { width: 24, height: 16, mayHaveAlpha: true, hints: { unnamedAlpha: true } },
  ],
  ["psd.psd", plain],
  ["psd-large-document.psb", plain],
  ["psd-alpha.psd", { ...plain, mayHaveAlpha: true }],
  ["psd-cmyk.psd", { ...plain, foreignColours: true }],
  ["jxl.jxl", { ...plain, mayHaveAlpha: true, turn: 1 }],
  // As it is stored.
  ["jxl-turned.jxl", { ...lying, mayHaveAlpha: true, turn: 6 }],
  ["jp2-alpha.jp2", { ...plain, mayHaveAlpha: true }],
  ["jp2-bare.j2k", { ...plain, mayHaveAlpha: true, hints: { unnamedAlpha: true } }],
  ["exr.exr", { ...plain, width: 24, height: 16 }],
  ["tga.tga", { ...plain, width: 24, height: 16 }],
  ["tga-alpha.tga", { ...plain, width: 24, height: 16, mayHaveAlpha: true }],
  ["dds.dds", { ...plain, width: 24, height: 16, mayHaveAlpha: true }],
  ["pcx.pcx", plain],
  ["qoi-alpha.qoi", { ...plain, mayHaveAlpha: true }],
  ["raw.dng", { ...plain, width: 96, height: 64, preview: null }],
  ["raw-preview.nef", { width: 1152, height: 768, preview: { width: 1152, height: 768 } }],
])("reads the header of %s", (name, expected) => {
  expect(headerOf(name)).toMatchObject(expected);
});

it.each(
  // Where JPEG XL has it only the library can tell.
  formatFileNames().filter((name) => name.includes("p3") && !name.endsWith(".jxl")),
)("sees that %s is not in sRGB", async (name) => {
  expect(await differsFromSrgb(headerOf(name).profile)).toBe(true);
});

it("takes a missing profile, and one of sRGB's own primaries, for sRGB", async () => {
  expect(await differsFromSrgb(null)).toBe(false);
  expect(await differsFromSrgb({ kind: "cicp", primaries: 1, transfer: 13 })).toBe(false);
  expect(await differsFromSrgb({ kind: "cicp", primaries: 12, transfer: 13 })).toBe(true);
});

it("reads what a camera wrote, in both byte orders", () => {
  for (const name of ["jpeg-orientation-5.jpg", "jpeg-orientation-6.jpg", "heic-turned.heic"]) {
    expect(readExif(headerOf(name).exif), name).toMatchObject({
      orientation: name.includes("5") ? 5 : 6,
      capturedAt: "2024-05-17T18:30:12",
      camera: "Lightbox Two",
      hasLocation: true,
      hasThumbnail: false,
    });
  }
  expect(readExif(headerOf("jpeg-metadata.jpg").exif)).toMatchObject({ hasThumbnail: true });
});

it.each([
  [`width="10cm" height="5cm"`, 378, 189],
  [`style="max-width: 9px; width: 24px;height:16px"`, 24, 16],
  [`viewBox="0 0 24 16"`, 24, 16],
  [`width="48" viewBox="0,0,24,16"`, 48, 32],
  [`width="100%" height="100%" viewBox="0 0 30 10"`, 30, 10],
  [`data-x="a > b" width='7px' height='9px'`, 7, 9],
  ["", 300, 150],
])("reads the size of a drawing with %s", (attributes, width, height) => {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="1"/></svg>`;
  expect(readHeader(new TextEncoder().encode(text), "svg")).toMatchObject({ width, height });
});

it("reads a drawing in the encoding that it names", () => {
  const text = `<?xml version="1.0" encoding="UTF-16"?><svg width="7" height="9"/>`;
  const bytes = new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
  expect(readHeader(bytes, "svg")).toMatchObject({ width: 7, height: 9 });
});

it("refuses a drawing whose entities could unfold without end", () => {
  const entities = Array.from({ length: 200 }, (_, index) => `<!ENTITY a${index} "x">`).join("");
  const bytes = new TextEncoder().encode(`<!DOCTYPE svg [${entities}]><svg/>`);
  expect(() => readHeader(bytes, "svg")).toThrow(FailureError);
});

it("calls a header that ends early truncated", () => {
  for (const [name, length] of [
    ["jpeg-baseline.jpg", 40],
    ["webp-lossy.webp", 20],
    ["heic.heic", 30],
    ["tiff-lzw.tif", 100],
    ["bmp.bmp", 20],
    ["psd.psd", 40],
    ["jxl.jxl", 3],
    ["jp2.jp2", 60],
    ["exr.exr", 60],
    ["dds.dds", 15],
  ] as const) {
    const bytes = formatFile(name).slice(0, length);
    expect(() => readHeader(bytes, formatOf(bytes)), name).toThrow(
      new FailureError({ kind: "unreadable-image", reason: "truncated" }),
    );
  }
});

it("says that a file without its end is cut short", () => {
  for (const name of [
    "jpeg-baseline.jpg",
    "png-palette.png",
    "webp-lossy.webp",
    "avif.avif",
    "psd.psd",
    "jp2.jp2",
    "qoi.qoi",
  ]) {
    const whole = formatFile(name);
    const bytes = whole.slice(0, whole.length - 20);
    expect(readHeader(bytes, formatOf(bytes)).cutShort, name).toBe(true);
  }
});

it("reads any mutation of any file as a header or a failure", () => {
  const files = formatFileNames()
    .map(formatFile)
    .filter((bytes) => bytes.length < 4_000);
  const mutation = fc.record({
    file: fc.constantFrom(...files),
    flips: fc.array(fc.tuple(fc.nat(4_000), fc.nat(255)), { maxLength: 12 }),
    keep: fc.oneof(
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    ),
  });
  let read = 0;
  fc.assert(
    fc.property(mutation, ({ file, flips, keep }) => {
      const bytes = file.slice(0, Math.ceil(file.length * keep));
      for (const [at, value] of flips) if (bytes.length > 0) bytes[at % bytes.length] = value;
      const sniffed = sniff(bytes);
      if (sniffed.kind !== "picture") return;
      try {
        const header = readHeader(bytes, sniffed.format);
        readExif(header.exif);
        read += 1;
        expect(header.width).toBeGreaterThan(0);
        expect(header.height).toBeGreaterThan(0);
      } catch (thrown) {
        if (!(thrown instanceof FailureError)) throw thrown;
      }
    }),
    { numRuns: 2_000, seed: 42 },
  );
  expect(read).toBeGreaterThan(500);
});
