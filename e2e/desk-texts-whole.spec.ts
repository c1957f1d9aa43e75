import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page, TestInfo } from "@playwright/test";
import { withXmp } from "#src/images/test-files.ts";
import { drawPictures, manyPictures } from "./fixtures/draw-picture.ts";
import { dragOnto, dropFiles } from "./fixtures/drop-files.ts";
import { patienceMs } from "./fixtures/patience.ts";
import { expect, test } from "./fixtures/test.ts";
import { DeskPage } from "./pages/desk-page.ts";

const ALL = 60;
const TAGGED = 80;

/** Presses the button with this name by keyboard. */
async function press(page: Page, name: string | RegExp) {
  await page.getByRole("button", { name }).filter({ visible: true }).first().focus();
  await page.keyboard.press("Enter");
}

/** Sixty photographs: five with a text file beside them, three with words in their XMP, one of them with both. */
async function writePhotographs(testInfo: TestInfo): Promise<string> {
  const folder = testInfo.outputPath("dropped", "harbour");
  await mkdir(folder, { recursive: true });
  const pictures = await manyPictures(ALL);
  for (const [index, { name, buffer }] of pictures.entries()) {
    const number = index + 1;
    const hasXmp = number >= 5 && number <= 7;
    const words = `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Metadata ${number}.</rdf:li></rdf:Alt></dc:description>`;
    await writeFile(join(folder, name), hasXmp ? withXmp(buffer, words) : buffer);
    if (number <= 5) await writeFile(join(folder, `picture-${number}.txt`), `Sidecar ${number}.\n`);
  }
  return folder;
}

test(
  "sixty photographs with existing captions; conflicts, problems and doubles settled with keys alone",
  { tag: "@long" },
  async ({ app, page, sandbox }, testInfo) => {
    test.setTimeout(patienceMs(ALL * 5));
    await app.open();
    await dragOnto(page, { files: [await writePhotographs(testInfo)] });

    // Five sidecars and three pictures' own words: one text has two of them.
    const oneDiffers = page.getByRole("dialog", { name: "1 text differs" });
    await expect(oneDiffers).toBeVisible();
    await oneDiffers.getByRole("radio", { checked: true }).focus();
    await page.keyboard.press("ArrowDown");
    await expect(oneDiffers.getByRole("radio", { name: "Metadata 5." })).toBeChecked();
    await press(page, "Take 1");
    await expect(app.captionOf("picture-5.jpg")).toHaveText("Metadata 5.");
    await expect(app.captionOf("picture-1.jpg")).toHaveText("Sidecar 1.");

    // Kept ones are not asked for.
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(app.counts).toContainText("60 captioned", { timeout: patienceMs(ALL) });
    expect((await sandbox.ledger()).accepted).toBe(53);

    // A table of ours, edited elsewhere: the user's own words win unless they say otherwise.
    await app.image("picture-1.jpg").focus();
    await page.keyboard.press("e");
    await new DeskPage(page).retype("Mine, on the sheet.");
    await page.keyboard.press("Enter");
    const csv = await readFile(await app.exportAs("CSV for spreadsheets"), "utf8");
    const edited = csv.replaceAll(
      /^(picture-[12]\.jpg,[^,]*),(?:"(?:[^"]|"")*"|[^,]*),/gmu,
      "$1,Edited elsewhere.,",
    );
    const path = testInfo.outputPath("captions.csv");
    await writeFile(path, edited);
    await dropFiles(page, [path]);
    await expect(page.getByRole("dialog", { name: /texts? differs?$/ })).toBeVisible();
    await press(page, /^Take \d+, keep \d+ as (it is|they are)$/);
    await expect(app.captionOf("picture-1.jpg")).toHaveText("Mine, on the sheet.");
    await expect(app.captionOf("picture-2.jpg")).toHaveText("Edited elsewhere.");

    // A problem in every text, made in bulk; all mended with one change, which one undo takes back.
    await page.keyboard.press("b");
    const bulk = page.getByRole("dialog", { name: "Edit in bulk" });
    await bulk.getByRole("button", { name: "Prefix, suffix" }).focus();
    await page.keyboard.press("Enter");
    await bulk.getByLabel("Put before each text").focus();
    await page.keyboard.type("A photo of ");
    await expect(bulk.getByRole("region").getByRole("status")).toHaveText(
      "60 of 60 texts will change",
    );
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(app.counts).toContainText("60 with problems");
    await press(page, /^Opens with “image of”\s*60$/);
    await press(page, "Fix all 60…");
    await expect(page.getByRole("dialog")).toContainText("60 texts will change");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(page.getByText("No image is all of this.")).toBeVisible();
    await page.keyboard.press("ControlOrMeta+z");
    await expect(app.images.first()).toContainText("A photo of ");
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await press(page, "Show all images");
    await expect(app.captionOf("picture-2.jpg")).toHaveText("Edited elsewhere.");

    // What looks the same takes one text.
    await press(page, "More for this sheet");
    await page.getByRole("menuitem", { name: "Near-duplicate pictures" }).focus();
    await page.keyboard.press("Enter");
    const alike = page.getByRole("dialog", { name: "Near-duplicate pictures" });
    await alike
      .getByRole("button", { name: /^Take its text for \d+ others…/ })
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await press(page, /^Change \d+ texts?/);
    await expect(alike.getByRole("button", { name: "All have this text" }).first()).toBeVisible();
    await page.keyboard.press("Escape");

    // An old answer comes back.
    await app.image("picture-12.jpg").focus();
    const answer = await app.captionOf("picture-12.jpg").innerText();
    await page.keyboard.press("e");
    await new DeskPage(page).retype("Written over.");
    await page.keyboard.press("Enter");
    await page.keyboard.press("h");
    const entries = page
      .getByRole("dialog", { name: "History of picture-12.jpg" })
      .getByRole("listitem");
    await entries
      .filter({ hasText: answer })
      .first()
      .getByRole("button", { name: "Restore" })
      .focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await expect(app.captionOf("picture-12.jpg")).toHaveText(answer);
    expect((await sandbox.ledger()).accepted).toBe(53);
  },
);

