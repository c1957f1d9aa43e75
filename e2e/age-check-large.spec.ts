import type { Page } from "@playwright/test";
import { expect, facePaths, test } from "./fixtures/age-test.ts";
import { madeVerdicts } from "./fixtures/made-verdicts.mjs";

type Change = "face" | "figures";

/** What changed on screen, in order: the face on the stage, or the text of the figure. */
async function watchChanges(page: Page, figureId: string) {
  await page.evaluate((labelId) => {
    const stage = document.querySelector("article[data-face]");
    const figure = document.querySelector(`section[aria-labelledby="${labelId}"]`);
    if (stage === null || figure === null) throw new Error("no stage, or no figure");
    const changes: Change[] = [];
    new MutationObserver(() => changes.push("face")).observe(stage, {
      attributeFilter: ["data-face"],
    });
    new MutationObserver(() => changes.push("figures")).observe(figure, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    Object.assign(window, { changes });
  }, figureId);
  return async (): Promise<Change[]> => page.evaluate(() => Reflect.get(window, "changes"));
}

test("with 2,000 judgements the figures follow each key, and the next face is there before them", async ({
  age,
  app,
  page,
}, testInfo) => {
  await app.open();
  await age.open();
  await app.fileInput.setInputFiles(await facePaths(testInfo, 25));
  await age.check(25);
  await age.chooseFile("Merge verdict files…");
  await page
    .getByRole("dialog")
    .getByLabel("Verdict files")
    .setInputFiles({
      name: "many.json",
      mimeType: "application/json",
      buffer: Buffer.from(madeVerdicts(2000)),
    });
  await page.getByRole("button", { name: "Merge 2,000 lines" }).click();
  const accuracy = age.figure("Right age group");
  await expect(accuracy).toContainText("of 2,000");
  await expect(age.figure(/as sure as/)).toContainText("Expected calibration error");

  await age.showStage();
  const changes = await watchChanges(page, (await accuracy.getAttribute("aria-labelledby")) ?? "");
  const expected: Change[] = [];
  for (let press = 1; press <= 21; press += 1) {
    await page.keyboard.press(`${(press % 5) + 1}`);
    expected.push("face", "figures");
    await expect.poll(changes).toEqual(expected);
  }
  await expect(accuracy).toContainText("of 2,021");
});
