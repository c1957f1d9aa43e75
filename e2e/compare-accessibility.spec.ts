import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, SEVEN, test } from "./fixtures/compare-test.ts";

/** What axe finds, in a form that reads well in a failure. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)}\n${node.failureSummary}`),
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1360, 420]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: 860 }, reducedMotion: "reduce" });

      test("axe finds nothing in the grid, its dialogs and on the stage", async ({
        app,
        compare,
        page,
      }) => {
        await app.openWith(await drawPictures(3));
        await compare.open();
        await compare.runAll();
        await compare
          .cell("picture-1.jpg", SEVEN)
          .getByRole("button", { name: /^Pick / })
          .click();
        await expect(compare.row("picture-1.jpg")).toContainText("Picked");
        expect(await findings(page), "grid").toEqual([]);
        for (const name of ["+ Column", "Ranking", "One by one", "Present"]) {
          await page.getByRole("button", { name, exact: true }).click();
          await expect(page.getByRole("dialog")).toBeVisible();
          if (name === "Present") await page.keyboard.press("a");
          expect(await findings(page), name).toEqual([]);
          await compare.closeDialog();
        }
        await compare
          .cell("picture-1.jpg", SEVEN)
          .getByRole("button", { name: /^Open / })
          .click();
        expect(await findings(page), "cell").toEqual([]);
        await compare.closeDialog();
        await page.getByRole("button", { name: "Blind vote" }).click();
        expect(await findings(page), "blind").toEqual([]);
      });
    });
  }
}
