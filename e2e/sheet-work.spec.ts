import type { Page } from "@playwright/test";
import { drawPicture, drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test("try one first asks about one image alone", async ({ app, page, sandbox }) => {
  await app.openWith(await drawPictures(3));
  await page.getByRole("button", { name: "Try one first" }).click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
  await expect(app.run).toHaveAccessibleName(/^Caption 2 remaining/);
  expect((await sandbox.ledger()).accepted).toBe(1);
});

test("a range is selected by keys, removed at once, and brought back by one undo", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(5));
  for (const key of ["j", "j", "Shift+ArrowDown", "Shift+ArrowDown"])
    await page.keyboard.press(key);
  await expect(page.getByText("3 selected", { exact: true })).toBeVisible();
  await expect(app.run).toHaveAccessibleName(/^Caption 3 selected/);
  await page.keyboard.press("Delete");
  await expect(app.images).toHaveCount(2);
  await expect(app.images.last()).toHaveAccessibleName("picture-5.jpg");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.images).toHaveCount(5);
});

test("a range is selected by a click with Shift", async ({ app, page }) => {
  await app.openWith(await drawPictures(4));
  await page.getByRole("checkbox", { name: "Select picture-1.jpg" }).click();
  await page
    .getByRole("checkbox", { name: "Select picture-3.jpg" })
    .click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 selected", { exact: true })).toBeVisible();
});

test("asking all again asks first, and one undo brings the old answers back, not the money", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await expect(app.run).toHaveAccessibleName(/^Caption 2 images again/);
  const [first, second] = [app.captionOf("picture-1.jpg"), app.captionOf("picture-2.jpg")];
  const old = [await first.innerText(), await second.innerText()];

  await app.choosePrompt("Objects");
  await app.run.click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Ask again/ })
    .click();
  await expect(first).not.toHaveText(old[0] ?? "");
  await expect(second).not.toHaveText(old[1] ?? "");
  const spent = await app.spent.innerText();

  await page.keyboard.press("ControlOrMeta+z");
  await expect(first).toHaveText(old[0] ?? "");
  await expect(second).toHaveText(old[1] ?? "");
  expect(await app.spent.innerText()).toBe(spent);
  expect((await sandbox.ledger()).accepted).toBe(4);
});

test("a new answer is shown beside what the user wrote", async ({ app, page }) => {
  await app.openWith(await drawPictures(1));
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
  await app.edit("picture-1.jpg", "My own words.");
  await page.getByRole("button", { name: "Redo: picture-1.jpg" }).click();
  await expect(app.image("picture-1.jpg")).toContainText("New answer, beside your words");
  await expect(app.captionOf("picture-1.jpg")).toHaveText("My own words.");
  await page.getByRole("button", { name: "Use the new answer" }).click();
  await expect(app.captionOf("picture-1.jpg")).not.toHaveText("My own words.");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-1.jpg")).toHaveText("My own words.");
});

test("the same file is taken once, and the user is told; the same bytes under another name are another image", async ({
  app,
  page,
}) => {
  const original = await drawPicture({ number: 1 });
  await app.openWith([original]);
  await app.offer([original, { ...original, name: "copy.jpg" }, await drawPicture({ number: 2 })]);
  await expect(app.images).toHaveCount(3);
  await expect(page.getByText("Already on the sheet, byte for byte.")).toBeVisible();
});

test("what was answered on this device before is free, and says so", async ({
  app,
  page,
  sandbox,
}) => {
  const picture = await drawPicture({ number: 1 });
  await app.openWith([picture]);
  await app.run.click();
  await expect(app.captionOf(picture.name)).toHaveText(/\w/);
  await page.getByRole("button", { name: `More for ${picture.name}` }).click();
  await page.getByRole("menuitem", { name: "Remove from the sheet" }).click();
  await expect(app.images).toHaveCount(0);
  await app.add([picture]);
  await app.run.click();
  await expect(app.image(picture.name)).toContainText("Reused");
  await expect(app.simulated.first()).toBeVisible();
  expect((await sandbox.ledger()).accepted).toBe(1);
});

test("the user can see what leaves the browser before it does", async ({ app, page }) => {
  const picture = await drawPicture({ number: 1, width: 2_000, height: 1_500 });
  await app.openWith([picture]);
  await page.getByRole("button", { name: `More for ${picture.name}` }).click();
  await page.getByRole("menuitem", { name: "What leaves your browser" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("2000 × 1500 px");
  await expect(dialog).toContainText("1024 × 768 px, JPEG");
});

test.describe("by address", () => {
  // The pictures are on hosts that no test may reach, so their titles are used instead.
  test.use({ tolerated: { complaints: [/^Failed to load resource: /] } });

  test("the published examples are answered as they were published", async ({ app, page }) => {
    await page.route("https://assets.runware.ai/**", (route) => route.abort());
    await app.open();
    await page.getByRole("button", { name: "Load the published examples" }).click();
    await expect(app.run).toHaveAccessibleName(/^Caption 12 images/);
    await expect(app.images.first()).toBeVisible();
    const harbour = app.image("Harbor Teahouse After Storm");
    for (const key of ["j", "j", "j", "j", "j"]) await page.keyboard.press(key);
    await expect(harbour).toContainText("No preview here");
    await page.getByRole("button", { name: "Ask: Harbor Teahouse After Storm" }).click();
    await expect(app.captionOf("Harbor Teahouse After Storm")).toHaveText(/\w+/);
    await expect(harbour).toContainText("Recorded");
  });

  test("pasted addresses and those of the dialog are added once", async ({ app, page }) => {
    await page.route("https://example.com/**", (route) => route.abort());
    await app.open();
    await paste(page, "https://example.com/a.jpg\nhttps://example.com/b.jpg");
    await expect(app.images).toHaveCount(2);
    await page.getByRole("button", { name: "More ways to add images" }).click();
    await page.getByRole("menuitem", { name: /web address/ }).click();
    await page
      .getByRole("textbox", { name: /per line/ })
      .fill("https://example.com/a.jpg\nddf33190-1c7c-4b47-9207-d219fdd0491c\nno address");
    await expect(page.getByRole("dialog")).toContainText(
      "Neither an address nor a UUID: no address",
    );
    await page.getByRole("button", { name: "Add 2 images" }).click();
    await expect(app.images).toHaveCount(3);
    await expect(app.image("ddf33190-1c7c-4b47-9207-d219fdd0491c")).toContainText("by UUID");
    await expect(page.getByText("1 of these is on the sheet already")).toBeVisible();
  });
});

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}
