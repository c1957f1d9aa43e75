import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test("by keys alone: find, look at every change, leave one out, replace, and one undo", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(3));
  await app.run.click();
  await expect(app.captionOf("picture-3.jpg")).toHaveText(/\w/);
  await app.edit("picture-1.jpg", "Golden lamp, golden shade.");
  await app.edit("picture-2.jpg", "A goldener lamp.");
  await app.edit("picture-3.jpg", "A golden lamp.");

  await app.image("picture-1.jpg").focus();
  await page.keyboard.press("b");
  const dialog = page.getByRole("dialog", { name: "Edit in bulk" });
  await expect(dialog.getByLabel("Find", { exact: true })).toBeFocused();
  await page.keyboard.type("golden");
  await page.keyboard.press("Tab");
  await page.keyboard.type("brass");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(dialog.getByRole("region").getByRole("status")).toHaveText(
    "2 of 3 texts will change",
  );
  const changes = dialog.getByRole("list", { name: "Changes" });
  await expect(changes.locator("del")).toContainText(["Golden", "golden", "golden"]);
  await expect(changes.locator("ins")).toContainText(["Brass", "brass", "brass"]);
  // Closed by mistake, it opens as it was.
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("b");
  await expect(dialog.getByLabel("Replace with")).toHaveValue("brass");
  await expect(dialog.getByRole("region").getByRole("status")).toHaveText(
    "2 of 3 texts will change",
  );
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Tab");
    if (
      await changes
        .getByRole("checkbox")
        .first()
        .evaluate((tick) => tick === document.activeElement)
    )
      break;
  }
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("checkbox", { name: "Change picture-3.jpg" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(dialog).toBeHidden();
  await expect(app.captionOf("picture-1.jpg")).toHaveText("Brass lamp, brass shade.");
  await expect(app.captionOf("picture-3.jpg")).toHaveText("A golden lamp.");
  await expect(page.getByText("Done: changing 1 text.")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-1.jpg")).toHaveText("Golden lamp, golden shade.");
});

test("a pattern that would look for ever is ended with a sentence, and so is one that can’t be read", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(1));
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
  await app.edit("picture-1.jpg", `${"a".repeat(60)}!`);
  await page.getByRole("button", { name: "Find and replace" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit in bulk" });
  const find = dialog.getByLabel("Find", { exact: true });
  await dialog.getByLabel("Regular expression").check();
  await find.fill("(a+)+$");
  await expect(find).toHaveAccessibleDescription(/^This pattern was stopped after 2 seconds/);
  await find.fill("(a");
  await expect(find).toHaveAccessibleDescription(/^This pattern can’t be read: .*group/i);
  await find.fill("^(?<first>a)a*");
  await dialog.getByLabel("Replace with").fill("$<first>b");
  await expect(dialog.getByRole("region").getByRole("status")).toHaveText(
    "1 of 1 text will change",
  );
  await expect(dialog.getByRole("list", { name: "Changes" })).toContainText("ab");
});
