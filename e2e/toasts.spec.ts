import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test("what was done in a dialog is said above it, and undone there by mouse and by keys", async ({
  app,
  page,
}) => {
  await app.open();
  await page.getByRole("button", { name: /^Sheet: / }).click();
  const dialog = page.getByRole("dialog", { name: "Sheets" });
  const list = dialog.getByRole("list", { name: "Sheets" });
  const rename = async (to: string) => {
    await dialog.getByRole("button", { name: /^Rename / }).click();
    await dialog.getByLabel(/^New name of/).fill(to);
    await page.keyboard.press("Enter");
    await expect(list).toContainText(to);
  };
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  await rename("Harbour");
  await undo.click();
  await expect(list).not.toContainText("Harbour");
  await rename("Quay");
  await undo.focus();
  await page.keyboard.press("Enter");
  await expect(list).not.toContainText("Quay");
  await rename("Pier");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(list).not.toContainText("Pier");
  await expect(dialog).toBeVisible();
});

test("a toast never lies over the row that is being edited", async ({ app, page }) => {
  await page.setViewportSize({ width: 1000, height: 620 });
  await app.openWith(await drawPictures(6));
  await app.run.click();
  await app.runEnds(6);
  await app.edit("picture-1.jpg", "My own words.");
  await page.keyboard.press("Escape");
  const toast = page.getByText(/^Done: /).last();
  await app.pressTool("picture-6.jpg", "Edit the caption of picture-6.jpg");
  await expect(page.getByRole("textbox", { name: "Caption of picture-6.jpg" })).toBeFocused();
  await expect(toast).toBeVisible();
  const isOver = async () => {
    const [row, said] = [await app.image("picture-6.jpg").boundingBox(), await toast.boundingBox()];
    if (row === null || said === null) throw new Error("the row or the toast is gone");
    return said.y < row.y + row.height && row.y < said.y + said.height;
  };
  await expect.poll(isOver).toBe(false);
});
