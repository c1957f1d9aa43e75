import type { Background } from "#src/domain/mount.ts";
import type { PictureFormat, PictureNote } from "#src/domain/picture.ts";
import { expect, test } from "./image-test.ts";

/** Near the corners in reading order, away from the edges between the colours. */
const places = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.1, 0.9],
  [0.9, 0.9],
] as const;
const red = [230, 30, 30];
const green = [60, 160, 80];
const blue = [50, 90, 180];
const yellow = [220, 200, 70];
const white = [255, 255, 255];
const plain = [red, green, blue, yellow];
const withHole = [red, green, blue, white];

interface Expected {
  notes?: readonly PictureNote[];
  /** What it is laid on; null if nothing of it is transparent. */
  background?: Background | null;
  colours?: readonly (readonly number[])[];
  width?: number;
  height?: number;
  /** The size of the copy, if it is smaller or larger. */
  copy?: { width: number; height: number };
  /** The farthest that a colour may be off. */
  tolerance?: number;
}

const onWhite: Expected = { background: "white", colours: withHole };
const converted: Expected = { notes: ["colours-converted"] };
const little: Expected = { width: 24, height: 16 };
const greys = [73, 133, 88, 195].map((level) => [level, level, level]);
const firstFrame: Expected = { notes: ["first-frame-only"] };
const besideFrame: Expected = { colours: [red, white, white, white], width: 240, height: 160 };
// How bright is up to the browser: only that red is not blue is sure.
const toneMapped: Expected = { notes: ["colours-converted", "tone-mapped"], tolerance: 256 };

