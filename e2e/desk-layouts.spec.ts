import { expectClean } from "./fixtures/axe-findings.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";
import { DeskPage } from "./pages/desk-page.ts";

test("layouts change by key, keep the image that has the focus, and are remembered", async ({
  app,
  page,
}) => {
  const desk = new DeskPage(page);
  await app.openWith(await drawPictures(8));
  await app.run.click();
  await expect(app.counts).toContainText("8 captioned");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(app.image("picture-2.jpg")).toBeFocused();
  await page.keyboard.press("2");
  await expect(desk.layout("Grid")).toHaveAttribute("aria-pressed", "true");
  await expect(app.image("picture-2.jpg")).toBeFocused();
  // Five pictures lie side by side.
  await page.keyboard.press("ArrowDown");
  await expect(app.image("picture-7.jpg")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(app.image("picture-6.jpg")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(desk.editor("picture-6.jpg")).toBeFocused();
  await desk.retype("In the grid.");
  await page.keyboard.press("Enter");
  await expect(app.captionOf("picture-6.jpg")).toHaveText("In the grid.");
  await expectClean(page, "grid");

  await page.keyboard.press("4");
  await expect(app.images).toHaveCount(1);
  await expect(app.image("picture-6.jpg")).toBeFocused();
  await expect(desk.editor("picture-6.jpg")).toHaveValue("In the grid.");
  await expectClean(page, "one by one");
  await reloadWhenKept(page);
  await expect(app.images).toHaveCount(1);
  await page.keyboard.press("1");
  await expect(app.images).toHaveCount(8);
  await expectClean(page, "list");
});

test("a review with keys alone: mark, go on, come to what is left, and all of it is counted", async ({
  app,
  page,
  sandbox,
}) => {
  const desk = new DeskPage(page);
  await app.openWith(await drawPictures(4));
  await app.run.click();
  await expect(app.counts).toContainText("4 captioned");
  await page.keyboard.press("j");
  await page.keyboard.press("v");
  await expect(desk.tick("picture-1.jpg")).toHaveAttribute("aria-pressed", "true");
  await expect(app.counts).toContainText("1 reviewed");
  await page.keyboard.press("u");
  await expect(app.image("picture-2.jpg")).toBeFocused();

  await page.keyboard.press("4");
  await expect(app.image("picture-2.jpg")).toBeFocused();
  await page.keyboard.press("+");
  await expect(page.getByLabel("Zoom")).not.toHaveText("100%");
  await page.keyboard.press("0");
  // Not a run: one by one, Ctrl+Enter goes on.
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(app.image("picture-3.jpg")).toBeFocused();
  await page.keyboard.press("Tab");
  await desk.editor("picture-3.jpg").focus();
  await desk.retype("Reviewed, and written.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(desk.editor("picture-4.jpg")).toBeFocused();
  await expect(desk.progress).toHaveText("3 of 4 reviewed");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(desk.progress).toHaveText("4 of 4 reviewed");
  await expect(page.getByText("That was the last image listed.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.images).toHaveCount(4);
  await expect(app.captionOf("picture-3.jpg")).toHaveText("Reviewed, and written.");
  expect((await sandbox.ledger()).accepted).toBe(4);
});

test("on a phone two pictures lie side by side, and a tap on one shows it alone", async ({
  app,
  page,
}) => {
  const desk = new DeskPage(page);
  await page.setViewportSize({ width: 420, height: 860 });
  await app.openWith(await drawPictures(4));
  await desk.layout("Grid").click();
  const boxes = await Promise.all(
    [1, 2, 3].map((number) => app.image(`picture-${number}.jpg`).boundingBox()),
  );
  expect(boxes[0]?.y).toBe(boxes[1]?.y);
  expect(boxes[2]?.y).toBeGreaterThan(boxes[0]?.y ?? 0);
  await page.getByRole("button", { name: "Enlarge picture-3.jpg" }).click();
  await expect(app.images).toHaveCount(1);
  await expect(app.image("picture-3.jpg")).toBeVisible();
});
