import { drawPictures } from "./fixtures/draw-picture.ts";
import { reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";
import { DeskPage } from "./pages/desk-page.ts";

test("Ctrl+Enter saves and goes on, Shift+Enter breaks the line, Escape takes back, and nothing is paid for", async ({
  app,
  page,
  sandbox,
}) => {
  const desk = new DeskPage(page);
  await app.openWith(await drawPictures(3));
  await app.run.click();
  await expect(app.captionOf("picture-3.jpg")).toHaveText(/\w/);
  const third = await app.captionOf("picture-3.jpg").innerText();

  // A press on the words edits them.
  await app.captionOf("picture-1.jpg").click();
  await expect(desk.editor("picture-1.jpg")).toBeFocused();
  await desk.retype("One");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("in  two lines.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(desk.editor("picture-2.jpg")).toBeFocused();
  await desk.retype("Two.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(desk.editor("picture-3.jpg")).toBeFocused();
  await desk.retype("Never mind.");
  await page.keyboard.press("Escape");
  await expect(app.image("picture-3.jpg")).toBeFocused();

  const first = app.captionOf("picture-1.jpg");
  await expect(first).toHaveText(/One\s+in/);
  // As it was typed.
  expect(
    await first.evaluate((text) => [text.textContent, getComputedStyle(text).whiteSpace]),
  ).toEqual(["One\nin  two lines.", "pre-wrap"]);
  await expect(app.captionOf("picture-2.jpg")).toHaveText("Two.");
  await expect(app.captionOf("picture-3.jpg")).toHaveText(third);
  expect((await sandbox.ledger()).accepted).toBe(3);
});

test("words that were being typed outlive a tab that ends without a word, and are offered in the next", async ({
  app,
  page,
  context,
}) => {
  const desk = new DeskPage(page);
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await expect(app.captionOf("picture-2.jpg")).toHaveText(/\w/);
  const address = page.url();
  await app.captionOf("picture-1.jpg").click();
  await desk.retype("Half a sen");
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(localStorage)))
    .toContain("Half a sen");
  // Nothing is told to a page that ends so.
  const session = await context.newCDPSession(page);
  session.send("Page.crash").catch(() => undefined);
  await page.waitForEvent("crash");

  const later = await context.newPage();
  await later.goto(address);
  const row = later.getByRole("article", { name: "picture-1.jpg" });
  await expect(row).toContainText("Not saved: Half a sen");
  await row.getByRole("button", { name: "Continue the unsaved words of picture-1.jpg" }).click();
  const laterDesk = new DeskPage(later);
  await expect(laterDesk.editor("picture-1.jpg")).toHaveValue("Half a sen");
  await later.keyboard.type("tence.");
  await later.keyboard.press("Enter");
  await expect(row.locator("p[dir=auto]").first()).toHaveText("Half a sentence.");
  await expect(row).not.toContainText("Not saved");
  await reloadWhenKept(later);
  await expect(row).toContainText("Half a sentence.");
  await expect(row).not.toContainText("Not saved");
});

test("leaving the field saves, and the focus stays where the user went", async ({ app, page }) => {
  await app.openWith(await drawPictures(2));
  await page.getByRole("button", { name: "Write the caption of picture-1.jpg" }).click();
  await page.keyboard.type("By hand.");
  await app.prompt.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText("By hand.");
  await expect(app.prompt).toBeFocused();
});
