import { expect, type Locator, type Page } from "@playwright/test";
import type { PictureFile } from "#e2e/fixtures/draw-picture.ts";

/** The app as a person meets it: found by the accessible names that assistive technology relies on. */
export class AppPage {
  readonly page: Page;
  readonly fileInput: Locator;
  readonly model: Locator;
  readonly prompt: Locator;
  /** Begins with its verb, and counts what it would send. */
  readonly run: Locator;
  readonly connection: Locator;
  readonly spent: Locator;
  /** Every image of the sheet, each named by its file name. */
  readonly images: Locator;

  constructor(page: Page) {
    this.page = page;
    this.fileInput = page.getByLabel("Add images");
    this.model = page.getByLabel("Model", { exact: true });
    this.prompt = page.getByLabel("Prompt", { exact: true });
    this.run = page.getByRole("button", { name: /^(Caption|Check|Run) / });
    this.connection = page.getByRole("button", { name: /Connection/ });
    this.spent = page.getByRole("button", { name: /Spent/ });
    this.images = page.getByRole("article");
  }

  async open(path = "./") {
    await this.page.goto(path);
    await expect(this.connection).toBeVisible();
  }

  image(name: string): Locator {
    return this.page.getByRole("article", { name, exact: true });
  }

  /** Adds files by the file input and waits until they are prepared. */
  async add(files: readonly PictureFile[]) {
    await this.fileInput.setInputFiles([...files]);
    await expect(this.run).toBeEnabled();
  }

  /** Opens the app on these pictures. */
  async openWith(files: readonly PictureFile[]) {
    await this.open();
    await this.add(files);
  }
}
