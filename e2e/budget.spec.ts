import { formatUsd } from "#src/domain/money.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

const IMAGES = 24;

test("a cap at half the price is announced before, kept during, and raised by a press", async ({
  app,
  sandbox,
}) => {
  await sandbox.play({ serviceMs: 50 });
  await app.openWith(await drawPictures(IMAGES));
  await app.setCap("0.02");
  await expect(app.page.getByText(/The cap of \$0\.02\d* leaves/)).toBeVisible();

  await app.run.click();
  const stop = app.page.getByRole("alert").filter({ hasText: "Paused at the cap" });
  await expect(stop).toBeVisible();
  const { billedMicroUsd } = await sandbox.ledger();
  expect(billedMicroUsd).toBeGreaterThan(0);
  expect(billedMicroUsd).toBeLessThanOrEqual(20_000);

  await stop.getByRole("button", { name: /^Raise the cap by .* and resume$/ }).click();
  await expect(app.counts).toContainText(`${IMAGES} captioned`);
  expect((await sandbox.ledger()).accepted).toBe(IMAGES);
});

test("asking all again also warns of a cap that is too low, by button and by key", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(5));
  await app.run.click();
  await expect(app.counts).toContainText("5 captioned");
  await app.setCap("0.01");
  await expect(app.run).toHaveAccessibleName(/^Caption 5 images again · over the cap · about/);
  await page.keyboard.press("ControlOrMeta+Enter");
  const dialog = page.getByRole("dialog", { name: "Ask about 5 images again?" });
  await expect(dialog).toContainText("The cap of $0.0100 leaves");
  await dialog.getByRole("button", { name: /^Raise the cap to/ }).click();
  await expect(dialog).not.toContainText("The cap of");
  await dialog.getByRole("button", { name: /^Ask again/ }).click();
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBe(10);
  await expect(app.counts).toContainText("5 captioned");
});

for (const { view, tooDear } of [
  { view: "Compare", tooDear: /^Run 72 answers · over the cap · about/ },
  { view: "Age check", tooDear: /^Check 24 faces · over the cap · about/ },
])
  test(`${view} also warns of a cap that is too low`, async ({ app, page }) => {
    await app.openWith(await drawPictures(IMAGES));
    await page.getByRole("link", { name: view }).filter({ visible: true }).click();
    await expect(app.run).toBeVisible();
    await expect(app.run).not.toHaveAccessibleName(/cap/);
    await app.setCap("0.01");
    await expect(app.run).toHaveAccessibleName(tooDear);
    // However much the foot has to say, nothing that pops up covers it.
    const foot = await page.locator("footer").boundingBox();
    const toast = await page.getByRole("button", { name: "Dismiss" }).locator("..").boundingBox();
    expect((toast?.y ?? NaN) + (toast?.height ?? NaN)).toBeLessThanOrEqual(foot?.y ?? NaN);
    await page.getByRole("button", { name: /^Raise the cap to/ }).click();
    await expect(app.run).not.toHaveAccessibleName(/cap/);
  });

test("a tab that only follows says how the run goes and why it is stopped, and can resume it", async ({
  app,
  page,
  context,
  sandbox,
}) => {
  await sandbox.play({ holdAfter: 4 });
  await app.openWith(await drawPictures(IMAGES));
  await app.setCap("0.02");
  await app.run.click();
  const other = await context.newPage();
  await other.goto(page.url());
  const bar = other.locator("footer");
  await expect(bar).toContainText("Another tab runs this sheet.");
  await expect(bar).toContainText(/\d+ done · \d running · \d+ left≈ \d+ s left/);
  await expect(other).toHaveTitle(/^\d+ of 24 · /);
  await sandbox.play({});

  const stop = other.getByRole("alert").filter({ hasText: "Paused at the cap" });
  await expect(stop).toBeVisible();
  await expect(bar.getByRole("button", { name: "Resume", exact: true })).toBeVisible();
  await stop.getByRole("button", { name: /^Raise the cap by .* and resume$/ }).click();
  await expect(app.counts).toContainText(`${IMAGES} captioned`);
  expect((await sandbox.ledger()).accepted).toBe(IMAGES);
});

test("an image that is asked about during a pause is answered alone", async ({
  app,
  page,
  sandbox,
}) => {
  // More than are under way at once, so that the first image is among them.
  await sandbox.play({ holdAfter: 12 });
  await app.openWith(await drawPictures(IMAGES));
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
  await page.getByRole("button", { name: "Pause" }).click();
  await sandbox.play({});
  const bar = page.locator("footer");
  await expect(bar).toContainText("New questions are still answered");
  await expect(bar).not.toContainText("running");
  const { accepted } = await sandbox.ledger();
  await app.image("picture-1.jpg").focus();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Ask about picture-1.jpg again?" });
  await dialog.getByRole("button", { name: /^Ask again · about \$/ }).click();
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBe(accepted + 1);
  await expect(bar).not.toContainText("running");
  expect((await sandbox.ledger()).accepted).toBe(accepted + 1);
  await expect(bar).toContainText(`${IMAGES - accepted} left`);
});

test("an answer dearer than its hold pauses the run and says so", async ({
  app,
  page,
  sandbox,
}) => {
  await sandbox.play({ costFactor: 3 });
  await app.openWith(await drawPictures(IMAGES));
  await app.run.click();
  const stop = page.getByRole("alert").filter({ hasText: /an answer cost \$0\.00\d\d/ });
  await expect(stop).toBeVisible();
  expect((await sandbox.ledger()).accepted).toBeLessThan(IMAGES);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(app.counts).toContainText(`${IMAGES} captioned`);
  const { billedMicroUsd } = await sandbox.ledger();
  await expect(app.spent).toContainText(formatUsd(billedMicroUsd));
});
