import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { axeFindings } from "./fixtures/axe-findings.ts";
import { drawPicture, drawPictures } from "./fixtures/draw-picture.ts";
import { dragOnto } from "./fixtures/drop-files.ts";
import { expect, test } from "./fixtures/test.ts";

/** Pictures by folder, in the order in which they are drawn. */
const FOLDERS = {
  lamps: ["lamp-2.jpg", "lamp-10.jpg", "café.jpg"],
  rooms: ["hall.jpg", "kitchen.jpg"],
};

async function writeFolders(root: string): Promise<string[]> {
  let number = 0;
  for (const [folder, names] of Object.entries(FOLDERS)) {
    await mkdir(join(root, folder), { recursive: true });
    for (const name of names) {
      const { buffer } = await drawPicture({ number: (number += 1), width: 320, height: 240 });
      await writeFile(join(root, folder, name), buffer);
    }
  }
  return Object.keys(FOLDERS).map((folder) => join(root, folder));
}

/** The number on a chip that is offered. */
async function countOn(page: Page, words: string): Promise<number> {
  const chip = page
    .getByRole("group", { name: "Filters" })
    .getByRole("button", { name: new RegExp(`^${words} ?[\\d,]+$`) });
  return Number(/\d+$/u.exec(await chip.innerText())?.[0]);
}

test("with keys alone: images are searched, filtered and ordered, and every number agrees with the list", async ({
  app,
  page,
}, testInfo) => {
  await app.open();
  await dragOnto(page, { files: await writeFolders(testInfo.outputPath("dropped")) });
  await expect(app.run).toHaveAccessibleName(/^Caption 5 images/);
  await app.run.click();
  const heading = page.getByRole("region", { name: "Sheet" }).getByRole("heading", { level: 2 });
  await expect(app.counts).toContainText("5 captioned");
  await expect(heading).toHaveText("All 5 images");
  // The heads of the folders add up to what is shown.
  const heads = await page.getByText(/^\d+ images? · \d+ reviewed$/).allInnerTexts();
  expect(heads.map((text) => Number.parseInt(text, 10))).toEqual([3, 2]);
  await app.edit("hall.jpg", "A tall lamp lights the hall");

  // The browser's own search would not find what is out of sight; a second press is the browser's.
  const names = () => app.images.evaluateAll((all) => all.map((one) => one.ariaLabel));
  await page.keyboard.press("ControlOrMeta+f");
  const search = page.getByRole("searchbox", { name: /^Search texts/ });
  await expect(search).toBeFocused();
  await page.keyboard.type("LAMP");
  await expect(heading).toHaveText("Showing 4 of 5");
  await expect(page.locator("mark").first()).toHaveText(/lamp/i);
  await page.keyboard.type(" hall");
  await expect.poll(names).toEqual(["hall.jpg"]);
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await expect(heading).toHaveText("All 5 images");
  await expect(app.image("hall.jpg")).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("cafe");
  await expect.poll(names).toEqual(["café.jpg"]);
  await page.keyboard.press("Enter");
  await expect(app.image("café.jpg")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+f");
  await page.keyboard.press("Escape");

  expect((await countOn(page, "Edited")) + (await countOn(page, "Unreviewed"))).toBe(6);
  await page.getByRole("button", { name: /^Edited/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Filter on: Edited. Remove" })).toBeFocused();
  await expect(heading).toHaveText("Showing 1 of 5");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const panel = page.getByRole("region", { name: "All filters" });
  await panel.getByRole("checkbox", { name: /^rooms/ }).check();
  await expect.poll(names).toEqual(["hall.jpg"]);
  // In another folder nothing is edited, so none is offered.
  await expect(panel.getByRole("checkbox", { name: /^lamps/ })).toHaveCount(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Filter on: In rooms. Remove" })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("nothing like it");
  await expect(page.getByText("No image has these words.")).toBeVisible();
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(heading).toHaveText("All 5 images");

  await page.getByLabel("Order").filter({ visible: true }).selectOption("Name");
  await expect(app.images.first()).toHaveAccessibleName("café.jpg");
  await page.getByRole("button", { name: "Backwards" }).filter({ visible: true }).click();
  await expect
    .poll(names)
    .toEqual(["lamp-10.jpg", "lamp-2.jpg", "kitchen.jpg", "hall.jpg", "café.jpg"]);
  await page.reload();
  await expect
    .poll(names)
    .toEqual(["lamp-10.jpg", "lamp-2.jpg", "kitchen.jpg", "hall.jpg", "café.jpg"]);
});

test("another list begins at its top, and not at the offset of the one before", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(30));
  await app.image("picture-1.jpg").hover();
  await page.mouse.wheel(0, 100_000);
  await expect(app.image("picture-30.jpg")).toBeInViewport();
  await page.getByRole("button", { name: /^Unreviewed/ }).click();
  await page.keyboard.press("ControlOrMeta+f");
  await page.keyboard.type("jpg");
  await expect(app.image("picture-1.jpg")).toBeInViewport();
});

test("an export says whose texts it takes, and takes those", async ({ app, page }) => {
  await app.openWith(await drawPictures(3));
  await app.run.click();
  await expect(app.counts).toContainText("3 captioned");
  await app.edit("picture-2.jpg", "Mine");
  await page.getByRole("button", { name: /^Edited/ }).click();
  await expect(app.images).toHaveCount(1);
  const lines = async () =>
    (await readFile(await app.exportAs("CSV for spreadsheets"), "utf8")).trim().split("\n").length;
  expect(await lines()).toBe(2);
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitemcheckbox", { name: "All 3 images" }).click();
  await page.keyboard.press("Escape");
  expect(await lines()).toBe(4);
});
