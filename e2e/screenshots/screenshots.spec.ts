import type { Page } from "@playwright/test";
import type { AppPage } from "#e2e/pages/app-page.ts";
import { ComparePage } from "#e2e/pages/compare-page.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { take, WINDOWS } from "./take.ts";

/** The sample sheet with its captions. */
async function captioned(app: AppPage) {
  await app.open();
  await app.loadSamples();
  await expect(app.run).toHaveAccessibleName(/^Caption 12 /);
  await app.run.click();
  await expect(app.counts).toContainText("12 captioned");
}

/** Its comparison, with a pick. */
async function compared(app: AppPage, page: Page) {
  const compare = new ComparePage(page);
  await captioned(app);
  await compare.open();
  await compare.runAll();
  const picks = compare.row("harbour-dawn.jpg").getByRole("button", { name: /^Pick / });
  await picks.first().click();
}

for (const { colorScheme, width, ending } of WINDOWS) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 860 }, reducedMotion: "reduce" });

    test("an empty sheet", async ({ app, page }) => {
      await app.open();
      await take(page, `empty-${ending}`);
    });

    test("captions", async ({ app, page }) => {
      await captioned(app);
      await take(page, `caption-${ending}`);
    });

    test("three columns", async ({ app, page }) => {
      await compared(app, page);
      await take(page, `compare-${ending}`);
    });
  });
}

for (const colorScheme of ["light", "dark"] as const)
  test.describe(`${colorScheme}, projected at 1920 px`, () => {
    test.use({ colorScheme, viewport: { width: 1920, height: 1080 }, reducedMotion: "reduce" });

    test("three columns", async ({ app, page }) => {
      await compared(app, page);
      await take(page, `compare-${colorScheme}-wide`);
    });
  });
