import sharp from "sharp";
import type { Page } from "@playwright/test";
import { expect, test } from "./image-test.ts";

/** Has the page draw a picture, and make it ready to send; returns its size and colours in its middle and its corner. */
async function sent(
  page: Page,
  picture: { width: number; height: number; artwork: string | null },
) {
  return page.evaluate(async ({ width, height, artwork }) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = artwork ?? "rgb(20 120 60)";
    if (artwork === null) context.fillRect(0, 0, width, height);
    else context.fillRect(width / 4, height / 4, width / 2, height / 2);
    const original = await canvas.convertToBlob({ type: "image/png" });
    const fit = { leastSide: 28, longestRatio: 200 };
    const {
      dataUri,
      width: across,
      height: down,
    } = await window.harness.ready(original, { side: 1024, fit });
    const letters = atob(dataUri.slice(dataUri.indexOf(",") + 1));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    const shown = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    shown?.drawImage(bitmap, 0, 0);
    const at = (x: number, y: number) => [...(shown?.getImageData(x, y, 1, 1).data ?? [])];
    return {
      type: dataUri.slice(0, 15),
      width: across,
      height: down,
      middle: at(bitmap.width >> 1, bitmap.height >> 1),
      corner: at(1, 1),
    };
  }, picture);
}

function difference(a: readonly number[], b: readonly number[]): number {
  return Math.max(...[0, 1, 2].map((channel) => Math.abs((a[channel] ?? 0) - (b[channel] ?? 0))));
}

test("artwork on transparency is sent on a background that it differs from, whatever its colour", async ({
  page,
}) => {
  for (const artwork of [
    "white",
    "black",
    "rgb(250 248 220)",
    "rgb(128 128 128)",
    "rgb(200 30 30)",
  ]) {
    const ready = await sent(page, { width: 400, height: 300, artwork });
    expect(ready).toMatchObject({ type: "data:image/jpeg", width: 400, height: 300 });
    expect(difference(ready.middle, ready.corner), artwork).toBeGreaterThan(90);
  }
  const small = await sent(page, { width: 3000, height: 2000, artwork: "white" });
  expect(small).toMatchObject({ width: 1024, height: 683 });
  expect(difference(small.middle, small.corner)).toBeGreaterThan(90);
});

test("a picture too small for its model is enlarged, and one too narrow padded in its own colour", async ({
  page,
}) => {
  expect(await sent(page, { width: 16, height: 16, artwork: null })).toMatchObject({
    width: 28,
    height: 28,
  });
  const strip = await sent(page, { width: 4000, height: 90, artwork: null });
  expect(strip).toMatchObject({ width: 1024, height: 28 });
  expect(difference(strip.middle, strip.corner)).toBeLessThan(12);
});

test("a part of a long photograph that lies on its side is cut upright, at its full sharpness", async ({
  page,
}) => {
  const [width, height] = [120, 24_000];
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      // Redder from top to bottom; on the right, lines of one pixel.
      pixels[at] = Math.round((255 * y) / height);
      pixels[at + 1] = x > width / 2 && y % 2 === 0 ? 255 : 0;
    }
  const lying = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .rotate(270)
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const lines = Array.from({ length: 8 }, (_, at) => [0.75, (600.5 + at) / 1200] as const);
  const places = [[0.1, 0.02] as const, [0.1, 0.98] as const, ...lines];
  await page.route("**/formats/lying.jpg", (route) => route.fulfill({ body: lying }));
  const outcome = await page.evaluate(
    (options) => window.harness.prepareFile("/formats/lying.jpg", options),
    { places, box: [0, 0.5, 1, 0.05] as const },
  );
  if (!("taken" in outcome)) throw new Error("it was refused");
  const { copy } = outcome.taken;
  expect(copy).toMatchObject({ width: 120, height: 1200 });
  const [first, last, ...ofLines] = copy.colours;
  expect(Math.abs((first?.[0] ?? 0) - 128)).toBeLessThan(8);
  expect(Math.abs((last?.[0] ?? 0) - 140)).toBeLessThan(8);
  const greens = ofLines.map(([, green = 0]) => green);
  expect(Math.max(...greens) - Math.min(...greens)).toBeGreaterThan(150);
});
