import { readFile } from "node:fs/promises";
import { expectClean } from "./fixtures/axe-findings.ts";
import { drawPicture, drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test("with keys alone: problems are shown, mended one by one and all at once, with one undo", async ({
  app,
  page,
}) => {
  const [first, second, third] = await drawPictures(3);
  if (first === undefined || second === undefined || third === undefined) throw new Error("none");
  await app.openWith([first, second, third]);
  await app.run.click();
  await expect(app.counts).toContainText("3 captioned");
  await app.edit("picture-1.jpg", "A photo of a red kite over the sea.");
  await app.edit("picture-2.jpg", "Sure, here is a caption: **A photo of a hill at dusk 🌄**");
  await app.edit("picture-3.jpg", "A photo of a pier in the morning.");
  await expect(app.counts).toContainText("3 with problems");
  await expect(app.image("picture-1.jpg")).toContainText("Opens with “A photo of”");
  await expect(app.image("picture-2.jpg")).toContainText("+3");

  // One key mends all that can be mended in the image, and one undo takes it back.
  await app.image("picture-2.jpg").focus();
  await page.keyboard.press("f");
  await expect(app.captionOf("picture-2.jpg")).toHaveText("A hill at dusk.");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-2.jpg")).toContainText("Sure, here is");
  await page.keyboard.press("f");
  await expect(app.captionOf("picture-2.jpg")).toHaveText("A hill at dusk.");

  const filters = page.getByRole("group", { name: "Filters" });
  await filters.getByRole("button", { name: /^Opens with “image of”\s*2$/ }).press("Enter");
  await expect(app.images).toHaveCount(2);
  await filters.getByRole("button", { name: "Fix all 2…" }).press("Enter");
  const preview = page.getByRole("dialog", { name: "Opens with “image of”" });
  await expect(preview).toContainText("2 texts will change");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText("No image is all of this.")).toBeVisible();
  await page.getByRole("button", { name: "Show all images" }).press("Enter");
  await expect(app.captionOf("picture-1.jpg")).toHaveText("A red kite over the sea.");
  await expect(app.captionOf("picture-3.jpg")).toHaveText("A pier in the morning.");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-1.jpg")).toContainText("A photo of a red kite");
  await expect(app.captionOf("picture-3.jpg")).toContainText("A photo of a pier");
});

test("checks are switched per field, and say what each finds", async ({ app, page }) => {
  const [first, second] = await drawPictures(2);
  if (first === undefined || second === undefined) throw new Error("none");
  await app.openWith([first, second]);
  await app.run.click();
  await expect(app.counts).toContainText("2 captioned");
  await app.edit("picture-1.jpg", "A photo of a red kite over the sea");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("button", { name: "Choose checks" }).click();
  const dialog = page.getByRole("dialog", { name: "Checks" });
  const opening = dialog.getByRole("listitem").filter({ hasText: "Opens with “image of”" });
  await expect(opening).toContainText("1 text");
  await expectClean(page, "the checks");
  await dialog.getByRole("combobox", { name: /^Full stop/ }).selectOption("either");
  await opening.getByRole("checkbox").uncheck();
  // What it would find is still said.
  await expect(opening).toContainText("1 text");
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(app.counts).not.toContainText("problem");
});

test("a decorative image is not run, not a problem, and exported as such; roles are suggested, never given", async ({
  app,
  page,
  sandbox,
}) => {
  const drawing = { width: 320, height: 240 };
  await app.openWith([
    await drawPicture({ ...drawing, number: 1 }),
    await drawPicture({ ...drawing, number: 2, name: "divider-waves.jpg" }),
    await drawPicture({ ...drawing, number: 3, name: "sales-chart.jpg" }),
  ]);
  await expect(app.run).toHaveAccessibleName(/^Caption 3 images/);
  await app
    .image("divider-waves.jpg")
    .getByRole("button", { name: "Looks decorative: mark divider-waves.jpg so" })
    .click();
  await expect(app.image("divider-waves.jpg")).toContainText("screen readers pass over it");
  await expect(app.run).toHaveAccessibleName(/^Caption 2 remaining/);

  await app.image("sales-chart.jpg").focus();
  await page.keyboard.press("o");
  await expect(page.getByRole("dialog", { name: "Role of sales-chart.jpg" })).toBeVisible();
  await expectClean(page, "the choice of a role");
  await page.keyboard.press("c");
  await expect(app.image("sales-chart.jpg")).toContainText("Complex");
  await expect(page.getByText("Complex images ask for a long description")).toBeVisible();

  await app.run.click();
  await expect(app.counts).toContainText("2 captioned · 1 decorative");
  expect((await sandbox.ledger()).accepted).toBe(2);
  await expectClean(page, "roles in the list");
  const csv = await readFile(await app.exportAs("CSV for spreadsheets"), "utf8");
  expect(csv).toMatch(/divider-waves\.jpg,[^\r\n]*,decorative,/);

  await page.keyboard.press("4");
  const role = page.getByRole("group", { name: /^Role of / });
  await expect(role.getByRole("button", { pressed: true })).toHaveText("Complex");
  await expectClean(page, "roles one by one");
});