const files: readonly (readonly [string, PictureFormat, Expected])[] = [
  ["jpeg-baseline.jpg", "jpeg", {}],
  ["jpeg-progressive.jpg", "jpeg", {}],
  ["jpeg-grey.jpg", "jpeg", { colours: [118, 141, 95, 199].map((level) => [level, level, level]) }],
  ["jpeg-cmyk.jpg", "jpeg", converted],
  ["jpeg-p3.jpg", "jpeg", converted],
  [
    "jpeg-p3-large.jpg",
    "jpeg",
    { ...converted, width: 4000, height: 2667, copy: { width: 1536, height: 1024 } },
  ],
  [
    "jpeg-large-turned.jpg",
    "jpeg",
    { width: 2667, height: 4001, copy: { width: 1024, height: 1536 } },
  ],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (orientation) => [`jpeg-orientation-${orientation}.jpg`, "jpeg", {}] as const,
  ),
  ["png-palette.png", "png", {}],
  ["png-16bit.png", "png", {}],
  ["png-alpha.png", "png", onWhite],
  ["png-interlaced.png", "png", {}],
  ["png-animated.png", "png", firstFrame],
  ["png-p3.png", "png", converted],
  ["png-turned.png", "png", {}],
  ["webp-lossy.webp", "webp", {}],
  ["webp-lossless.webp", "webp", {}],
  ["webp-alpha.webp", "webp", onWhite],
  ["webp-animated.webp", "webp", firstFrame],
  ["webp-p3.webp", "webp", converted],
  ["webp-turned.webp", "webp", {}],
  ["gif.gif", "gif", {}],
  ["gif-alpha.gif", "gif", onWhite],
  ["gif-animated.gif", "gif", firstFrame],
  ["avif.avif", "avif", {}],
  ["avif-alpha.avif", "avif", onWhite],
  // Its encoder was told to be coarse.
  ["avif-animated.avif", "avif", { ...firstFrame, tolerance: 20 }],
  ["avif-p3.avif", "avif", converted],
  ["avif-turned.avif", "avif", {}],
  ["bmp.bmp", "bmp", {}],
  ["icon.ico", "ico", { ...onWhite, width: 64, height: 64 }],
  // A drawing has no pixels of its own: it is drawn as large as a copy may be.
  ["drawing.svg", "svg", { width: 24, height: 16, copy: { width: 1536, height: 1024 } }],
  ["heic.heic", "heic", {}],
  ["heic-alpha.heic", "heic", onWhite],
  ["heic-p3.heic", "heic", converted],
  ["heic-turned.heic", "heic", {}],
  // As phones write large pictures: tiles, an edge that is cut off, and a turn.
  ["heic-grid.heic", "heic", {}],
  ["tiff-lzw.tif", "tiff", {}],
  ["tiff-jpeg.tif", "tiff", {}],
  ["tiff-16bit.tif", "tiff", {}],
  ["tiff-alpha.tif", "tiff", onWhite],
  ["tiff-cmyk.tif", "tiff", { ...converted, tolerance: 12 }],
  ["tiff-p3.tif", "tiff", converted],
  ["tiff-turned.tif", "tiff", {}],
  ["tiff-pages.tif", "tiff", firstFrame],
  // What writers get wrong, and what few of them do.
  ["gif-small-frame.gif", "gif", { ...besideFrame, background: "white" }],
  ["gif-wide-codes.gif", "gif", { width: 24, height: 16, tolerance: 40 }],
  [
    "webp-small-frame.webp",
    "webp",
    { ...besideFrame, notes: ["first-frame-only"], background: "white" },
  ],
  ["bmp-gaps.bmp", "bmp", onWhite],
  ["bare.dib", "bmp", {}],
  ["jpeg-filler.jpg", "jpeg", {}],
  ["jpeg-short-segment.jpg", "jpeg", {}],
  ["jpeg-gain-map.jpg", "jpeg", { notes: ["gain-map-unused"] }],
  ["icon-wrong-size.ico", "ico", { ...onWhite, width: 16, height: 16, tolerance: 40 }],
  ["drawing-label.svg", "svg", { copy: { width: 1536, height: 1024 } }],
  ["drawing-packed.svgz", "svg", { width: 24, height: 16, copy: { width: 1536, height: 1024 } }],
  ["avif-small.avif", "avif", {}],
  ["avif-pq.avif", "avif", { ...toneMapped, width: 120, height: 80 }],
  ["heic-grid-pq.heic", "heic", { ...toneMapped, width: 240, height: 160 }],
  ["tiff-big.tif", "tiff", little],
  ["tiff-planes-predicted.tif", "tiff", little],
  ["tiff-old-lzw.tif", "tiff", little],
  ["tiff-old-jpeg.tif", "tiff", little],
  ["tiff-preview-first.tif", "tiff", little],
  ["tiff-alpha-unnamed.tif", "tiff", { ...onWhite, ...little }],
  ["tiff-alpha-premultiplied.tif", "tiff", { ...onWhite, ...little }],
  ["tiff-grey-12bit.tif", "tiff", { ...little, colours: greys }],
  ["tiff-cmyk-16bit.tif", "tiff", { ...converted, ...little, tolerance: 8 }],
  ["psd.psd", "psd", {}],
  ["psd-large-document.psb", "psd", {}],
  ["psd-alpha.psd", "psd", onWhite],
  ["psd-cmyk.psd", "psd", { ...converted, tolerance: 8 }],
  ["psd-p3.psd", "psd", converted],
  ["jxl.jxl", "jxl", {}],
  ["jxl-alpha.jxl", "jxl", onWhite],
  ["jxl-p3.jxl", "jxl", converted],
  ["jxl-turned.jxl", "jxl", {}],
  ["jp2.jp2", "jp2", {}],
  ["jp2-alpha.jp2", "jp2", onWhite],
  ["jp2-bare.j2k", "jp2", onWhite],
  ["exr.exr", "exr", { ...converted, ...little, tolerance: 8 }],
  ["tga.tga", "tga", little],
  ["tga-alpha.tga", "tga", { ...onWhite, ...little }],
  ["dds.dds", "dds", little],
  ["dds-alpha.dds", "dds", onWhite],
  ["pcx.pcx", "pcx", {}],
  ["qoi.qoi", "qoi", {}],
  ["qoi-alpha.qoi", "qoi", onWhite],
  ["jpeg-12bit.jpg", "jpeg", { width: 48, height: 32, colours: greys }],
  ["jpeg-lossless.jpg", "jpeg", { ...little, colours: greys }],
  // Developed, with a brightness for the eye.
  ["raw.dng", "raw", { width: 96, height: 64, tolerance: 45 }],
  ["raw-preview.nef", "raw", { notes: ["preview-only"], width: 1152, height: 768 }],
];

