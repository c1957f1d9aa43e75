import type { Page } from "@playwright/test";
import { axeFindings } from "./fixtures/axe-findings.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

/** The cell of an image in a column. */
function cell(page: Page, name: string, column: number) {
  return page.getByRole("row", { name, exact: true }).locator(`[aria-colindex="${column}"]`);
}

const CAPTION = 3;
const LENGTH = 4;

/** Pastes as a spreadsheet’s cells arrive. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
}

/** What copying puts into the clipboard. */
async function copied(page: Page): Promise<string> {
  return page.evaluate(() => {
    const clipboardData = new DataTransfer();
    const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    return clipboardData.getData("text/plain");
  });
}

test("a table is worked in by keys as a spreadsheet is", async ({ app, page, sandbox }) => {
  await app.openWith(await drawPictures(4));
  await page.keyboard.press("j");
  await page.keyboard.press("3");
  await expect(page.getByRole("grid", { name: "Images" })).toBeVisible();
  await expect(cell(page, "picture-1.jpg", CAPTION)).toBeFocused();

  // One cell is a tab stop, and arrows move it.
  await page.keyboard.press("F2");
  await page.keyboard.type("One");
  await page.keyboard.press("Enter");
  await expect(cell(page, "picture-2.jpg", CAPTION)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Two");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("lines");
  // The editor grows over the rows below.
  const editor = page.getByRole("textbox", { name: "Caption of picture-2.jpg" });
  const height = () =>
    editor.evaluate((box) => {
      const { bottom, left } = box.getBoundingClientRect();
      return document.elementFromPoint(left + 9, bottom - 4) === box ? box.clientHeight : 0;
    });
  expect(await height()).toBeGreaterThan(40);
  await page.keyboard.press("Tab");
  await expect(cell(page, "picture-2.jpg", LENGTH)).toBeFocused();
  await expect(cell(page, "picture-2.jpg", LENGTH)).toHaveText("9");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("F2");
  await page.keyboard.type("Dropped");
  await page.keyboard.press("Escape");
  await expect(cell(page, "picture-3.jpg", CAPTION)).toBeFocused();
  await expect(cell(page, "picture-3.jpg", CAPTION)).toHaveText(/empty/);

  // A range is copied as lines, and pasted from a spreadsheet as one change.
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  expect(await copied(page)).toBe('One\n"Two\nlines"');
  await expect(page.getByText("Caption, 2 cells")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await paste(page, 'Third\r\n"Fourth, ""quoted"""\r\nbeyond\r\n');
  await expect(cell(page, "picture-4.jpg", CAPTION)).toHaveText('Fourth, "quoted"');
  await expect(page.getByText("Done: pasting into 2 cells.")).toBeVisible();
  await expect(page.getByText(/^1 cell left as it was/)).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(cell(page, "picture-4.jpg", CAPTION)).toHaveText(/empty/);

  // The column is filled down from its first cell, and cleared.
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+d");
  await expect(cell(page, "picture-4.jpg", CAPTION)).toHaveText("One");
  await page.keyboard.press("Delete");
  await expect(cell(page, "picture-4.jpg", CAPTION)).toHaveText(/empty/);
  await expect(page.getByRole("row")).toHaveCount(5);
  expect((await sandbox.ledger()).accepted).toBe(0);
});

test("columns are ordered and widened from their heads, and the sheet remembers it", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(3));
  await app.run.click();
  await expect(app.counts).toContainText("3 captioned");
  await page.getByRole("button", { name: /^Table/ }).click();
  const head = page.getByRole("columnheader", { name: "Folder / name" });
  await cell(page, "picture-1.jpg", 2).click();
  await page.keyboard.press("ArrowUp");
  await expect(head).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByRole("row").nth(1)).toHaveAccessibleName("picture-3.jpg");
  const width = async () => Math.round((await head.boundingBox())?.width ?? 0);
  const before = await width();
  await page.keyboard.press("Alt+ArrowRight");
  await expect.poll(width).toBe(before + 16);
  await page.reload();
  await expect.poll(width).toBe(before + 16);
  await expect(page.getByRole("row").nth(1)).toHaveAccessibleName("picture-3.jpg");
  expect(await axeFindings(page)).toEqual([]);

  await page.setViewportSize({ width: 420, height: 800 });
  await cell(page, "picture-1.jpg", CAPTION).click();
  await expect(cell(page, "picture-1.jpg", CAPTION)).toBeInViewport();
  expect(await axeFindings(page)).toEqual([]);
});

test("a range is chosen by dragging, and lengthened with Shift", async ({ app, page }) => {
  await app.openWith(await drawPictures(4));
  await page.getByRole("button", { name: /^Table/ }).click();
  const centre = async (name: string) => {
    const box = await cell(page, name, CAPTION).boundingBox();
    if (box === null) throw new Error(`${name} has no cell`);
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await page.mouse.move(...(await centre("picture-1.jpg")));
  await page.mouse.down();
  await page.mouse.move(...(await centre("picture-2.jpg")));
  await page.mouse.move(...(await centre("picture-3.jpg")));
  await expect(page.getByText("Caption, 3 cells")).toBeVisible();
  await page.mouse.up();
  // Once the button is up, the pointer chooses no more.
  await page.mouse.move(...(await centre("picture-4.jpg")));
  await expect(page.getByText("Caption, 3 cells")).toBeVisible();
  await cell(page, "picture-4.jpg", CAPTION).click({ modifiers: ["Shift"] });
  await expect(page.getByText("Caption, 4 cells")).toBeVisible();
  await paste(page, "The same for all");
  await expect(cell(page, "picture-3.jpg", CAPTION)).toHaveText("The same for all");
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true, viewport: { width: 420, height: 800 } });

  test("a tap goes to a cell, a second one edits it, and leaving it saves", async ({
    app,
    page,
  }) => {
    await app.openWith(await drawPictures(3));
    await page.getByRole("button", { name: /^Table/ }).click();
    const caption = cell(page, "picture-2.jpg", CAPTION);
    await caption.scrollIntoViewIfNeeded();
    await caption.tap();
    await expect(caption).toBeFocused();
    const editor = page.getByRole("textbox", { name: "Caption of picture-2.jpg" });
    await expect(editor).toHaveCount(0);
    await caption.tap();
    await expect(editor).toBeFocused();
    await editor.fill("By thumb");
    await cell(page, "picture-1.jpg", CAPTION).tap();
    await expect(caption).toHaveText("By thumb");
  });
});
