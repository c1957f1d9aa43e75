import { expectClean } from "./fixtures/axe-findings.ts";
import { expect, SEVEN, test } from "./fixtures/compare-test.ts";

test("axe finds nothing in the grid, its dialogs and on the stage", async ({
  app,
  compare,
  page,
}) => {
  await compare.openAnswered(app, 3);
  await compare
    .cell("picture-1.jpg", SEVEN)
    .getByRole("button", { name: /^Pick / })
    .click();
  await expect(compare.row("picture-1.jpg")).toContainText("Picked");
  await expectClean(page, "grid");
  for (const name of ["+ Column", "Ranking", "One by one", "Present"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    if (name === "Present") await page.keyboard.press("a");
    await expectClean(page, name);
    await compare.closeDialog();
  }
  await compare
    .cell("picture-1.jpg", SEVEN)
    .getByRole("button", { name: /^Open / })
    .click();
  await expectClean(page, "cell");
  await compare.closeDialog();
  await page.getByRole("button", { name: "Blind vote" }).click();
  await expectClean(page, "blind");
});
