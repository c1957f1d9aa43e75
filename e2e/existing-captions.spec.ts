import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestInfo } from "@playwright/test";
import { drawPictures } from "#e2e/fixtures/draw-picture.ts";
import { dragOnto, dropFiles } from "#e2e/fixtures/drop-files.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { withXmp } from "#src/images/test-files.ts";

const XMP_TEXT = "Words in the picture itself.";

function described(jpeg: Uint8Array): Buffer {
  const alternatives = `<rdf:Alt><rdf:li xml:lang="x-default">${XMP_TEXT}</rdf:li></rdf:Alt>`;
  return Buffer.from(withXmp(jpeg, `<dc:description>${alternatives}</dc:description>`));
}

/** A folder of eight pictures: five with a text beside them, the fifth and the sixth with words of their own. */
async function writeFolder(testInfo: TestInfo): Promise<string> {
  const folder = join(testInfo.outputPath("dropped"), "lamps");
  await mkdir(folder, { recursive: true });
  const pictures = await drawPictures(8);
  await Promise.all(
    pictures.map(({ name, buffer }, at) =>
      writeFile(join(folder, name), at === 4 || at === 5 ? described(buffer) : buffer),
    ),
  );
  await Promise.all(
    [1, 2, 3, 4, 5].map((number) =>
      writeFile(join(folder, `picture-${number}.txt`), `Text ${number} of mine.\n`),
    ),
  );
  return folder;
}

test("texts beside pictures and in them come with the drop; a choice by keys, one undo, kept or asked for", async ({
  app,
  page,
  sandbox,
}, testInfo) => {
  await app.open();
  await dragOnto(page, { files: [await writeFolder(testInfo)] });
  const dialog = page.getByRole("dialog", { name: "1 text differs" });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("radio", { checked: true })).toHaveAccessibleName(
    "Text 5 of mine.",
  );
  await dialog.getByRole("radio", { checked: true }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: XMP_TEXT })).toBeChecked();
  await dialog.getByRole("button", { name: "Take 1" }).focus();
  await page.keyboard.press("Enter");
  await expect(app.captionOf("picture-5.jpg")).toHaveText(XMP_TEXT);
  await expect(app.captionOf("picture-6.jpg")).toHaveText(XMP_TEXT);
  await expect(app.captionOf("picture-1.jpg")).toHaveText("Text 1 of mine.");
  await expect(app.image("picture-1.jpg")).toContainText("from picture-1.txt");
  await expect(app.run).toHaveAccessibleName(/^Caption 2 remaining/);
  await expect(page.getByText("Done: taking 1 caption from 1 file.")).toBeVisible();

  // What was chosen has an undo of its own, before that of the drop.
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-5.jpg")).toHaveText("Text 5 of mine.");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.run).toHaveAccessibleName(/^Caption 8 images/);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(app.run).toHaveAccessibleName(/^Caption 2 remaining/);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(app.captionOf("picture-5.jpg")).toHaveText(XMP_TEXT);
  await page.getByLabel("Ask also about images that came with a text").check();
  await expect(app.run).toHaveAccessibleName(/^Caption 8 images/);

  await app.prompt.fill("Say it in fewer words: {existing}");
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).not.toHaveText("Text 1 of mine.");
  await expect(app.run).toHaveAccessibleName(/^Caption 8 images again/);
  const { received } = await sandbox.ledger();
  const prompts = received.map(({ prompt }) => prompt);
  expect(prompts).toContain("Say it in fewer words: Text 1 of mine.");
  expect(prompts).toContain(`Say it in fewer words: ${XMP_TEXT}`);
  expect(prompts).toHaveLength(8);
});

test("a table of ours that was edited elsewhere comes back; the user's own words win unless they say otherwise", async ({
  app,
  page,
}, testInfo) => {
  await app.openWith(await drawPictures(3));
  await app.run.click();
  await app.runEnds(3);
  await app.edit("picture-1.jpg", "Mine, on the sheet.");
  const lines = (await readFile(await app.exportAs("CSV for spreadsheets"), "utf8")).split("\r\n");
  const edited = lines.map((line) =>
    line.replace(/^(picture-[12]\.jpg),,(?:"(?:[^"]|"")*"|[^,]*),/u, "$1,,Edited elsewhere.,"),
  );
  const csv = testInfo.outputPath("captions.csv");
  await writeFile(csv, edited.join("\r\n"));
  await dropFiles(page, [csv]);
  const dialog = page.getByRole("dialog", { name: "2 texts differ" });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("radio", { checked: true })).toHaveCount(2);
  await dialog.getByRole("button", { name: "Take 1, keep 1 as they are" }).click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText("Mine, on the sheet.");
  await expect(app.captionOf("picture-2.jpg")).toHaveText("Edited elsewhere.");
  await expect(app.image("picture-2.jpg")).toContainText("from captions.csv");
  await expect(page.getByRole("region", { name: "Added files" })).toBeHidden();
});

test("what of the captions is not taken is said, and a field for what has none is one press away", async ({
  app,
  page,
}, testInfo) => {
  await app.openWith(await drawPictures(2));
  const table = testInfo.outputPath("metadata.jsonl");
  await writeFile(
    table,
    [
      '{"file_name": "picture-1.jpg", "text": "One.", "tags": ["lamp", "brass"]}',
      '{"file_name": "picture-2.jpg", "text": ',
      '{"file_name": "elsewhere.jpg", "text": "Nobody."}',
      // So long that a worker reads it.
      `{"file_name": "picture-1.jpg", "seeds": "${"7".repeat(600_000)}"}`,
    ].join("\n"),
  );
  await dropFiles(page, [table]);
  const report = page.getByRole("region", { name: "Added files" });
  await expect(report).toContainText("1 caption taken from 1 file");
  await expect(report).toContainText("Line 2 is no JSON object, and was left out.");
  await expect(report).toContainText("elsewhere.jpg in metadata.jsonl");
  await report.getByRole("button", { name: "Add the field Keywords" }).click();
  await expect(app.image("picture-1.jpg")).toContainText("lamp, brass");
  await report.getByRole("button", { name: "Dismiss" }).click();
  await expect(report).toBeHidden();
});
