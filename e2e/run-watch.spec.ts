import { drawPictures, manyPictures } from "./fixtures/draw-picture.ts";
import { reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";

declare global {
  interface Window {
    told: string[];
    locks: { taken: number; released: number };
  }
}

test("a run is noticed outside the page: title, staying awake, a notification at its end, a warning on leaving", async ({
  app,
  page,
  sandbox,
}) => {
  // Neither shows in a headless browser, so what the page asks the browser for is written down instead.
  await page.addInitScript(() => {
    window.told = [];
    window.locks = { taken: 0, released: 0 };
    class Notice extends EventTarget {
      static permission = "granted";
      static requestPermission = () => Promise.resolve("granted");
      constructor(title: string) {
        super();
        window.told.push(title);
      }
    }
    Object.defineProperty(window, "Notification", { value: Notice });
    const release = () => Promise.resolve((window.locks.released += 1));
    const request = () => Promise.resolve(((window.locks.taken += 1), { release }));
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
    document.hasFocus = () => false;
  });
  await app.openWith(await drawPictures(3));
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("checkbox", { name: "Notify me at the end of a run" }).check();
  await page.getByRole("checkbox", { name: "Keep this device awake" }).check();
  await page.keyboard.press("Escape");
  await expect(page).toHaveTitle(/^\d+ \w+ \d{4} · Contact Sheet$/);
  expect(await page.evaluate(() => window.locks.taken)).toBe(0);

  await sandbox.play({ holdAfter: 0 });
  await app.run.click();
  await expect(page).toHaveTitle(/^0 of 3 · \d+ \w+ \d{4}/);
  await expect.poll(() => page.evaluate(() => window.locks.taken)).toBeGreaterThan(0);
  // A run that has sent nothing yet may be left.
  await expect(page.locator("footer")).toContainText("3 running");
  const warning = page.waitForEvent("dialog");
  const leaving = page.close({ runBeforeUnload: true });
  const dialog = await warning;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await leaving;

  await sandbox.play({});
  await app.runEnds();
  await expect(page).toHaveTitle(/^\d+ \w+ \d{4} · Contact Sheet$/);
  expect(await page.evaluate(() => window.told)).toEqual([expect.stringMatching(/\d{4}: done$/)]);
  const { taken, released } = await page.evaluate(() => window.locks);
  expect(released).toBe(taken);
});

test("a paused run shows its own bar right after a reload, and never a button that starts another", async ({
  app,
  page,
  sandbox,
}) => {
  // More images than can be under way at once, so that some are left.
  await sandbox.play({ holdAfter: 2 });
  await app.openWith(await manyPictures(24));
  await app.run.click();
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBeGreaterThan(2);
  await page.getByRole("button", { name: "Pause" }).click();
  await sandbox.play({});
  await expect(page.locator("footer")).not.toContainText("running");
  await page.addInitScript(() => {
    window.told = [];
    const note = () => {
      for (const { textContent } of document.querySelectorAll("footer button"))
        if (/again|remaining/.test(textContent)) window.told.push(textContent);
    };
    new MutationObserver(note).observe(document, { childList: true, subtree: true });
  });
  await reloadWhenKept(page);
  await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate(() => window.told)).toEqual([]);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(app.counts).toContainText("24 captioned");
});
