import { Buffer } from "node:buffer";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { drawPicture, drawPictures, manyPictures } from "./fixtures/draw-picture.ts";
import { dragOnto, dropFiles, dropZone, startDrag, writePictures } from "./fixtures/drop-files.ts";
import { patienceMs } from "./fixtures/patience.ts";
import { reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";

test("a dropped folder is taken with its sub-folders, in natural order, under their names", async ({
  app,
  page,
}, testInfo) => {
  const folder = testInfo.outputPath("shoot");
  const paths = ["10.jpg", "2.jpg", "night/1.jpg", "night/late/3.jpg", "night/.hidden"];
  await writeTree(folder, paths);
  await app.open();
  await dragOnto(page, { files: [folder] });
  await expect(page.getByRole("button", { name: "Sheet: shoot" })).toBeVisible();
  await expect(app.run).toHaveAccessibleName(/^Caption 4/);
  await expect(app.images.getByTitle(/^shoot/)).toHaveText(["2.jpg", "10.jpg", "1.jpg", "3.jpg"]);
  await expect(app.image("3.jpg").getByTitle("shoot/night/late/3.jpg")).toBeVisible();
});

test("a chosen folder is taken, and its chooser is part of the page for as long as it is open", async ({
  app,
  page,
}, testInfo) => {
  const folder = testInfo.outputPath("shoot");
  await writeTree(folder, ["1.jpg", "night/2.jpg"]);
  await app.open();
  await page.getByRole("button", { name: "More ways to add images" }).click();
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("menuitem", { name: "A folder…" }).click();
  const chooser = await asked;
  // A browser may collect one that isn’t, and then nobody hears what was chosen.
  expect(await chooser.element().evaluate(({ isConnected }) => isConnected)).toBe(true);
  await chooser.setFiles(folder);
  await expect(app.run).toHaveAccessibleName(/^Caption 2/);
  expect(await chooser.element().evaluate(({ isConnected }) => isConnected)).toBe(false);
});

test("a drop that is released just as its zone appears is taken", async ({
  app,
  page,
}, testInfo) => {
  const { name, buffer } = await drawPicture({ number: 5 });
  await app.open();
  await startDrag(page, { files: await writePictures(await drawPictures(1), testInfo) });
  await dropZone(page).waitFor();
  // The browser sends a drop to whatever was under the pointer when it last moved, which was not yet a
  // zone.
  const dataTransfer = await page.evaluateHandle(
    ([bytes, fileName]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], fileName, { type: "image/jpeg" }));
      return transfer;
    },
    [[...buffer], name] as const,
  );
  await page
    .getByRole("heading", { name: "Drop images anywhere" })
    .dispatchEvent("drop", { dataTransfer });
  await expect(app.run).toHaveAccessibleName(/^Caption 1/);
  await expect(dropZone(page)).toHaveCount(0);
});

test("a drop without a file says so", async ({ app, page }, testInfo) => {
  const folder = testInfo.outputPath("empty");
  await mkdir(folder);
  await app.open();
  await dragOnto(page, { files: [folder] });
  await expect(page.getByText("There was no file in it")).toBeVisible();
});

test("what is dropped on a dialog is taken, folders too, and what is pasted there is refused with a sentence", async ({
  app,
  page,
}, testInfo) => {
  const folder = testInfo.outputPath("shoot");
  await writeTree(folder, ["1.jpg", "night/2.jpg"]);
  await app.open();
  await page.getByRole("button", { name: "Settings" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  await dragOnto(page, { files: [folder] });
  await expect(dialog.getByText("What you dropped is added to this sheet.")).toBeVisible();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(["x"], "x.png", { type: "image/png" }));
    const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true });
    document.querySelector("dialog")?.dispatchEvent(pasted);
  });
  await expect(dialog.getByText("Close this dialog, then paste again")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.run).toHaveAccessibleName(/^Caption 2/);
});

test("a file of a dropped folder that cannot be read is named, and the rest is taken", async ({
  app,
  page,
}, testInfo) => {
  const folder = testInfo.outputPath("shoot");
  await writeTree(folder, ["1.jpg", "2.jpg", "night/3.jpg"]);
  await app.open();
  // As for a file that may not be read; root, as whom tests may run, reads any.
  await page.evaluate(() => {
    // oxlint-disable-next-line typescript/unbound-method -- it is called with its handle
    const { getFile } = FileSystemFileHandle.prototype;
    FileSystemFileHandle.prototype.getFile = function getOther() {
      return this.name === "2.jpg"
        ? Promise.reject(new DOMException("", "NotReadableError"))
        : getFile.call(this);
    };
  });
  await dragOnto(page, { files: [folder] });
  await expect(app.run).toHaveAccessibleName(/^Caption 2/);
  const report = page.getByRole("region", { name: "Added files" });
  await expect(report.getByText("2.jpg This file may not be read")).toBeVisible();
});

