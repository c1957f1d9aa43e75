import { expectClean } from "./fixtures/axe-findings.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test("by keys alone: two texts of the history are compared, an old answer is restored, and undone", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await expect(app.captionOf("picture-2.jpg")).toHaveText(/\w/);
  const answer = await app.captionOf("picture-1.jpg").innerText();
  await app.edit("picture-1.jpg", `${answer} In my words.`);

  await expect(app.image("picture-1.jpg")).toBeFocused();
  await page.keyboard.press("h");
  const dialog = page.getByRole("dialog", { name: "History of picture-1.jpg" });
  const entries = dialog.getByRole("listitem");
  await expect(entries).toHaveCount(2);
  await expect(entries.nth(0)).toContainText("You");
  await expect(entries.nth(0)).toContainText("Shown now");
  await expect(entries.nth(1)).toContainText(answer);
  await expect(entries.nth(1)).toContainText(/\$0\.\d+ · \d+\.\d s · simulated/);
  const press = async (name: string) => {
    await entries.nth(1).getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  await press("Compare");
  const compared = dialog.getByRole("region", { name: "Compared" });
  await expect(compared.locator("ins")).toHaveText(/ In my words\./);
  await expectClean(page, "history");
  await press("Restore");
  await expect(entries).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(app.image("picture-1.jpg")).toBeFocused();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(answer);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-1.jpg")).toHaveText(`${answer} In my words.`);

  await page.getByRole("button", { name: "More for picture-2.jpg" }).click();
  await page.getByRole("menuitem", { name: "History" }).click();
  await expect(page.getByRole("dialog", { name: "History of picture-2.jpg" })).toBeVisible();
});
