import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { drawPictures, manyPictures } from "./fixtures/draw-picture.ts";
import { dragOnto } from "./fixtures/drop-files.ts";
import { patienceMs } from "./fixtures/patience.ts";
import { expect, test } from "./fixtures/test.ts";
import { DeskPage } from "./pages/desk-page.ts";

const FOLDERS = { lamps: 24, rooms: 20, icons: 16 } as const;
const ALL = 60;
const EDITS = 20;

/** Presses the button with this name by keyboard. */
async function press(page: Page, name: string | RegExp) {
  await page.getByRole("button", { name }).filter({ visible: true }).first().focus();
  await page.keyboard.press("Enter");
}

async function writeFolders(root: string): Promise<string[]> {
  const pictures = await manyPictures(ALL);
  let at = 0;
  for (const [folder, count] of Object.entries(FOLDERS)) {
    await mkdir(join(root, folder), { recursive: true });
    for (let number = 1; number <= count; number++) {
      const picture = pictures[at++];
      if (picture === undefined) throw new Error("too few pictures");
      await writeFile(join(root, folder, `${folder}-${number}.jpg`), picture.buffer);
    }
  }
  return Object.keys(FOLDERS).map((folder) => join(root, folder));
}

/** Two more fields, each chosen by keys; the title’s prompt is the user’s own. */
async function setUpFields(page: Page) {
  for (const name of [/^Title/, /^Keywords/]) {
    await press(page, "Add a field");
    await page.getByRole("dialog").getByRole("button", { name }).focus();
    await page.keyboard.press("Enter");
  }
  await press(page, "Title");
  await page.getByLabel("Prompt for Title").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Title for {file} in {folder}, at most {max}: {context}");
}

test(
  "sixty photographs, three fields, one press; corrected, found and reviewed with keys alone",
  { tag: "@long" },
  async ({ app, page, sandbox }, testInfo) => {
    test.setTimeout(patienceMs(ALL * 6));
    const desk = new DeskPage(page);
    await app.openWith(await drawPictures(1));
    await setUpFields(page);
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(app.counts).toContainText("1 captioned", { timeout: patienceMs(3) });
    await press(page, /^Sheet: /);
    await press(page, "New sheet");

    await expect(page.getByRole("heading", { name: "Drop images anywhere" })).toBeVisible();

    // The new sheet asks what was asked last; one press covers what is still being prepared.
    await dragOnto(page, { files: await writeFolders(testInfo.outputPath("dropped")) });
    await expect(app.images.first()).toBeVisible();
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(app.counts).toContainText("60 captioned", { timeout: patienceMs(ALL * 3) });
    const { received, accepted } = await sandbox.ledger();
    expect(accepted).toBe(3 + ALL * 3);
    expect(received.map(({ prompt }) => prompt)).toContain(
      "Title for rooms-7.jpg in rooms, at most 60: ",
    );

    // Folder heads and frames agree with what was dropped.
    const heads = await page.getByRole("heading", { name: /^(lamps|rooms|icons)/ }).allInnerTexts();
    expect(heads[0]).toContain("lamps");
    await expect(app.images.first()).toContainText("01");

    // Twenty edits: beyond the typing, one key each.
    await page.keyboard.press("1");
    await app.image("lamps-1.jpg").focus();
    await page.keyboard.press("Enter");
    for (let edit = 1; edit <= EDITS; edit++) {
      await expect(
        page.getByRole("textbox", { name: `Caption of lamps-${edit}.jpg` }),
      ).toBeFocused();
      await desk.retype(`Lamp ${edit}`);
      await page.keyboard.press("ControlOrMeta+Enter");
    }
    await page.keyboard.press("Escape");

    // Search, a filter and an order together.
    const sheet = page.getByRole("region", { name: "Sheet", exact: true });
    const heading = sheet.getByRole("heading", { level: 2 }).first();
    await page.keyboard.press("/");
    await page.keyboard.type("lamps");
    await expect(heading).toHaveText(`Showing ${FOLDERS.lamps} of ${ALL}`);
    await page.keyboard.press("Enter");
    await press(page, /^Edited/);
    await expect(heading).toHaveText(`Showing ${EDITS} of ${ALL}`);
    await page.getByLabel("Order").filter({ visible: true }).focus();
    // The browser's own key: the first letter chooses.
    await page.keyboard.type("Name");
    const names = () => app.images.evaluateAll((all) => all.map((one) => one.ariaLabel));
    expect((await names()).slice(0, 3)).toEqual(["lamps-1.jpg", "lamps-2.jpg", "lamps-3.jpg"]);
    await press(page, /^Filter on: Edited/);
    await page.keyboard.press("ControlOrMeta+f");
    await page.keyboard.press("Escape");
    await expect(heading).toHaveText(`All ${ALL} images`);

    // Reviewed to the end, in the order of the sheet.
    await page.getByLabel("Order").filter({ visible: true }).focus();
    await page.keyboard.type("Sheet");
    await app.image("lamps-1.jpg").focus();
    await page.keyboard.press("4");
    await expect(page.getByRole("button", { name: "Reviewed, next" })).toBeVisible();
    for (let reviewed = 1; reviewed <= ALL; reviewed++) {
      await page.keyboard.press("ControlOrMeta+Enter");
      await expect(desk.progress.first()).toHaveText(`${reviewed} of ${ALL} reviewed`);
    }
    expect((await sandbox.ledger()).accepted).toBe(3 + ALL * 3);
  },
);