test("a file that vanishes before its turn is named, and the rest is taken", async ({
  app,
  page,
}, testInfo) => {
  const folder = testInfo.outputPath("shoot");
  await writeTree(folder, ["1.jpg", "2.jpg"]);
  await app.open();
  const drag = await startDrag(page, { files: [join(folder, "1.jpg"), join(folder, "2.jpg")] });
  await rm(join(folder, "1.jpg"));
  await drag.drop();
  await expect(app.run).toHaveAccessibleName(/^Caption 1/);
  await expect(page.getByText("1.jpg This file is not where it was")).toBeVisible();
});

test("a pasted picture is taken", async ({ app, page }) => {
  const { name, buffer } = await drawPicture({ number: 4, name: "image.png", format: "png" });
  await app.open();
  await page.evaluate(
    ([bytes, fileName]) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], fileName, { type: "image/png" }));
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [[...buffer], name] as const,
  );
  await expect(app.run).toHaveAccessibleName(/^Caption 1/);
  await expect(app.images).toHaveAccessibleName("image.png");
});

test("pasted markup gives the pictures that are in it, and nothing of it runs or is fetched", async ({
  app,
  page,
}) => {
  const { buffer } = await drawPicture({ number: 6, format: "png" });
  const asked: string[] = [];
  await page.route("https://example.com/**", (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await app.open();
  await paste(page, {
    "text/html": `<p style="color: red">A lamp<img alt="a > b" src=data:image/png;base64,${buffer.toString("base64")}>
      <img src="file:///C:/lamp.png" onerror="document.title = 'ran'"><script>document.title = 'ran'</script>`,
    "text/plain": "A lamp",
  });
  await expect(app.image("pasted-1.png")).toBeVisible();
  await expect(page.getByText("1 picture in it is on a disk")).toBeVisible();
  await expect(page).not.toHaveTitle(/ran/);
  expect(asked).toEqual([]);
});

test("a paste that is text and a picture of it asks which is meant, and the keyboard answers", async ({
  app,
  page,
}) => {
  const { buffer } = await drawPicture({ number: 7, format: "png" });
  const cells = { "text/plain": "file_name\tcaption\nlamp.jpg\tA lamp." };
  await app.open();
  await paste(page, cells, buffer);
  const dialog = page.getByRole("dialog", { name: "The picture or the text?" });
  await expect(dialog).toContainText("A lamp.");
  await dialog.getByRole("button", { name: "Read the text as captions" }).press("Enter");
  const report = page.getByRole("region", { name: "Added files" });
  await expect(report.getByText("lamp.jpg in pasted.tsv")).toBeVisible();
  await paste(page, cells, buffer);
  await dialog.getByRole("button", { name: "Add the picture" }).press("Enter");
  await expect(app.image("image.png")).toBeVisible();
  await paste(page, { "text/plain": "Only words." });
  await expect(page.getByText("words without the web address of a picture")).toBeVisible();
  await paste(page, { "text/plain": "see https://www.flickr.com/photos/me/1" });
  await expect(page.getByText("This is a page of Flickr")).toBeVisible();
});

test.describe("from another web page", () => {
  // The pictures are on hosts that no test may reach.
  test.use({ tolerated: { complaints: [/^Failed to load resource: /] } });

  test("a dragged picture is taken by its address", async ({ app, page }) => {
    await page.route("https://example.com/**", (route) => route.abort());
    await app.open();
    await dragOnto(page, {
      items: [{ mimeType: "text/uri-list", data: "https://example.com/boat.jpg" }],
    });
    await expect(app.image("boat.jpg")).toContainText("by URL");
    await expect(app.image("boat.jpg")).toContainText("No preview here");
    await expect(app.run).toHaveAccessibleName(/^Caption 1/);
  });

  test("an address that comes with an empty list of files is taken", async ({
    app,
    page,
  }, testInfo) => {
    await page.route("https://example.com/**", (route) => route.abort());
    const folder = testInfo.outputPath("empty");
    await mkdir(folder);
    await app.open();
    await dragOnto(page, {
      items: [{ mimeType: "text/uri-list", data: "https://example.com/boat.jpg" }],
      files: [folder],
    });
    await expect(app.image("boat.jpg")).toContainText("by URL");
  });
});

test("an unencrypted address has no preview, and the page does not ask for one", async ({
  app,
  page,
}) => {
  await app.open();
  await dragOnto(page, {
    items: [{ mimeType: "text/uri-list", data: "http://example.com/boat.jpg" }],
  });
  await expect(app.image("boat.jpg")).toContainText("No preview here");
  await expect(app.run).toHaveAccessibleName(/^Caption 1/);
});

test("a picture that is less than its file says so on its frame, in every view", async ({
  app,
  page,
}) => {
  const animated = await readFile(new URL("fixtures/formats/gif-animated.gif", import.meta.url));
  const whole = await drawPicture({ number: 5, name: "cut.jpg", width: 1600, height: 1200 });
  await app.openWith([
    { name: "moves.gif", mimeType: "image/gif", buffer: animated },
    { ...whole, buffer: whole.buffer.subarray(0, whole.buffer.length * 0.75) },
  ]);
  for (const view of ["Caption", "Compare", "Age check"]) {
    await page.getByRole("link", { name: view, exact: true }).click();
    await expect(page.getByText("first frame only")).toBeVisible();
    await expect(page.getByText("file cut off")).toBeVisible();
  }
});

test("an image that is removed while it is prepared stays away, and nothing waits for it", async ({
  app,
  page,
}, testInfo) => {
  const files = await drawPictures(40);
  const paths = await writePictures(files, testInfo);
  await app.open();
  await dropFiles(page, paths);
  await expect(app.images.first()).toHaveAttribute("aria-setsize", "40");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expect(app.images).toHaveCount(0);
  await reloadWhenKept(page);
  await expect(app.run).toBeVisible();
  await expect(app.images).toHaveCount(0);
  await dropFiles(page, paths);
  await expect(app.run).toHaveAccessibleName(/^Caption 40/, { timeout: patienceMs(40) });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("1,000 files show at once, scroll while they are prepared, and can be stopped", async ({
    app,
    page,
  }, testInfo) => {
    const paths = await writePictures(await manyPictures(1_000), testInfo);
    await app.open();
    await dropFiles(page, paths);
    const preparing = page.getByRole("progressbar", { name: "Preparing" });
    await expect(app.images.first()).toHaveAttribute("aria-setsize", "1000");
    await expect(preparing).toBeVisible();
    await scrollToEnd(page);
    await expect(app.image("picture-1000.jpg")).toBeInViewport();
    await expect(app.image("picture-1000.jpg")).toContainText("Waiting to be prepared");
    await page.getByRole("button", { name: "Stop adding" }).click();
    await expect(preparing).toHaveCount(0);
    await expect(app.run).toHaveAccessibleName(/^Caption [\d,]+ image/);
    const added = Number(await app.images.first().getAttribute("aria-setsize"));
    expect(added).toBeGreaterThan(0);
    expect(added).toBeLessThan(1_000);
    await app.offer([await drawPicture({ number: 2_000, name: "one-more.jpg" })]);
    await expect(app.images.first()).toHaveAttribute("aria-setsize", String(added + 1));
    await expect(app.run).toHaveAccessibleName(new RegExp(`^Caption ${added + 1} image`));
  });
});

/** Pastes texts by their MIME types and, if there is one, a picture as programs copy it. */
async function paste(page: Page, texts: Record<string, string>, picture?: Buffer): Promise<void> {
  await page.evaluate(
    ([data, bytes]) => {
      const clipboardData = new DataTransfer();
      for (const [type, text] of Object.entries(data)) clipboardData.setData(type, text);
      if (bytes !== null)
        clipboardData.items.add(
          new File([new Uint8Array(bytes)], "image.png", { type: "image/png" }),
        );
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [texts, picture === undefined ? null : [...picture]] as const,
  );
}

/** Brings the list's last image into view, as dragging its scroll bar down does. */
async function scrollToEnd(page: Page): Promise<void> {
  await page.getByRole("feed").evaluate((feed) => {
    let scroller: Element | null = feed;
    while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1)
      scroller = scroller.parentElement;
    scroller?.scrollTo({ top: scroller.scrollHeight });
  });
}

/** Small pictures, all different, at these paths below a folder. */
async function writeTree(folder: string, paths: readonly string[]): Promise<void> {
  for (const [index, path] of paths.entries()) {
    const picture = path.endsWith(".jpg")
      ? (await drawPicture({ number: 70 + index, width: 320, height: 240 })).buffer
      : Buffer.from("litter");
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), picture);
  }
}
