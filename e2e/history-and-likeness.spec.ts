import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expectClean } from "./fixtures/axe-findings.ts";
import { drawPicture, drawPictures } from "./fixtures/draw-picture.ts";
import { dragOnto } from "./fixtures/drop-files.ts";
import { expect, test } from "./fixtures/test.ts";

test("by keys alone: two texts of the history are compared, an old answer is restored, and undone", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await expect(app.captionOf("picture-2.jpg")).toHaveText(/\w/);
  const answer = await app.captionOf("picture-1.jpg").innerText();
  await app.edit("picture-1.jpg", `${answer} In my words.`);

  await expect(app.image("picture-1.jpg")).toBeFocused();
  await page.keyboard.press("h");
  const dialog = page.getByRole("dialog", { name: "History of picture-1.jpg" });
  const entries = dialog.getByRole("listitem");
  await expect(entries).toHaveCount(2);
  await expect(entries.nth(0)).toContainText("You");
  await expect(entries.nth(0)).toContainText("Shown now");
  await expect(entries.nth(1)).toContainText(answer);
  await expect(entries.nth(1)).toContainText(/\$0\.\d+ · \d+\.\d s · simulated/);
  const press = async (name: string) => {
    await entries.nth(1).getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  await press("Compare");
  const compared = dialog.getByRole("region", { name: "Compared" });
  await expect(compared.locator("ins")).toHaveText(/ In my words\./);
  await expectClean(page, "history");
  await press("Restore");
  // The user's own words stay in the history.
  await expect(entries).toHaveCount(3);
  await page.keyboard.press("Escape");
  await expect(app.image("picture-1.jpg")).toBeFocused();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(answer);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-1.jpg")).toHaveText(`${answer} In my words.`);

  await page.getByRole("button", { name: "More for picture-2.jpg" }).click();
  await page.getByRole("menuitem", { name: "History" }).click();
  await expect(page.getByRole("dialog", { name: "History of picture-2.jpg" })).toBeVisible();
});

test("openings and missing words are found, taken off and put in with one undo each; what is alike is listed", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(5));
  await app.run.click();
  await expect(app.captionOf("picture-5.jpg")).toHaveText(/\w/);
  await app.edit("picture-1.jpg", "A photo of a brass lamp on a desk beside the window at night.");
  await app.edit("picture-2.jpg", "A photo of a brass lamp on a desk beside the window at noon.");
  await app.edit("picture-3.jpg", "A photo of two boats.");
  await app.edit("picture-4.jpg", "A photo of a hall.");

  const menu = page.getByRole("button", { name: "More for this sheet" });
  await menu.click();
  await page.getByRole("menuitem", { name: "Consistency of the texts" }).click();
  const dialog = page.getByRole("dialog", { name: "Consistency" });
  const openings = dialog.getByRole("region", { name: "Openings" });
  await expect(openings.getByRole("listitem")).toHaveText(/^“A photo of …” ?opens 4 texts of 5/);
  await dialog.getByRole("textbox", { name: "Words that every text has" }).fill("sks");
  const missing = dialog.getByRole("region", { name: "Missing words" });
  await expect(missing.getByRole("listitem")).toHaveText(/^“sks” ?missing in 5 texts/);
  await expectClean(page, "consistency");

  await openings.getByRole("button", { name: "Take it off…" }).click();
  await page.getByRole("button", { name: /^Change 4 texts/ }).click();
  await expect(openings).toContainText("No opening of 3 words is used more than 3 times.");
  await missing.getByRole("button", { name: "Put it first…" }).click();
  await page.getByRole("button", { name: /^Change 5 texts/ }).click();
  await expect(missing).toContainText("Every text has them.");

  const alike = dialog.getByRole("region", { name: "Nearly the same text" });
  await alike.getByRole("button", { name: "Show these" }).click();
  await expect(page.getByRole("heading", { name: "Showing 2 of 5" })).toBeVisible();
  await expect(app.captionOf("picture-2.jpg")).toHaveText(/^sks, A brass lamp/);
  await page.getByRole("button", { name: "Clear all" }).click();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-4.jpg")).toHaveText("A hall.");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-4.jpg")).toHaveText("A photo of a hall.");

  await menu.click();
  await page.getByRole("menuitem", { name: "Models on this sheet" }).click();
  const models = page.getByRole("dialog", { name: "Models on this sheet" });
  // Five answers, of which four were edited, none of them left as it was.
  await expect(models.getByRole("row").nth(1)).toContainText(/5\$0\.0013|5 ?\$0\.00\d\d/);
  await expect(models.getByRole("row").nth(1)).toContainText(/0\s%/);
  await expectClean(page, "models");
});

test("one of each group of pictures is asked about, and its text is taken for those that look the same", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith([
    await drawPicture({ number: 3, name: "first.jpg" }),
    await drawPicture({ number: 41, name: "other.jpg" }),
    await drawPicture({ number: 3, name: "copy.jpg" }),
    await drawPicture({ number: 3, name: "small.png", width: 320, height: 240, format: "png" }),
  ]);
  const open = async () => {
    await page.getByRole("button", { name: "More for this sheet" }).click();
    await page.getByRole("menuitem", { name: "Near-duplicate pictures" }).click();
  };
  await open();
  const dialog = page.getByRole("dialog", { name: "Near-duplicate pictures" });
  const group = dialog.getByRole("group", { name: "3 that look alike" });
  await expect(group.getByRole("radio")).toHaveCount(3);
  await expect(dialog).not.toContainText("other.jpg");
  await dialog.getByRole("button", { name: "Select one of each" }).click();
  await expect(page.getByText("2 selected", { exact: true })).toBeVisible();
  await app.run.click();
  await expect(app.captionOf("other.jpg")).toHaveText(/\w/);
  await expect(app.captionOf("first.jpg")).toHaveText(/\w/);
  expect((await sandbox.ledger()).accepted).toBe(2);

  await open();
  await expectClean(page, "near-duplicates");
  await group.getByRole("button", { name: "Take its text for 2 others…" }).click();
  await page.getByRole("button", { name: /^Change 2 texts/ }).click();
  await expect(group.getByRole("button", { name: "All have this text" })).toBeVisible();
  await group.getByRole("button", { name: "Show these" }).click();
  await expect(page.getByRole("heading", { name: "Showing 3 of 4" })).toBeVisible();
  const answer = await app.captionOf("first.jpg").innerText();
  await expect(app.captionOf("copy.jpg")).toHaveText(answer);
  await expect(app.captionOf("small.png")).toHaveText(answer);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("small.png")).toHaveCount(0);
  expect((await sandbox.ledger()).accepted).toBe(2);
});

test("the same file in two folders gets a text and a caption file in each place, and is paid for once", async ({
  app,
  page,
  sandbox,
}, testInfo) => {
  const { buffer } = await drawPicture({ number: 5 });
  const paths = ["north", "south"].map((folder) =>
    testInfo.outputPath("boats", folder, "boat.jpg"),
  );
  for (const path of paths) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, buffer);
  }
  await app.open();
  await dragOnto(page, { files: [testInfo.outputPath("boats")] });
  await expect(app.run).toHaveAccessibleName(/^Caption 2 images(?!.* ready)/);
  await app.run.click();
  await expect(app.counts).toContainText("2 captioned");
  expect((await sandbox.ledger()).accepted).toBe(1);
  expect(await app.namesInArchive()).toEqual(
    expect.arrayContaining(["boats/north/boat.txt", "boats/south/boat.txt"]),
  );
});
