import type { Page } from "@playwright/test";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

/** Loses the first request for a chunk whose name begins with this, as a shaky network does. */
async function loseOnce(page: Page, chunk: string): Promise<void> {
  await page.route(new RegExp(`/assets/${chunk}-[^/]*\\.js$`), (route) => route.abort(), {
    times: 1,
  });
}

test.use({ tolerated: { complaints: [/^Failed to load resource: .*\.js/s] } });

test("a part that did not load is asked for again by a press, and the page carries on", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(1));
  await loseOnce(page, "compare-view");
  await page.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("alert")).toContainText("did not load");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("region", { name: "Comparison" })).toBeVisible();

  await loseOnce(page, "settings-dialog");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.getByRole("button", { name: "Settings" }).click();
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
});

test("after a new deployment a part is gone: the page offers a reload, and what was typed survives it", async ({
  app,
  page,
}) => {
  const gone = /\/assets\/shortcuts-dialog-[^/]*\.js$/;
  await page.route(gone, (route) => route.fulfill({ status: 404 }));
  await app.open();
  const addresses = page.getByLabel("One web address or Runware image UUID per line");
  const openAddresses = async (): Promise<void> => {
    await page.getByRole("button", { name: "More ways to add images" }).click();
    await page.getByRole("menuitem", { name: "By web address or UUID…" }).click();
  };
  await page.keyboard.press("Shift+?");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("alert")).toContainText("It still doesn’t load");
  await openAddresses();
  await addresses.fill("https://example.com/half");
  await page.unroute(gone);
  // The dialog is modal, so the message behind it can't be pressed: this is what its button does.
  await Promise.all([page.waitForEvent("load"), page.evaluate(() => window.location.reload())]);
  await app.open();
  await openAddresses();
  await expect(addresses).toHaveValue("https://example.com/half");
  await page.keyboard.press("Escape");

  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await app.open();
  await openAddresses();
  // Closed before that reload, so it was dropped.
  await expect(addresses).toHaveValue("");
});

test("an engine that did not load once is loaded by the next press, and its answers are shown", async ({
  app,
  page,
}) => {
  await loseOnce(page, "load-engine");
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await app.runEnds();
  await expect(app.counts).toContainText("2 captioned");
});
