import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { exampleImage, exampleSheet } from "#src/domain/example-rows.ts";
import { exampleZip } from "#src/state/files/example-zip.ts";
import { drawPicture, drawPictures } from "./fixtures/draw-picture.ts";
import { dropFiles } from "./fixtures/drop-files.ts";
import { namesInZip } from "./fixtures/names-in-zip.ts";
import { reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";
import { AppPage } from "./pages/app-page.ts";

const NAME = "Häfen “2026” / <b>🦄</b>";

/** The dialog of sheets, opened. */
async function openSheets(page: Page) {
  await page.getByRole("button", { name: /^Sheet: / }).click();
  return page.getByRole("dialog", { name: "Sheets" });
}

async function renameTo(page: Page, name: string) {
  const dialog = await openSheets(page);
  const open = dialog.getByRole("listitem").filter({ has: page.locator("[aria-current]") });
  await open.getByRole("button", { name: /^Rename “/ }).click();
  await dialog.getByLabel(/^New name of/).fill(name);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("list", { name: "Sheets" })).toContainText(name);
  await dialog.getByRole("button", { name: "Close" }).click();
}

/** Saves the open sheet through the browser's downloads, as in browsers that cannot ask for a place. */
async function saveSheet(page: Page, name: string) {
  const dialog = await openSheets(page);
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: `Save “${name}” to a file` }).click();
  return download;
}

/** A browser that has never seen the app. */
async function anotherMachine(browser: Browser, baseURL: string | undefined) {
  const context = await browser.newContext({ baseURL: baseURL ?? "" });
  const page = await context.newPage();
  const app = new AppPage(page);
  await app.open();
  return { app, page, close: () => context.close() };
}

/** Every image with its words, in the order shown. */
async function articlesOf(app: AppPage): Promise<(string | null)[]> {
  const all = await app.images.all();
  return Promise.all(
    all.map(
      async (article) =>
        `${await article.getAttribute("aria-label")}: ${await article.locator("p[dir=auto]").first().textContent()}`,
    ),
  );
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
});

test("a sheet goes from one machine to another: pictures, captions, edits and what it cost", async ({
  app,
  page,
  browser,
  baseURL,
  sandbox,
}) => {
  await app.openWith([
    await drawPicture({ number: 1, name: "it's “quoted” & 100%.jpg", width: 1800, height: 1200 }),
    await drawPicture({ number: 2, name: "🦄 étoile.png", format: "png" }),
    await drawPicture({ number: 3, name: "plain.webp", format: "webp" }),
  ]);
  await renameTo(page, NAME);
  await app.run.click();
  await expect(app.captionOf("plain.webp")).toHaveText(/\w/);
  await app.runEnds();
  await app.edit("plain.webp", "My own words, “quoted” 🦄.");
  const articles = await articlesOf(app);
  const spent = await app.spent.textContent();

  const download = await saveSheet(page, NAME);
  expect(download.suggestedFilename()).toBe("Häfen “2026” - -b-🦄--b-.contact-sheet.zip");
  const path = await download.path();
  await expect(page.getByText(/is saved as .+, \d+ KB/)).toBeVisible();
  const names = await namesInZip(path);
  expect(names.slice(0, 5)).toEqual([
    "manifest.json",
    "sheet.json",
    "images.jsonl",
    "tasks.jsonl",
    "marks.jsonl",
  ]);
  expect(names.filter((name) => /^copies\/[0-9a-f]{64}\.jpg$/.test(name))).toHaveLength(3);
  expect(names.filter((name) => /^thumbnails\/[0-9a-f]{64}\.jpg$/.test(name))).toHaveLength(3);

  const { accepted } = await sandbox.ledger();
  const there = await anotherMachine(browser, baseURL);
  await (await openSheets(there.page)).getByLabel("Open a sheet file…").setInputFiles(path);
  await expect(there.app.images).toHaveCount(3);
  await expect(there.page.getByRole("button", { name: /^Sheet: / })).toContainText(NAME);
  expect(await articlesOf(there.app)).toEqual(articles);
  await expect(there.app.image("plain.webp")).toContainText("edited");
  await expect(there.app.simulated.first()).toBeVisible();
  expect(await there.app.spent.textContent()).toBe(spent);
  for (const picture of await there.app.images.getByRole("img").all())
    await expect
      .poll(() =>
        picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
      )
      .toBeGreaterThan(0);

  await there.page.reload();
  await expect(there.app.images).toHaveCount(3);
  expect(await articlesOf(there.app)).toEqual(articles);
  expect((await sandbox.ledger()).accepted).toBe(accepted);
  // What was sent over can be asked about: the copy is there, not only its thumbnail.
  await there.app.pressTool("🦄 étoile.png", "Redo: 🦄 étoile.png");
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBe(accepted + 1);
  await there.close();
});

