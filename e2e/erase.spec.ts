import { expect, facePaths, test } from "./fixtures/age-test.ts";
import { readRows } from "./fixtures/read-rows.ts";
import type { Page } from "@playwright/test";

/** Everything the browser keeps for the page's address. */
function keptBy(page: Page) {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
  }));
}

const NOTHING = { databases: [], caches: [], local: [], session: [] };

test("wiping leaves nothing behind, stops every tab's run, and starts again only when told", async ({
  age,
  app,
  context,
  page,
  sandbox,
}, testInfo) => {
  await sandbox.play({ holdAfter: 0 });
  await app.open();
  await age.open();
  await age.panel.getByLabel("Reviewer").fill("Ann");
  await app.fileInput.setInputFiles(await facePaths(testInfo, 20));
  await age.panel.getByRole("checkbox", { name: "ViT Age Classifier" }).check();
  await page.getByRole("button", { name: /^Check 20 faces/ }).click();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByText("Another tab runs this sheet.")).toBeVisible();
  expect((await keptBy(page)).databases).not.toEqual([]);
  expect((await keptBy(page)).local).not.toEqual([]);

  await age.chooseFile("Wipe everything…");
  await page.getByRole("button", { name: "Wipe everything from this device" }).click();
  await expect(page.getByRole("heading", { name: "Everything is wiped" })).toBeVisible();
  await expect(other.getByRole("heading", { name: "Everything is wiped" })).toBeVisible();
  // By now every request that began has reached the server; its reply may still be under way.
  const { requests } = await sandbox.ledger();
  expect(requests).toBeLessThan(40);
  expect(await keptBy(page)).toEqual(NOTHING);
  expect(await keptBy(other)).toEqual(NOTHING);

  await other.close();
  await page.getByRole("button", { name: "Start anew" }).click();
  await age.open();
  await expect(age.faces).toContainText("0 faces");
  await expect(age.panel.getByLabel("Reviewer")).toHaveValue("");
  expect((await sandbox.ledger()).requests, "nothing was sent after the wipe").toBe(requests);
});

test("a memory-only sheet is offered first, and leaves no face behind", async ({
  age,
  app,
  page,
}, testInfo) => {
  await app.open();
  await age.open();
  await page.getByRole("button", { name: "Start a memory-only sheet" }).click();
  await expect(page.getByText("memory only", { exact: true })).toBeVisible();
  await app.fileInput.setInputFiles(await facePaths(testInfo, 3));
  await age.check(3);
  await age.showStage();
  for (const key of ["1", "2", "3"]) await page.keyboard.press(key);
  await expect(age.faces).toContainText("3 judged");
  const stores = ["images", "tasks", "marks", "pictures", "thumbnails", "copies", "reusable"];
  for (const store of stores) expect(await readRows(page, store), store).toEqual([]);
});