test(
  "a tag is renamed over eighty images with keys alone, and one undo takes it back",
  { tag: "@long" },
  async ({ app, page, sandbox }, testInfo) => {
    test.setTimeout(patienceMs(TAGGED * 2));
    await app.openWith(await drawPictures(1));
    await press(page, "Add a field");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Keywords/ })
      .focus();
    await page.keyboard.press("Enter");
    const folder = testInfo.outputPath("tagged");
    await mkdir(folder, { recursive: true });
    const rows = [];
    for (const { name, buffer } of await manyPictures(TAGGED)) {
      const file = `tagged-${name}`;
      await writeFile(join(folder, file), buffer);
      rows.push(JSON.stringify({ file_name: file, keywords: `table-lamp, brass, ${name}` }));
    }
    await writeFile(join(folder, "metadata.jsonl"), rows.join("\n"));
    await dragOnto(page, { files: [folder] });
    await expect(page.getByText(/taking 80 captions from 1 file/)).toBeVisible({
      timeout: patienceMs(TAGGED),
    });
    await page.keyboard.press("t");
    const dialog = page.getByRole("dialog", { name: "Tags: Keywords" });
    await expect(dialog).toContainText("82 tags, 240 times, on 80 of 81 images");
    const tags = dialog.getByRole("list", { name: "Tags" });
    await tags.getByRole("button", { name: /^table-lamp/ }).focus();
    await page.keyboard.press("F2");
    await page.keyboard.type("table lamp");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: /^Rename/ })).toContainText(
      "80 texts will change",
    );
    await page.keyboard.press("Enter");
    await expect(tags.getByRole("button", { name: /^table lamp/ })).toContainText("80");
    await page.keyboard.press("Escape");
    await expect(app.image("tagged-picture-1.jpg")).toContainText("table lamp, brass");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(app.image("tagged-picture-1.jpg")).toContainText("table-lamp, brass");
    expect((await sandbox.ledger()).accepted).toBe(0);
  },
);
