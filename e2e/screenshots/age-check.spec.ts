import { AgePage } from "#e2e/pages/age-page.ts";
import { facePaths } from "#e2e/fixtures/age-test.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { take, WINDOWS } from "./take.ts";

for (const { colorScheme, width, ending } of WINDOWS) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 860 }, reducedMotion: "reduce" });

    test("faces, half of them judged", async ({ app, page }, testInfo) => {
      const age = new AgePage(page);
      await app.open();
      await age.open();
      await app.fileInput.setInputFiles(await facePaths(testInfo, 24));
      await age.check(24);
      await page.keyboard.press("o");
      for (let face = 1; face <= 16; face += 1) {
        await page.keyboard.press(`${((face * 7) % 5) + 1}`);
        await expect(age.stage).toHaveAccessibleName(
          `face-${String(face + 1).padStart(3, "0")}.jpg`,
        );
      }
      await page.keyboard.press("Escape");
      await take(page, `age-check-${ending}`);
    });
  });
}
