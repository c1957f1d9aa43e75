import { expect, type Locator, type Page } from "@playwright/test";
import { drawPictures } from "#e2e/fixtures/draw-picture.ts";
import type { AppPage } from "./app-page.ts";

/** What the run button says once every cell was asked. */
export const NOTHING_LEFT = "Nothing to run";

/** Compare as the user meets it. */
export class ComparePage {
  readonly page: Page;
  readonly run: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.run = page.getByRole("button", { name: /^(Run \d|Nothing to run)/ });
    this.rows = page.getByRole("article");
  }

  async open() {
    await this.page.getByRole("link", { name: "Compare" }).filter({ visible: true }).click();
    await expect(this.page.getByRole("region", { name: "Comparison" })).toBeVisible();
  }

  /**
   * Opens the app on this many pictures, and asks the columns that a sheet starts with about them.
   */
  async openAnswered(app: AppPage, pictures: number) {
    await app.openWith(await drawPictures(pictures));
    await this.open();
    await this.runAll();
  }

  row(image: string): Locator {
    return this.page.getByRole("article", { name: image, exact: true });
  }

  cell(image: string, column: string): Locator {
    return this.row(image).getByRole("group", { name: column, exact: true });
  }

  textOf(image: string, column: string): Locator {
    return this.cell(image, column).locator("p[dir=auto]").first();
  }

  /** Runs what is missing, and waits until nothing more can be asked. */
  async runAll() {
    await this.run.click();
    await expect(this.run).toHaveAccessibleName(NOTHING_LEFT);
  }

  async share(entry: string) {
    await this.page.getByRole("button", { name: "Share" }).click();
    await this.page.getByRole("menuitem", { name: entry }).click();
  }

  /** Saves from the share menu; returns the path of the file. */
  async save(entry: string): Promise<string> {
    const download = this.page.waitForEvent("download");
    await this.share(entry);
    return (await download).path();
  }

  async columnMenu(column: string, entry: string) {
    await this.page.getByRole("button", { name: `Column ${column}`, exact: true }).click();
    await this.page.getByRole("menuitem", { name: entry }).click();
  }

  async closeDialog() {
    await this.page.keyboard.press("Escape");
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }
}

/** The part of an address after its hash that makes columns of these. */
export function setupHash(
  columns: readonly Record<string, unknown>[],
  prompt = "Describe.",
): string {
  return `#/compare?${new URLSearchParams({ setup: JSON.stringify({ prompt, columns }) }).toString()}`;
}
