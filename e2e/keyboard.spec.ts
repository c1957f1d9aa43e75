import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test("from an empty sheet to an edited caption without a mouse", async ({ app, page, sandbox }) => {
  await app.open();
  // Tab reaches the file input; the browser's own chooser opens on Enter or Space.
  const chooser = page.waitForEvent("filechooser");
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await app.fileInput.evaluate((input) => input === document.activeElement)) break;
  }
  await expect(app.fileInput).toBeFocused();
  await page.keyboard.press("Space");
  await (await chooser).setFiles(await drawPictures(3));
  await expect(app.run).toHaveAccessibleName(/^Caption 3/);

  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(app.counts).toContainText("3 captioned");
  expect((await sandbox.ledger()).accepted).toBe(3);

  await expect(app.image("picture-1.jpg")).toBeVisible();
  await page.keyboard.press("j");
  await expect(app.image("picture-1.jpg")).toBeFocused();
  await page.keyboard.press("j");
  await expect(app.image("picture-2.jpg")).toBeFocused();
  await page.keyboard.press("k");
  await expect(app.image("picture-1.jpg")).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Caption of picture-1.jpg" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Typed, and kept. jkx");
  await page.keyboard.press("Enter");
  await expect(app.captionOf("picture-1.jpg")).toHaveText("Typed, and kept. jkx");
  await expect(app.image("picture-1.jpg")).toBeFocused();

  await page.keyboard.press("x");
  await expect(page.getByText("1 selected", { exact: true })).toBeVisible();
  await page.keyboard.press("Delete");
  await expect(app.images).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.images).toHaveCount(3);
});

test("letters typed into the prompt are words, not commands", async ({ app, page }) => {
  await app.openWith(await drawPictures(2));
  await app.prompt.fill("");
  await app.prompt.pressSequentially("jkxncre?");
  await expect(app.prompt).toHaveValue("jkxncre?");
  await expect(page.getByText(/^\d+ selected$/)).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("no key spends money from inside a text field, except in the prompt; R names the price first", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(2));
  await app.prompt.press("ControlOrMeta+Enter");
  await expect(app.counts).toContainText("2 captioned");
  // What is added while it runs is asked about, too.
  await app.runEnds();
  await app.offer((await drawPictures(3)).slice(2));
  await expect(app.run).toHaveAccessibleName(/^Caption 1 remaining(?!.* ready)/);
  await app.image("picture-1.jpg").focus();
  await page.keyboard.press("Enter");
  const editor = page.getByRole("textbox", { name: "Caption of picture-1.jpg" });
  await editor.press("ControlOrMeta+Enter");
  await page.keyboard.press("Escape");
  expect((await sandbox.ledger()).accepted).toBe(2);
  await app.image("picture-1.jpg").focus();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Ask about picture-1.jpg again?" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect((await sandbox.ledger()).accepted).toBe(2);
  await page.keyboard.press("r");
  await dialog.getByRole("checkbox", { name: /^Don’t ask/ }).check();
  await dialog.getByRole("button", { name: /^Ask again · about \$/ }).click();
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBe(3);
  await expect(app.counts).toContainText("2 captioned");
  await app.image("picture-1.jpg").focus();
  await page.keyboard.press("r");
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBe(4);
});

test("? lists the keys, and Escape gives the focus back", async ({ app, page }) => {
  await app.openWith(await drawPictures(1));
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(list).toContainText("Edit the caption");
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(app.image("picture-1.jpg")).toBeFocused();
});

test("single-letter keys can be switched off", async ({ app, page }) => {
  await app.openWith(await drawPictures(1));
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("checkbox", { name: /^Single keys/ }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(app.image("picture-1.jpg")).not.toBeFocused();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
});

test("Ctrl+K finds a command by its name and does it where the focus was", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(2));
  await expect(app.image("picture-1.jpg")).toBeVisible();
  await page.keyboard.press("j");
  await expect(app.image("picture-1.jpg")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+k");
  const field = page.getByRole("combobox", { name: "Find a command" });
  await expect(field).toBeFocused();
  // Nothing is selected, so there is nothing to undo; what steps through rows is for keys alone.
  await expect(page.getByRole("option", { name: "Select none" })).toHaveCount(0);
  await expect(page.getByRole("option", { name: "Next image", exact: true })).toHaveCount(0);
  await field.fill("select");
  const group = page.getByRole("group", { name: "Caption" });
  const found = [/^Select or unselect/, /^Select all/, /^Remove the selected/];
  await expect(group.getByRole("option")).toHaveText(found);
  await expect(group.getByRole("option", { selected: true })).toHaveText(/^Select or unselect/);
  await page.keyboard.press("ArrowDown");
  await expect(group.getByRole("option", { selected: true })).toHaveText(/^Select all/);
  await page.keyboard.press("Enter");
  await expect(field).toHaveCount(0);
  await expect(page.getByText("2 selected", { exact: true })).toBeVisible();
  await expect(app.image("picture-1.jpg")).toBeFocused();

  // It opens over a field that is typed in, too, and says so if nothing has the name.
  await app.prompt.focus();
  await page.keyboard.press("ControlOrMeta+k");
  await field.fill("zebra");
  await expect(page.getByRole("dialog", { name: "Commands" })).toContainText("Nothing that can");
  await page.keyboard.press("Escape");
  await expect(app.prompt).toBeFocused();
});
