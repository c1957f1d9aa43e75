import { expectClean, WIDTHS, widen } from "./fixtures/axe-findings.ts";
import { failedRequestsTo } from "./fixtures/console-watch.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test.use({ tolerated: { complaints: [failedRequestsTo("/api/v1")] } });

test("axe finds nothing on an empty sheet and in the other views", async ({ app, page }) => {
  await app.open();
  await expectClean(page, "Caption");
  for (const name of ["Compare", "Age check"]) {
    await page.getByRole("link", { name }).filter({ visible: true }).click();
    await expect(page.getByRole("main")).toBeVisible();
    await expectClean(page, name);
  }
});

test("axe finds nothing among answers, edits and failures", async ({ app, page, sandbox }) => {
  await sandbox.play({ next: ["no-text", "refused", "rejected"] });
  await app.openWith(await drawPictures(5));
  await app.run.click();
  await expect(app.counts).toHaveText("2 captioned · 3 with problems");
  // Which two were answered depends on the order in which the tasks arrived.
  const answered = app.images.filter({ has: page.getByRole("meter", { name: "Length" }) });
  const name = await answered.last().getAttribute("aria-label");
  await app.edit(name ?? "no image was answered", "My own words.");
  await expectClean(page, "captions");
  await app.choose("Open Age Detection");
  await app.run.click();
  await expect(app.image("picture-5.jpg")).toContainText("%");
  await expectClean(page, "ages");
});

for (const width of WIDTHS)
  test(`axe finds nothing in the dialogs, ${width} px wide`, async ({ app, page }) => {
    await widen(page, width);
    await app.open();
    const buttons = [
      page.getByRole("button", { name: /^Sheet: / }),
      app.spent,
      app.connection,
      page.getByRole("button", { name: "Settings" }),
    ];
    for (const button of buttons) {
      await button.click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectClean(page, await page.getByRole("dialog").innerText(), [width]);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(button).toBeFocused();
    }
  });

for (const width of WIDTHS)
  test(`axe finds nothing in the dialogs of Caption, ${width} px wide`, async ({ app, page }) => {
    await widen(page, width);
    await app.openWith(await drawPictures(2));
    const dialog = page.getByRole("dialog");
    await app.unfoldRecipe();
    const menuItem = async (name: string) => {
      await page.getByRole("button", { name: /^Choose another prompt/ }).click();
      await page.getByRole("menuitem", { name }).click();
    };
    const openers = [
      () => menuItem("Save and manage prompts…"),
      () => page.getByRole("button", { name: "Add a field" }).click(),
      () => page.getByRole("button", { name: "Add a note" }).click(),
      () => page.getByRole("button", { name: /^As sent for / }).click(),
      () => page.getByRole("button", { name: "What leaves it" }).click(),
    ];
    for (const open of openers) {
      await open();
      await expect(dialog).toBeVisible();
      await expectClean(page, await dialog.innerText(), [width]);
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    }
  });
