import { expect, facePaths, test } from "./fixtures/age-test.ts";
import { readRows } from "./fixtures/read-rows.ts";
import type { Page } from "@playwright/test";

/** Everything the browser keeps for the page's address; `session` is the page's own tab's. */
function keptBy(page: Page) {
  return page.evaluate(async () => {
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      files,
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
    };
  });
}

const NOTHING = { databases: [], caches: [], files: [], local: [], session: [] };

/** Puts something into the places that the app of today leaves empty, and what a crash left of a note. */
function keepMore(page: Page) {
  return page.evaluate(async () => {
    await (await caches.open("contact-sheet.models")).put("/weights", new Response("w"));
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle("contact-sheet.originals", { create: true });
    sessionStorage.setItem("contact-sheet.key", "a key of this tab");
    localStorage.setItem("contact-sheet.draft.sheet/note", '{"text":"half a sentence","at":1}');
  });
}

test("erasing leaves nothing in any place of any tab, stops every run, and starts over only when told", async ({
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
  await keepMore(page);
  await keepMore(other);
  const before = await keptBy(page);
  for (const place of Object.values(before)) expect(place).not.toEqual([]);

  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Find a command" }).fill("erase");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Erase everything", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Everything is erased" })).toBeVisible();
  await expect(other.getByRole("heading", { name: "Everything is erased" })).toBeVisible();
  // Every request that began has come to the server by now; its reply may still be on its way.
  const { requests } = await sandbox.ledger();
  expect(requests).toBeLessThan(40);
  expect(await keptBy(page)).toEqual(NOTHING);
  expect(await keptBy(other)).toEqual(NOTHING);

  await other.close();
  await page.getByRole("button", { name: "Start over" }).click();
  await age.open();
  await expect(age.faces).toContainText("0 faces");
  await expect(age.panel.getByLabel("Reviewer")).toHaveValue("");
  expect((await sandbox.ledger()).requests, "nothing was sent after it").toBe(requests);
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