test("every format is taken upright, in sRGB, on white, with what the user should know about it", async ({
  page,
}) => {
  for (const [name, format, expected] of files) {
    await test.step(name, async () => {
      const outcome = await page.evaluate(
        ([url, where]) => window.harness.prepareFile(url, { places: where }),
        [`/formats/${name}`, places] as const,
      );
      if ("failure" in outcome) throw new Error(`${name}: ${JSON.stringify(outcome.failure)}`);
      const { facts, copy, thumbnail } = outcome.taken;
      const size = { width: expected.width ?? 120, height: expected.height ?? 80 };
      const { notes = [], background = null } = expected;
      expect.soft(facts, name).toMatchObject({ format, ...size, notes, background });
      expect.soft({ width: copy.width, height: copy.height }, name).toEqual(expected.copy ?? size);
      // In a thumbnail of few pixels each mixes in more of its neighbours' colours.
      for (const [made, tolerance] of [
        [copy, expected.tolerance ?? 6],
        [thumbnail, (expected.tolerance ?? 6) + 4],
      ] as const) {
        const distance = farthest(made.colours, expected.colours ?? plain);
        expect.soft(distance, `${name}: ${made.colours.join(" ")}`).toBeLessThan(tolerance);
      }
      expect
        .soft(Math.max(thumbnail.width, thumbnail.height), name)
        .toBe(Math.min(320, Math.max(copy.width, copy.height)));
    });
  }
});

/** The largest difference in any channel of any colour. */
function farthest(
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): number {
  return Math.max(
    ...expected.flatMap((colour, index) =>
      colour.map((channel, place) => Math.abs(channel - (found[index]?.[place] ?? Infinity))),
    ),
  );
}

for (const name of ["drawing.svg", "drawing-label.svg"])
  test(`${name} runs no script and loads nothing from outside`, async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.evaluate(
      (url) => window.harness.prepareFile(url, { places: [] }),
      `/formats/${name}`,
    );
    expect(asked.filter((url) => url.includes("example.org"))).toEqual([]);
  });

test("a browser that hands over no embedded HTML draws the rest, and says so", async ({ page }) => {
  await page.evaluate(() => {
    const canvas = OffscreenCanvasRenderingContext2D.prototype;
    const read = Reflect.get(canvas, "getImageData");
    let isTainted = false;
    const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
    Object.defineProperty(HTMLImageElement.prototype, "src", {
      set(address: string) {
        isTainted = address.startsWith("data:");
        source?.set?.call(this, address);
      },
    });
    Object.assign(canvas, {
      getImageData(...place: Parameters<typeof read>) {
        if (isTainted) throw new DOMException("tainted", "SecurityError");
        return Reflect.apply(read, this, place);
      },
    });
  });
  const outcome = await page.evaluate(
    (where) => window.harness.prepareFile("/formats/drawing-label.svg", { places: where }),
    places,
  );
  if ("failure" in outcome) throw new Error(outcome.failure.kind);
  expect(outcome.taken.facts.notes).toEqual(["labels-missing"]);
  expect(farthest(outcome.taken.copy.colours, withHole)).toBeLessThan(6);
});

test("nothing is made of a canvas that gives noise", async ({ page }) => {
  await page.route("**/assets/main-*.js", async (route) => {
    const response = await route.fetch();
    const lie = `{
      const { getImageData } = OffscreenCanvasRenderingContext2D.prototype;
      OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...place) {
        const pixels = getImageData.apply(this, place);
        crypto.getRandomValues(pixels.data);
        return pixels;
      };
    }`;
    await route.fulfill({ response, body: lie + (await response.text()) });
  });
  const outcome = await page.evaluate(() =>
    window.harness.prepareFile("/formats/png-p3.png", { places: [] }),
  );
  expect(outcome).toEqual({ failure: { kind: "canvas-noise" } });
});

test("a picture is never enlarged, and made smaller only if less is wanted", async ({ page }) => {
  const ready = (name: string, side: number) =>
    page.evaluate(([url, pixels]) => window.harness.readyFile(url, pixels), [
      `/formats/${name}`,
      side,
    ] as const);
  const small = await ready("jpeg-baseline.jpg", 1024);
  expect(small).toMatchObject({ width: 120, height: 80, isCopy: true });
  const large = await ready("jpeg-p3-large.jpg", 512);
  expect(large).toMatchObject({ width: 512, height: 341, isCopy: false });
  expect(large.dataUri).toMatch(/^data:image\/jpeg;base64,\/9j\//);
  expect(large.bytes).toBe(Buffer.from(large.dataUri.split(",")[1] ?? "", "base64").length);
});

test("a setting raises the copy to 2,048 pixels", async ({ page }) => {
  const outcome = await page.evaluate(() =>
    window.harness.prepareFile("/formats/jpeg-p3-large.jpg", { places: [], copySide: 2048 }),
  );
  expect(outcome).toMatchObject({ taken: { copy: { width: 2048, height: 1366 } } });
});
