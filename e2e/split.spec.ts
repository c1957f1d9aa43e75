import { readFile } from "node:fs/promises";
import sharp from "sharp";
import type { AppPage } from "./pages/app-page.ts";
import { expectClean } from "./fixtures/axe-findings.ts";
import { drawPicture, type PictureFile } from "./fixtures/draw-picture.ts";
import { namesInZip } from "./fixtures/names-in-zip.ts";
import { patienceMs } from "./fixtures/patience.ts";
import { reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";

const SIZE = { width: 1080, height: 15_000 };
const PARTS = [1, 2, 3, 4, 5, 6, 7, 8];

/** A screenshot of a long page: lines of text on a ground that gets redder from top to bottom. */
async function drawScreenshot(name: string): Promise<PictureFile> {
  const { width, height } = SIZE;
  const lines = Array.from(
    { length: 150 },
    (_, at) =>
      `<rect x="300" y="${at * 100 + 30}" width="${300 + ((at * 71) % 400)}" height="40"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="ground" x1="0" y1="0" x2="0" y2="1"><stop stop-color="rgb(0,90,200)"/><stop offset="1" stop-color="rgb(255,90,200)"/></linearGradient>
    <rect width="${width}" height="${height}" fill="url(#ground)"/><g fill="#fff">${lines.join("")}</g>
  </svg>`;
  const buffer = await sharp(Buffer.from(svg)).png().toBuffer();
  return { name, mimeType: "image/png", buffer };
}

/** How red an image’s picture is at its left edge, at its top and its bottom: 0–1 of the way down the screenshot. */
async function placeOf(app: AppPage, name: string): Promise<{ top: number; bottom: number }> {
  const picture = app.image(name).locator("img").first();
  await picture.scrollIntoViewIfNeeded();
  return picture.evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) throw new Error("no picture");
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(image, 0, 0);
    const at = (y: number) => (context?.getImageData(2, y, 1, 1).data[0] ?? 0) / 255;
    return { top: at(0), bottom: at(height - 1) };
  });
}

test("a long screenshot is warned of and split into parts, which are asked about instead of it; undone, and kept", async ({
  app,
  page,
}) => {
  const photo = await drawPicture({ number: 1 });
  await app.openWith([await drawScreenshot("page.png"), photo]);
  const whole = app.image("page.png");
  await expect(whole).toContainText("At 1,024 px this is 74 px wide: its text can’t be read.");
  await expect(app.image(photo.name)).not.toContainText("can’t be read");
  await expectClean(page, "a long picture");
  for (const layout of ["Grid", "One by one", "List"]) {
    const choice = page.getByRole("group", { name: "Layout" });
    await choice.getByRole("button", { name: layout }).click();
    await expect(page.getByRole("button", { name: "Split into 8 parts" })).toBeVisible();
  }

  await whole.getByRole("button", { name: "Split into 8 parts" }).click();
  await expect(app.run).toHaveAccessibleName(/^Caption 9 /, { timeout: patienceMs(9) });
  await expect(whole).toContainText("Its parts are asked about instead.");
  await expect(app.image("page.png#1")).toContainText("01·1");
  const places = new Map<number, { top: number; bottom: number }>();
  for (const number of PARTS) places.set(number, await placeOf(app, `page.png#${number}`));
  for (const number of PARTS) {
    const { top, bottom } = places.get(number) ?? { top: 0, bottom: 0 };
    const start = ((number - 1) * (1 - 2160 / SIZE.height)) / 7;
    expect(top, `top of part ${number}`).toBeCloseTo(start, 1.5);
    expect(bottom, `bottom of part ${number}`).toBeCloseTo(start + 2160 / SIZE.height, 1.5);
  }

  await app.run.click();
  await app.runEnds(9);
  await whole.scrollIntoViewIfNeeded();
  await expect(app.captionOf("page.png#1")).toHaveText(/\w/);
  await expect(app.run).toHaveAccessibleName(/^Caption 9 images again/);
  await expect(whole).toContainText("Its parts are asked about instead.");
  await expectClean(page, "parts");
  const csv = await readFile(await app.exportAs("CSV for spreadsheets"), "utf8");
  for (const number of PARTS) expect(csv).toMatch(new RegExp(`^"?page\\.png#${number}\\b`, "m"));
  const names = await namesInZip(await app.exportAs(".txt files in a ZIP"));
  expect(names).toEqual(expect.arrayContaining(PARTS.map((number) => `page#${number}.txt`)));

  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("article", { name: "page.png", exact: true })).toContainText(
    "Its parts are asked about instead.",
  );
  await expect(app.run).toHaveAccessibleName(/^Run 18 answers/);
  await page.getByRole("link", { name: "Age check", exact: true }).click();
  await expect(app.run).toHaveAccessibleName(/^Check 9 faces/);
  await expect(page.getByText("Its parts are asked about instead")).toBeVisible();
  await page.getByRole("link", { name: "Caption", exact: true }).click();

  await reloadWhenKept(page);
  await expect(app.captionOf("page.png#1")).toHaveText(/\w/);
  await expect(app.image("page.png")).toContainText("Its parts are asked about instead.");
});

test("one undo takes the parts off, and the long picture is asked about again", async ({
  app,
  page,
}) => {
  await app.openWith([await drawScreenshot("page.png")]);
  await page.getByRole("button", { name: "More for this sheet" }).click();
  await page.getByRole("menuitem", { name: "Split the long image" }).click();
  await expect(app.run).toHaveAccessibleName(/^Caption 8 /, { timeout: patienceMs(8) });
  await app.image("page.png").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.images).toHaveCount(1);
  await expect(app.run).toHaveAccessibleName(/^Caption 1 image/);
  await expect(app.image("page.png")).toContainText("its text can’t be read");

  // Nobody can hand a file to the page again but the user.
  await reloadWhenKept(page);
  const split = app.image("page.png").getByRole("button", { name: "Split into 8 parts" });
  await split.click();
  await expect(page.getByText(/^Add page\.png again to split it/)).toBeVisible();
  await app.offer([await drawScreenshot("page.png")]);
  await expect(page.getByText(/was already there/).first()).toBeVisible();
  await split.click();
  await expect(app.images).toHaveCount(9);
});
