import type { Locator, Page } from "@playwright/test";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { AgePage } from "./pages/age-page.ts";
import { ComparePage } from "./pages/compare-page.ts";
import { expect, test } from "./fixtures/test.ts";

// Keys and screen readers start again from the top of the page if what had the focus is gone.

test("every dialog of the header gives the focus back to where it was", async ({ app, page }) => {
  await app.open();
  const from = page.getByRole("button", { name: "Light theme" }).or(darkTheme(page));
  for (const command of [
    "Settings",
    "Sheets",
    "Trash",
    "Rename this sheet",
    "Spending and cap",
    "Connection",
    "Keyboard shortcuts",
    "Erase everything on this device…",
  ]) {
    await from.focus();
    await giveCommand(page, command);
    await closeDialog(page);
    await expect(from, command).toBeFocused();
  }
});

test("asking again, removing, undoing and deleting leave the focus beside what is gone", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(3));
  await page.getByRole("button", { name: "More ways to add images" }).click();
  await page.getByRole("menuitem", { name: "By web address or UUID…" }).press("Enter");
  await closeDialog(page);
  await expectFocus(page, "references");
  await page.getByRole("button", { name: "What leaves it" }).press("Enter");
  await closeDialog(page);
  await expectFocus(page, "what leaves");

  await app.run.press("Enter");
  await app.runEnds(3);
  await expectFocus(page, "a run");
  await app.run.press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Ask again/ })
    .press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await app.runEnds(3);
  await expectFocus(page, "asking again");

  await page.getByRole("checkbox", { name: "Select picture-2.jpg" }).press("Space");
  await page.getByRole("button", { name: /^Remove \d/ }).press("Enter");
  await expect(app.images).toHaveCount(2);
  await expectFocus(page, "removing");
  await page.getByRole("button", { name: "Undo", exact: true }).press("Enter");
  await expect(app.images).toHaveCount(3);
  await expectFocus(page, "undoing");

  await page.getByRole("button", { name: /^Sheet: / }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Sheets" });
  await dialog.getByRole("button", { name: "New sheet", exact: true }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expectFocus(page, "a new sheet");
  await page.getByRole("button", { name: /^Sheet: / }).press("Enter");
  await dialog
    .getByRole("button", { name: /^Delete / })
    .first()
    .press("Enter");
  await expect(dialog.getByRole("button", { name: /^Delete / })).toHaveCount(1);
  await expectFocus(page, "deleting a sheet", dialog);
});

test("the dialogs of Compare and Age check give the focus back", async ({ app, page }) => {
  const compare = new ComparePage(page);
  await compare.openAnswered(app, 2);
  for (const command of ["Vote one by one", "Present"]) {
    await giveCommand(page, command);
    await closeDialog(page);
    await expectFocus(page, command);
  }
  await new AgePage(page).open();
  for (const command of ["Enter true ages", "Draw a sample", "Merge a colleague’s verdicts"]) {
    await giveCommand(page, command);
    await closeDialog(page);
    await expectFocus(page, command);
  }
});

function darkTheme(page: Page): Locator {
  return page.getByRole("button", { name: "Dark theme" });
}

/** Gives a command by its name, as keys do. */
async function giveCommand(page: Page, command: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await expect(palette).toBeVisible();
  await page.keyboard.type(command);
  await expect(palette.getByRole("option").first()).toContainText(command);
  await page.keyboard.press("Enter");
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole("dialog")).toBeVisible();
}

async function closeDialog(page: Page): Promise<void> {
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** Expects that something has the focus once the page has come to rest: within this, if that is said. */
async function expectFocus(page: Page, after: string, within?: Locator): Promise<void> {
  const where = await page.evaluate(async () => {
    for (let frames = 0; frames < 5; frames += 1) await new Promise(requestAnimationFrame);
    return document.activeElement?.tagName;
  });
  expect(where, after).toMatch(/^(?!BODY)./);
  if (within !== undefined) await expect(within.locator(":focus"), after).toHaveCount(1);
}
