import { expectClean, WIDTHS, widen } from "./fixtures/axe-findings.ts";
import { expect, facePaths, test } from "./fixtures/age-test.ts";

const [WIDE, NARROW] = WIDTHS;

test("axe finds nothing on the grid, the stage, the figures and the dialogs", async ({
  age,
  app,
  page,
}, testInfo) => {
  await app.open();
  await age.open();
  await expectClean(page, "before the first face");
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles(await facePaths(testInfo, 12));
  await age.check(12);
  await expectClean(page, "the grid");
  await age.showStage();
  await expectClean(page, "the stage");
  for (let face = 0; face < 12; face += 1)
    await page.keyboard.press(face === 5 ? "n" : `${(face % 5) + 1}`);
  await expect(age.faces).toContainText("12 judged");
  await expectClean(page, "the reveal");
  await page.keyboard.press("Escape");
  await expectClean(page, "the grid and the figures");
  // On a phone the figures replace the faces.
  await widen(page, NARROW);
  await age.showPanel();
  await expectClean(page, "the figures alone", [NARROW]);
  for (const width of WIDTHS) {
    await widen(page, width);
    const pageHeight = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(pageHeight, "the page scrolls beside its parts").toBe(860);
  }
  for (const entry of [
    "Truth from a file or names…",
    "Merge verdict files…",
    "Erase everything…",
  ]) {
    await widen(page, WIDE);
    await age.showFaces();
    await age.chooseFile(entry);
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectClean(page, entry);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});
