import { mkdir, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import type { AppPage } from "#e2e/pages/app-page.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const FOLDER = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const MOST_BYTES = 400_000;

/** Takes a picture of the window into docs/screenshots, small enough for the repository. */
async function take(page: Page, name: string) {
  // What a press or a toast leaves on screen is not what the picture is of.
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  const png = await page.screenshot({ animations: "disabled", caret: "hide" });
  const path = `${FOLDER}${name}.png`;
  await mkdir(FOLDER, { recursive: true });
  const whole = await sharp(png).png({ compressionLevel: 9 }).toBuffer();
  const isSmall = whole.length <= MOST_BYTES;
  await writeFile(path, isSmall ? whole : await sharp(png).png({ palette: true }).toBuffer());
  expect((await stat(path)).size).toBeLessThanOrEqual(MOST_BYTES);
}

/** The sample sheet with captions, one of them edited. */
async function captioned(app: AppPage) {
  await app.open();
  await app.loadSamples();
  await expect(app.run).toHaveAccessibleName(/^Caption 12 /);
  await app.run.click();
  await expect(app.counts).toHaveText("12 images · 12 answered", { timeout: 30_000 });
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, suffix] of [
    [1360, ""],
    [420, "-phone"],
  ] as const) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      const named = (what: string) => `${what}-${colorScheme}${suffix}`;

      test.use({ colorScheme, viewport: { width, height: 860 }, reducedMotion: "reduce" });

      test("an empty sheet", async ({ app, page }) => {
        await app.open();
        await take(page, named("empty"));
      });

      test("captions", async ({ app, page }) => {
        await captioned(app);
        await take(page, named("caption"));
      });
    });
  }
}
