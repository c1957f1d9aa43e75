import { readFile } from "node:fs/promises";
import type { AppPage } from "#e2e/pages/app-page.ts";
import { drawPicture } from "./fixtures/draw-picture.ts";
import { routeService } from "./fixtures/stand-in-service.ts";
import { expect, test } from "./fixtures/test.ts";

const KEY = "rw-e2e-odd-captions";
const NAME = "odd.jpg";

/** Has the service answer with exactly this caption. */
async function captionIs(app: AppPage, caption: string) {
  await routeService(app.page.context(), KEY, caption);
  await app.openWith([await drawPicture({ number: 3, name: NAME })]);
  await app.useKey(KEY);
  await app.run.click();
  await expect(app.captionOf(NAME)).toBeVisible();
}

test("HTML in a caption is text, on screen and in what is exported", async ({ app, page }) => {
  const caption = `<img src="x" onerror="document.title='owned'"><script>document.title='owned'</script>`;
  await captionIs(app, caption);
  await expect(app.captionOf(NAME)).toHaveText(caption);
  await expect(app.captionOf(NAME).locator("img, script")).toHaveCount(0);
  await expect(page).not.toHaveTitle(/owned/);
  const csv = await readFile(await app.exportAs("CSV for spreadsheets"), "utf8");
  expect(csv).toContain(`"${caption.replaceAll('"', '""')}"`);
});

for (const formula of ["=cmd()", "+1+cmd()", "-2+3", "@SUM(A1)", "\t=cmd()"]) {
  test(`a caption that is the formula ${JSON.stringify(formula)} runs in no spreadsheet`, async ({
    app,
  }) => {
    await captionIs(app, formula);
    await expect(app.captionOf(NAME)).toHaveText(formula.trim());
    const csv = await readFile(await app.exportAs("CSV for spreadsheets"), "utf8");
    const [, line = ""] = csv.split("\r\n");
    expect(line).toContain(formula.trim());
    expect(line).not.toMatch(/(^|,)"?[\t ]*[=+\-@]/);
  });
}

test("a caption of 20,000 characters is kept whole and leaves the page usable", async ({ app }) => {
  const caption = "A very long caption, word by word. ".repeat(572).slice(0, 19_999) + ".";
  await captionIs(app, caption);
  await expect(app.captionOf(NAME)).toContainText(caption.slice(0, 3_000));
  await app.image(NAME).getByRole("button", { name: "Show all 20,000 characters" }).click();
  await expect(app.captionOf(NAME)).toHaveText(caption);
  const box = await app.image(NAME).boundingBox();
  expect(box?.height).toBeLessThan(800);
  const csv = await readFile(await app.exportAs("CSV for spreadsheets"), "utf8");
  expect(csv).toContain(caption);
  await app.edit(NAME, "Short.");
});

test("a right-to-left caption reads from the right", async ({ app }) => {
  await captionIs(app, "قوارب صغيرة في الميناء عند الفجر.");
  await expect(app.captionOf(NAME)).toHaveCSS("direction", "rtl");
});
