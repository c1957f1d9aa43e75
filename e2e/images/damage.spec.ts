import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Failure } from "#src/domain/failure.ts";
import { patienceMs } from "#e2e/fixtures/patience.ts";
import { expect, test } from "./image-test.ts";

// Recording a trace fetches blob URLs, which the page's policy forbids and the console reports.
test.use({ trace: "off" });

const folder = fileURLToPath(new URL("../fixtures/formats/", import.meta.url));
const fixture = (name: string): Buffer => readFileSync(folder + name);

/** A PNG that consists only of a header that claims a size. */
function claiming(width: number, height: number): Buffer {
  const png = Buffer.from(fixture("png-16bit.png").subarray(0, 33));
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

const cut = (whole: Buffer, share: number): Buffer =>
  whole.subarray(0, Math.round(whole.length * share));

function zeroed(name: string): Buffer {
  const bytes = Buffer.from(fixture(name));
  return bytes.fill(0, Math.round(bytes.length * 0.3), Math.round(bytes.length * 0.9));
}

const rejected: readonly (readonly [string, Buffer, Failure])[] = [
  ["an empty file", Buffer.alloc(0), { kind: "empty-file" }],
  ["text named like a picture", Buffer.from("Dear diary,\n"), { kind: "not-an-image" }],
  ["a PDF", Buffer.from("%PDF-1.7\n"), { kind: "unsupported-format", format: "PDF" }],
  [
    "a JPEG cut before half",
    cut(fixture("jpeg-large-turned.jpg"), 0.3),
    { kind: "unreadable-image", reason: "truncated" },
  ],
  [
    "a JPEG of which only the header is left",
    cut(fixture("jpeg-baseline.jpg"), 0.1),
    { kind: "unreadable-image", reason: "truncated" },
  ],
  [
    "a PNG cut before half",
    cut(fixture("png-16bit.png"), 0.2),
    { kind: "unreadable-image", reason: "truncated" },
  ],
  [
    "a BMP cut before half, whose last rows come first",
    cut(fixture("bmp.bmp"), 0.3),
    { kind: "unreadable-image", reason: "truncated" },
  ],
  [
    "a HEIC cut short",
    cut(fixture("heic.heic"), 0.7),
    { kind: "unreadable-image", reason: "truncated" },
  ],
  [
    "a HEIC of tiles, fewer than half of them whole",
    cut(fixture("heic-grid.heic"), 0.8),
    { kind: "unreadable-image", reason: "truncated" },
  ],
  [
    "a TIFF cut short",
    cut(fixture("tiff-turned.tif"), 0.3),
    { kind: "unreadable-image", reason: "truncated" },
  ],
  [
    "a Photoshop file cut short",
    cut(fixture("psd.psd"), 0.8),
    { kind: "unreadable-image", reason: "truncated" },
  ],
  [
    "a raw file of which only a thumbnail is left",
    fixture("raw-small-preview.nef"),
    { kind: "unsupported-format", format: "a Nikon RAW file with only a 160 px preview" },
  ],
  [
    "a PNG with its pixels wiped",
    zeroed("png-16bit.png"),
    { kind: "unreadable-image", reason: "damaged" },
  ],
  [
    "a small PNG that claims 50,000 × 50,000 pixels",
    claiming(50_000, 50_000),
    { kind: "too-large", what: "side", found: 50_000, limit: 32_767 },
  ],
  [
    "a small PNG that claims 400 megapixels",
    claiming(20_000, 20_000),
    { kind: "too-large", what: "pixels", found: 400_000_000, limit: 268_000_000 },
  ],
];

for (const [what, bytes, failure] of rejected) {
  test(`${what} is rejected`, async ({ page }) => {
    const outcome = await page.evaluate(
      (data) => window.harness.prepareBytes(data, { places: [] }),
      [...bytes],
    );
    expect(outcome).toEqual({ failure });
  });
}

for (const [what, bytes] of [
  ["JPEG", cut(fixture("jpeg-large-turned.jpg"), 0.75)],
  ["PNG", cut(fixture("png-16bit.png"), 0.97)],
  // With its directory before its pixels, as few programs write it.
  ["TIFF", cut(fixture("tiff-big-endian.tif"), 0.75)],
  ["BMP", cut(fixture("bmp.bmp"), 0.75)],
  ["HEIC of tiles", cut(fixture("heic-grid.heic"), 0.99)],
] as const) {
  test(`a ${what} cut after half is kept, and says so`, async ({ page }) => {
    const outcome = await page.evaluate(
      (data) => window.harness.prepareBytes(data, { places: [] }),
      [...bytes],
    );
    expect(outcome).toMatchObject({ taken: { facts: { notes: ["truncated"] } } });
  });
}

test("a file that is cut off is reported, even if its decoder makes do with what is left", async ({
  page,
}) => {
  const outcome = await page.evaluate(
    (data) => window.harness.prepareBytes(data, { places: [] }),
    [...fixture("icon.ico").subarray(0, -2)],
  );
  expect(outcome).toMatchObject({
    taken: { facts: { notes: ["truncated"], background: "white" } },
  });
});

test("if the library is lost on its way, that is the reason, and the next file asks again", async ({
  page,
}) => {
  const lost = { contentType: "application/wasm", body: "lost" };
  await page.route(/\.wasm$/, (route) => route.fulfill(lost), { times: 1 });
  const prepare = () =>
    page.evaluate(() => window.harness.prepareFile("/formats/tga.tga", { places: [] }));
  expect(await prepare()).toEqual({ failure: { kind: "decoder-missing" } });
  expect(await prepare()).toHaveProperty("taken");
});

test("a picture that is called off ends at once, and the next one is prepared", async ({
  page,
}) => {
  const outcomes = await page.evaluate(async () => {
    const options = { places: [], abortAfterMs: 1 };
    const called = Array.from({ length: 20 }, () =>
      window.harness.prepareFile("/formats/jpeg-p3-large.jpg", options),
    );
    const off = await Promise.all(called);
    return { off, next: await window.harness.prepareFile("/formats/png-p3.png", { places: [] }) };
  });
  expect(outcomes.off).toContainEqual({ failure: { kind: "cancelled" } });
  expect(outcomes.next).toHaveProperty("taken");
});

for (const { count, tag } of [
  { count: 500, tag: [] },
  { count: 2_000, tag: ["@long"] },
])
  test(
    `${count} mutated files each end as a picture or a failure, and the pool survives`,
    {
      tag,
    },
    async ({ page }) => {
      test.setTimeout(2 * patienceMs(count));
      // Small files, so that most mutations hit what is read.
      const urls = readdirSync(folder)
        .filter((name) => fixture(name).length < 30_000)
        .map((name) => `/formats/${name}`);
      expect(urls.length).toBeGreaterThan(40);
      const ends = await page.evaluate(([all, to]) => window.harness.fuzz(all, { from: 0, to }), [
        urls,
        count,
      ] as const);
      const counts = Object.fromEntries(
        Object.entries(ends).map(([end, { length }]) => [end, length]),
      );
      expect(Object.values(counts).reduce((sum, some) => sum + some, 0)).toBe(count);
      const mishaps = Object.entries(ends).filter(([end]) =>
        /internal|cancelled|missing/.test(end),
      );
      expect(mishaps).toEqual([]);
      // Neither everything nor nothing may pass, or the mutations prove nothing.
      expect(counts["taken"]).toBeGreaterThan(count * 0.1);
      expect(counts["taken"]).toBeLessThan(count * 0.9);
      const next = await page.evaluate(() =>
        window.harness.prepareFile("/formats/jpeg-baseline.jpg", { places: [] }),
      );
      expect(next).toHaveProperty("taken");
    },
  );
