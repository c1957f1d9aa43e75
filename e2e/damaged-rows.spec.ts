import type { Page } from "@playwright/test";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { readRows } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";

test("rows that cannot be read are reported above every view, left alone, and the rest can be saved", async ({
  app,
  page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  await app.openWith(await drawPictures(3));
  await app.run.click();
  await expect(app.counts).toContainText("3 captioned");
  await page.evaluate(damageOneOfEach);
  await page.reload();

  const note = page.getByRole("region", { name: "Damaged rows" });
  await expect(note).toContainText("1 image and 1 answer of this sheet are damaged");
  await expect(app.counts).toContainText("1 captioned");
  for (const view of ["Compare", "Age check"]) {
    await page.getByRole("link", { name: view }).click();
    await expect(note).toBeVisible();
  }
  const download = page.waitForEvent("download");
  await note.getByRole("button", { name: "Save to a file" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  await note.getByRole("button", { name: "Dismiss" }).click();
  await expect(note).toHaveCount(0);
  expect(await damagedCount(page)).toBe(2);
});

/**
 * Takes the source from the first image, and the state from the answer of another, as a torn write would leave them.
 */
async function damageOneOfEach() {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open("contact-sheet");
    request.addEventListener("success", () => resolve(request.result));
  });
  const transaction = database.transaction(["images", "tasks"], "readwrite");
  const rowsOf = (name: string) =>
    new Promise<Record<string, unknown>[]>((resolve) => {
      const request = transaction.objectStore(name).getAll();
      request.addEventListener("success", () => resolve(request.result));
    });
  const [images, tasks] = [await rowsOf("images"), await rowsOf("tasks")];
  const image = images.find(({ frame }) => frame === 1);
  const task = tasks.find(({ imageId }) => imageId !== image?.id);
  transaction.objectStore("images").put({ ...image, source: "damaged" });
  transaction.objectStore("tasks").put({ ...task, state: "damaged" });
  await new Promise((resolve) => transaction.addEventListener("complete", resolve));
  database.close();
}

async function damagedCount(page: Page): Promise<number> {
  const rows = [...(await readRows(page, "images")), ...(await readRows(page, "tasks"))];
  return rows.filter((row) => JSON.stringify(row).includes('"damaged"')).length;
}
