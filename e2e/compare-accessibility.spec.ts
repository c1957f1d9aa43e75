import { axeFindings } from "./fixtures/axe-findings.ts";
import { expect, SEVEN, test } from "./fixtures/compare-test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1360, 420]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 860 }, reducedMotion: "reduce" });

      test("axe finds nothing in the grid, its dialogs and on the stage", async ({
        app,
        compare,
        page,
      }) => {
        // Looking at everything takes longer than doing it.
        test.slow();
        await compare.openAnswered(app, 3);
        await compare
          .cell("picture-1.jpg", SEVEN)
          .getByRole("button", { name: /^Pick / })
          .click();
        await expect(compare.row("picture-1.jpg")).toContainText("Picked");
        expect(await axeFindings(page), "grid").toEqual([]);
        for (const name of ["+ Column", "Ranking", "One by one", "Present"]) {
          await page.getByRole("button", { name, exact: true }).click();
          await expect(page.getByRole("dialog")).toBeVisible();
          if (name === "Present") await page.keyboard.press("a");
          expect(await axeFindings(page), name).toEqual([]);
          await compare.closeDialog();
        }
        await compare
          .cell("picture-1.jpg", SEVEN)
          .getByRole("button", { name: /^Open / })
          .click();
        expect(await axeFindings(page), "cell").toEqual([]);
        await compare.closeDialog();
        await page.getByRole("button", { name: "Blind vote" }).click();
        expect(await axeFindings(page), "blind").toEqual([]);
      });
    });
  }
}
