import { axeFindings } from "./fixtures/axe-findings.ts";
import { expect, facePaths, test } from "./fixtures/age-test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1360, 420]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 860 }, reducedMotion: "reduce" });

      test("axe finds nothing on the grid, the stage, the figures and the dialogs", async ({
        age,
        app,
        page,
      }, testInfo) => {
        // Looking at everything takes longer than doing it.
        test.slow();
        const expectClean = async (where: string) => {
          expect(await axeFindings(page), where).toEqual([]);
        };
        await app.open();
        await age.open();
        await expectClean("before the first face");
        await page
          .locator("input[type=file]")
          .first()
          .setInputFiles(await facePaths(testInfo, 12));
        await age.check(12);
        await expectClean("the grid");
        await age.showStage();
        await expectClean("the stage");
        for (let face = 0; face < 12; face += 1)
          await page.keyboard.press(face === 5 ? "n" : `${(face % 5) + 1}`);
        await expect(age.faces).toContainText("12 judged");
        await expectClean("the reveal");
        await page.keyboard.press("Escape");
        await expectClean("the grid with judgements");
        await age.showPanel();
        await expectClean("the figures");
        const pageHeight = await page.evaluate(() => document.documentElement.scrollHeight);
        expect(pageHeight, "the page scrolls beside its parts").toBe(860);
        if (colorScheme === "dark" || width === 420) return;
        for (const entry of [
          "Truth from a file or names…",
          "Merge verdict files…",
          "Wipe everything…",
        ]) {
          await age.showFaces();
          await age.chooseFile(entry);
          await expect(page.getByRole("dialog")).toBeVisible();
          await expectClean(entry);
          await page.keyboard.press("Escape");
        }
      });
    });
  }
}