test("a sheet's file dropped on the page opens; if rows are damaged, it says how many", async ({
  app,
  page,
  browser,
  baseURL,
}, testInfo) => {
  await app.openWith(await drawPictures(2));
  await renameTo(page, "Whole");
  const whole = testInfo.outputPath("Whole.contact-sheet.zip");
  await (await saveSheet(page, "Whole")).saveAs(whole);
  const address = page.url();
  await dropFiles(page, [whole]);
  await expect(page).not.toHaveURL(address);
  const dialog = await openSheets(page);
  await expect(dialog.getByText("2 images · ")).toHaveCount(2);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(app.images).toHaveCount(2);

  const bytes = await readFile(whole);
  // The first byte after the header of a copy: its checksum no longer fits.
  const at = bytes.indexOf("copies/") + "copies/".length + 64 + ".jpg".length;
  bytes[at + 40] = (bytes[at + 40] ?? 0) ^ 255;
  const there = await anotherMachine(browser, baseURL);
  await (await openSheets(there.page)).getByLabel("Open a sheet file…").setInputFiles({
    name: "damaged.contact-sheet.zip",
    mimeType: "application/zip",
    buffer: bytes,
  });
  const alert = there.page.getByRole("alert");
  await expect(alert).toContainText(
    "is opened, but its file is damaged in places: 1 picture could not be read",
  );
  await there.page.keyboard.press("Escape");
  await expect(there.app.images).toHaveCount(2);
  await expect(
    there.app.images.filter({ hasText: "The picture isn’t on this device" }),
  ).toHaveCount(1);
  await there.close();
});

test("a file that is not a sheet's says so, and changes nothing", async ({ app, page }) => {
  await app.openWith(await drawPictures(1));
  const dialog = await openSheets(page);
  for (const [buffer, words] of [
    [Buffer.from("Dear diary"), "This is not a sheet’s file"],
    [Buffer.from("PK\u0003\u0004 and no more"), "is damaged or cut off"],
  ] as const) {
    await dialog
      .getByLabel("Open a sheet file…")
      .setInputFiles({ name: "notes.zip", mimeType: "application/zip", buffer });
    await expect(dialog.getByRole("alert")).toContainText(words);
  }
  await expect(dialog.getByRole("list", { name: "Sheets" }).getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(app.images).toHaveCount(1);
});

test("a memory-only sheet can be saved, after a warning that the file holds the pictures", async ({
  app,
  page,
  browser,
  baseURL,
}) => {
  await app.open();
  const dialog = await openSheets(page);
  await dialog.getByRole("button", { name: "New memory-only sheet" }).click();
  await expect(dialog).toHaveCount(0);
  await app.add(await drawPictures(1));
  await openSheets(page);
  await dialog
    .getByRole("button", { name: /^Save “.*” to a file/ })
    .first()
    .click();
  await expect(dialog).toContainText("The file will hold its pictures");
  await expect(dialog.getByRole("button", { name: "Do not save" })).toBeFocused();
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save with its pictures" }).click();
  const path = await (await download).path();

  const there = await anotherMachine(browser, baseURL);
  await (await openSheets(there.page)).getByLabel("Open a sheet file…").setInputFiles(path);
  await expect(there.app.images).toHaveCount(1);
  await expect(there.page.getByRole("button", { name: /^Sheet: / })).toContainText("memory only");
  await there.close();
});

test("if the browser can ask for a place, the file is written there; a cancel leaves none", async ({
  app,
  page,
}) => {
  // A place in the page's own file system: the same handle and the same writer, without the system's window.
  await page.addInitScript(() => {
    Object.assign(window, {
      showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) => {
        const folder = await navigator.storage.getDirectory();
        const handle = await folder.getFileHandle(suggestedName, { create: true });
        const open = handle.createWritable.bind(handle);
        const isHeld = () => sessionStorage.getItem("hold") !== null;
        handle.createWritable = async () => {
          while (isHeld()) await new Promise(requestAnimationFrame);
          return open();
        };
        return handle;
      },
    });
  });
  await app.openWith(await drawPictures(3));
  const sizeOf = (name: string) =>
    page.evaluate(async (fileName) => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle(fileName).catch(() => null);
      return handle === null ? null : (await handle.getFile()).size;
    }, name);
  await renameTo(page, "First");
  let dialog = await openSheets(page);
  await dialog.getByRole("button", { name: "Save “First” to a file" }).click();
  await expect(page.getByText(/is saved as First\.contact-sheet\.zip/)).toBeVisible();
  expect(await sizeOf("First.contact-sheet.zip")).toBeGreaterThan(5000);

  await renameTo(page, "Second");
  await page.evaluate(() => sessionStorage.setItem("hold", "yes"));
  dialog = await openSheets(page);
  await dialog.getByRole("button", { name: "Save “Second” to a file" }).click();
  await expect(dialog).toContainText("Saving “Second”");
  expect(await sizeOf("Second.contact-sheet.zip")).toBe(0);
  const warning = page.waitForEvent("dialog");
  const leaving = page.close({ runBeforeUnload: true });
  const leave = await warning;
  expect(leave.type()).toBe("beforeunload");
  await leave.dismiss();
  await leaving;
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.evaluate(() => sessionStorage.removeItem("hold"));
  await expect(dialog.getByRole("list", { name: "Sheets" })).toBeVisible();
  await expect.poll(() => sizeOf("Second.contact-sheet.zip")).toBeNull();
  await expect(dialog.getByRole("alert")).toBeHidden();
});

