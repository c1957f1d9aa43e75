import { AppPage } from "#e2e/pages/app-page.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test("a tab that takes over shows what the previous one wrote without telling it", async ({
  app,
  page,
  context,
}) => {
  await app.openWith(await drawPictures(3));
  const other = new AppPage(await context.newPage());
  await other.page.addInitScript(deafenChannels);
  await other.open(page.url());
  await expect.poll(() => other.page.evaluate(waitsForItsTurn)).toBe(true);
  await app.run.click();
  await expect(app.counts).toContainText("3 captioned");
  await expect(other.counts).toContainText("0 captioned");
  await page.close();
  await expect(other.counts).toContainText("3 captioned");
  await expect(other.run).toHaveAccessibleName(/^Caption 3 images again/);
});

/** True once this tab follows the one that drives the sheet. */
async function waitsForItsTurn(): Promise<boolean> {
  const { pending = [] } = await navigator.locks.query();
  return pending.some(({ name }) => name?.startsWith("contact-sheet run ") === true);
}

/** As if the other tab had died between writing and telling. */
function deafenChannels() {
  BroadcastChannel.prototype.addEventListener = () => undefined;
}
