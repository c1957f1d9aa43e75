import { mkdir, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expect } from "#e2e/fixtures/test.ts";

const FOLDER = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const MOST_BYTES = 400_000;

/** The windows that pictures are taken of, with the endings of their file names. */
export const WINDOWS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, width: 1360, ending: colorScheme },
  { colorScheme, width: 420, ending: `${colorScheme}-phone` },
]);

/** Takes a picture of the window into docs/screenshots, small enough for the repository. */
export async function take(page: Page, name: string) {
  // What a press or a toast leaves on screen is not part of the picture.
  for (const toast of await page.getByRole("button", { name: "Dismiss" }).all())
    await toast.click();
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