test("opening a file asks no host for a picture until the user says so, in any view", async ({
  app,
  page,
}) => {
  const address = "https://track.example/track.svg?victim=1";
  const asked: string[] = [];
  await page.route("https://track.example/**", async (route) => {
    asked.push(route.request().url());
    const body = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    await route.fulfill({ contentType: "image/svg+xml", body });
  });
  await app.open();
  const reader = page.waitForEvent("worker", (worker) => worker.url().includes("file-worker"));
  await (await openSheets(page)).getByLabel("Open a sheet file…").setInputFiles({
    name: "strange.contact-sheet.zip",
    mimeType: "application/zip",
    buffer: Buffer.from(await fileNaming(address).arrayBuffer()),
  });
  // Whatever a stranger put into it, the page itself does not read it.
  await reader;
  const note = page.getByRole("region", { name: "Pictures that are not loaded" });
  await expect(note).toContainText("but on track.example");
  for (const view of ["Compare", "Age check", "Caption"]) {
    await page.getByRole("link", { name: view }).click();
    await expect(page.getByText("Not loaded: it is on track.example").first()).toBeVisible();
  }
  await page.reload();
  await expect(note).toBeVisible();
  expect(asked).toEqual([]);

  await note.getByRole("button", { name: "Load the picture" }).press("Enter");
  await expect(note).toHaveCount(0);
  await expect.poll(() => asked).toContain(address);
  await reloadWhenKept(page);
  await expect(app.images).toHaveCount(1);
  await expect(note).toHaveCount(0);
});

/** A sheet's file as a stranger would write it, with one picture that is only an address. */
function fileNaming(url: string): Blob {
  const id = randomUUID();
  const sheet = exampleSheet({ filePictures: "shown" });
  const source = { kind: "url", url, title: null } as const;
  const image = exampleImage({ id, source, preparation: { phase: "remote" } });
  return exampleZip([
    { name: "manifest.json", data: '{"format":"contact-sheet","version":1}' },
    {
      name: "sheet.json",
      data: JSON.stringify({ sheet, spentMicroUsd: { sandbox: 0, runware: 0 } }),
    },
    { name: "images.jsonl", data: JSON.stringify(image) },
    ...["tasks.jsonl", "marks.jsonl", "pictures.jsonl"].map((name) => ({ name, data: "" })),
  ]);
}
