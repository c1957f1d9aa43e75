import type { Page } from "@playwright/test";
import { expectClean } from "./fixtures/axe-findings.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";

test("what was removed comes back by undo on its own sheet, and not while another one is shown", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(2));
  await page.keyboard.press("j");
  await page.keyboard.press("Delete");
  await expect(app.images).toHaveCount(1);
  await newSheet(page);
  await page.keyboard.press("ControlOrMeta+z");
  await showOther(page);
  await expect(app.images).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByText("Undone: removing 1 image")).toBeVisible();
  await expect(app.images).toHaveCount(2);
});

test("asking all again is undone from another sheet by its own button, while it runs", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await expect(app.run).toHaveAccessibleName(/^Caption 2 images again/);
  const caption = app.captionOf("picture-1.jpg");
  const old = await caption.innerText();
  await app.choosePrompt("Objects");
  await sandbox.play({ holdAfter: 0 });
  await app.run.click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Ask again/ })
    .click();
  await expect(page.getByText("Done: asking about 2 images again")).toBeVisible();
  await newSheet(page);
  await page.keyboard.press("ControlOrMeta+z");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("Undone: asking about 2 images again")).toBeVisible();
  await sandbox.play({});
  await showOther(page);
  await expect(caption).toHaveText(old);
});

test("what was removed or deleted is in the trash after a reload, comes back whole, and can go for good", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await app.runEnds(2);
  const text = await app.captionOf("picture-1.jpg").innerText();
  await page.keyboard.press("j");
  await page.keyboard.press("Delete");
  await expect(app.images).toHaveCount(1);
  await reloadWhenKept(page);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Show the trash" }).click();
  const trash = page.getByRole("dialog", { name: "Trash" });
  await expect(trash.getByRole("listitem")).toContainText(
    /picture-1\.jpg · removed .* · stays until/,
  );
  await expectClean(page, "the trash");
  await trash.getByRole("button", { name: "Restore 1 image" }).click();
  await expect(trash).toHaveCount(0);
  await expect(app.captionOf("picture-1.jpg")).toHaveText(text);

  await (await openSheets(page)).getByRole("button", { name: /^Delete / }).click();
  await page.reload();
  await (await openSheets(page)).getByRole("button", { name: "trash", exact: true }).click();
  await trash.getByRole("button", { name: /^Restore Sheet / }).click();
  await expect(app.images).toHaveCount(2);

  const sheets = await openSheets(page);
  const open = sheets.getByRole("listitem").filter({ has: page.locator("[aria-current]") });
  await open.getByRole("button", { name: /^Delete / }).click();
  await sheets.getByRole("button", { name: "trash", exact: true }).click();
  await trash.getByRole("button", { name: "Empty the trash…" }).click();
  await trash.getByRole("button", { name: "Empty for good" }).click();
  await expect(trash).toContainText("There is nothing in it.");
});

test("files are still taken when another sheet is shown in the meantime", async ({ app, page }) => {
  await app.open();
  await app.offer(await drawPictures(24));
  await expect(app.images.first()).toBeVisible();
  await newSheet(page);
  await showOther(page);
  await expect(app.run).toHaveAccessibleName(/^Caption 24 images(?!.* ready)/);
  await reloadWhenKept(page);
  await expect(app.run).toHaveAccessibleName(/^Caption 24 images/);
});

test("a deleted sheet sends nothing more", async ({ app, page, sandbox }) => {
  await app.openWith(await drawPictures(20));
  await sandbox.play({ holdAfter: 2 });
  await app.run.click();
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBeGreaterThan(0);
  const dialog = await openSheets(page);
  await dialog.getByRole("button", { name: /^Delete “/ }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(app.images).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("heading", { name: "All 20 images" })).toBeVisible();
  await sandbox.play({});
  await app.runEnds();
  // What was under way is kept; the rest was never sent.
  const { accepted } = await sandbox.ledger();
  expect(accepted).toBeLessThan(20);
  await expect(app.run).toHaveAccessibleName(new RegExp(`^Caption ${20 - accepted} remaining`));
});

test("leaving warns while a sheet behind the page would be lost", async ({ app, page }) => {
  await app.open();
  const dialog = await openSheets(page);
  await dialog.getByRole("button", { name: "New memory-only sheet" }).click();
  // Once the dialog is gone, what is dropped goes to the new sheet.
  await expect(dialog).toHaveCount(0);
  await app.add(await drawPictures(1));
  await newSheet(page);
  await expect(app.images).toHaveCount(0);
  await leaveAndStay(page);
});

test("leaving warns while files wait to be prepared", async ({ app, page }) => {
  await page.addInitScript(holdWorkers);
  await app.open();
  // Browsers do not warn users who did nothing on the page.
  await app.prompt.click();
  await app.offer(await drawPictures(3));
  await expect(page.getByRole("button", { name: "Stop adding" })).toBeVisible();
  await leaveAndStay(page);
  await page.evaluate(() => window.dispatchEvent(new Event("let-workers-go")));
  await expect(app.run).toHaveAccessibleName(/^Caption 3 images/);
});

test("what was deleted takes no room once the user frees it", async ({ app, page }) => {
  await app.openWith(await drawPictures(2));
  const dialog = await openSheets(page);
  await dialog.getByRole("button", { name: /^Delete “/ }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Free space now" }).click();
  await expect(page.getByText("Permanently deleted: 1 sheet and 2 images.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toHaveCount(0);
});

/** Tries to close the page, expects a question, and stays. */
async function leaveAndStay(page: Page): Promise<void> {
  const warning = page.waitForEvent("dialog");
  const leaving = page.close({ runBeforeUnload: true });
  const asked = await warning;
  expect(asked.type()).toBe("beforeunload");
  await asked.dismiss();
  await leaving;
}

async function openSheets(page: Page) {
  await page.getByRole("button", { name: /^Sheet: / }).click();
  return page.getByRole("dialog", { name: "Sheets" });
}

async function newSheet(page: Page): Promise<void> {
  const dialog = await openSheets(page);
  await dialog.getByRole("button", { name: "New sheet", exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** Shows the sheet that is not open. */
async function showOther(page: Page): Promise<void> {
  const dialog = await openSheets(page);
  await dialog.locator("li:not(:has([aria-current])) > button").first().click();
  await expect(dialog).toHaveCount(0);
}

/** Holds back what the page orders from its workers until it is told to let it go. */
function holdWorkers(): void {
  const post = Reflect.get(Worker.prototype, "postMessage");
  const released = new Promise((resolve) => {
    window.addEventListener("let-workers-go", resolve, { once: true });
  });
  Object.assign(Worker.prototype, {
    postMessage(this: Worker, ...order: readonly unknown[]) {
      void released.then(() => Reflect.apply(post, this, order));
    },
  });
}
