import type { Locator, Page } from "@playwright/test";
import { drawPictures } from "#e2e/fixtures/draw-picture.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

/** Adds a field by the name of its kind. */
async function addField(page: Page, name: string) {
  await page.getByRole("button", { name: "Add a field" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(`^${name}`) })
    .click();
}

/** The field's text in an image's article. */
function textOf(image: Locator, words: RegExp | string): Locator {
  return image.locator("p[dir=auto]").filter({ hasText: words }).first();
}

test("one run asks for every field that is missing, each with its own prompt, to the letter", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(2));
  await addField(page, "Title");
  const prompt = page.getByLabel("Prompt for Title");
  await expect(prompt).toBeVisible();
  await prompt.fill("Name it as in {context}, at most {max} characters, in {language}: {file}");
  await page.getByLabel("Language").selectOption("fr");
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.getByLabel("For the whole sheet").fill("A harbour in March.");
  await page.getByRole("button", { name: "Save notes" }).click();
  await app.image("picture-2.jpg").focus();
  await page.keyboard.press("p");
  const shown = page
    .getByRole("dialog")
    .getByRole("region", { name: "Title" })
    .locator("p")
    .first();
  const sent = "Name it as in A harbour in March., at most 60 characters, in French: picture-2.jpg";
  await expect(shown).toHaveText(sent);
  await page.keyboard.press("Escape");
  await expect(app.run).toHaveAccessibleName(/^Caption 2 images, 4 texts/);
  await app.run.click();
  await expect(
    page.getByRole("button", { name: "Title", exact: true }).locator(".."),
  ).toContainText("2/2");
  const { received } = await sandbox.ledger();
  expect(received).toHaveLength(4);
  expect(received.map((task) => task.prompt)).toContain(sent);
  // A field that is not asked for lacks nothing.
  await page.getByLabel("Ask for Title").uncheck();
  await expect(app.run).toHaveAccessibleName(/^Caption 2 images again/);
});

test("a prompt of one’s own is saved, found on another sheet, and choosing one never loses what was typed", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(1));
  await app.prompt.fill("Shop text for {file}.");
  const chooser = page.getByRole("button", { name: /^Choose another prompt/ });
  await expect(chooser).toContainText("not saved");
  await chooser.click();
  await page.getByRole("menuitem", { name: "Save and manage prompts…" }).click();
  await page.getByRole("button", { name: "Save the current prompt" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Shop");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Close" }).click();
  await expect(chooser).toContainText("yours");
  await app.prompt.fill("Typed, and not saved.");
  await chooser.click();
  await page.getByRole("menuitemcheckbox", { name: /^Shop/ }).click();
  await expect(app.prompt).toHaveValue("Shop text for {file}.");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(app.prompt).toHaveValue("Typed, and not saved.");
  await chooser.click();
  await page.getByRole("menuitemcheckbox", { name: /^Shop/ }).click();
  await page.reload();
  await chooser.click();
  await page.getByRole("menuitemcheckbox", { name: /Typed, and not saved/ }).click();
  await expect(app.prompt).toHaveValue("Typed, and not saved.");
});

test("a field is renamed, moved and removed, and one undo brings it back with its texts", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(1));
  await addField(page, "Keywords");
  await app.run.click();
  const image = app.image("picture-1.jpg");
  await expect(image.locator("p[dir=auto]")).toHaveCount(2);
  const keywords = await image.locator("p[dir=auto]").last().textContent();
  await page.getByRole("button", { name: "Change the field Keywords" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Tags");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Change the field Tags" }).click();
  await page.getByRole("button", { name: "Remove this field" }).click();
  await expect(image.locator("p[dir=auto]")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(textOf(image, keywords ?? "")).toBeVisible();
  const inPanel = page.getByRole("region", { name: "Fields" });
  await expect(inPanel.getByRole("button", { name: "Tags", exact: true })).toBeVisible();
});
