import { expect, type Locator, type Page } from "@playwright/test";
import { ConnectionDialog } from "#e2e/pages/connection-dialog.ts";
import type { PictureFile } from "#e2e/fixtures/draw-picture.ts";
import { namesInZip } from "#e2e/fixtures/names-in-zip.ts";
import { patienceMs } from "#e2e/fixtures/patience.ts";

/** The app as the user meets it: found by the accessible names that assistive technology relies on. */
export class AppPage {
  readonly page: Page;
  readonly fileInput: Locator;
  readonly model: Locator;
  readonly prompt: Locator;
  /** Begins with its verb, and counts what it would send. It is absent while something runs. */
  readonly run: Locator;
  readonly connection: Locator;
  readonly spent: Locator;
  /** How far the listed images are. */
  readonly counts: Locator;
  /** The images near the window, each named by its file name. */
  readonly images: Locator;
  /** Marks what no model has said: once for all images, or on those that differ. */
  readonly simulated: Locator;

  constructor(page: Page) {
    this.page = page;
    this.fileInput = page.getByLabel("Add images", { exact: true });
    this.model = page.getByLabel("Model", { exact: true });
    this.prompt = page.getByLabel("Prompt", { exact: true });
    this.run = page.getByRole("button", { name: /^(Caption|Check(?! again)|Run|Nothing to) / });
    this.connection = page.getByRole("button", { name: /^Connection: / });
    this.spent = page.getByRole("button", { name: /^Spent / });
    this.counts = page.getByRole("region", { name: "Sheet" }).getByRole("paragraph").first();
    this.images = page.getByRole("article");
    this.simulated = page.getByText(/(^|[·:] )simulated$/i).filter({ visible: true });
  }

  /** Opens the app and waits until it knows how it is connected. */
  async open(path = "./") {
    await this.page.goto(path);
    await expect(this.connection).not.toContainText("Connecting");
    const underWay = this.page.getByText(/^(Cancel|Resume|Another tab runs this sheet)/);
    await expect(this.run.or(underWay).first()).toBeVisible();
  }

  image(name: string): Locator {
    return this.page.getByRole("article", { name, exact: true });
  }

  /** The words under an image, whoever wrote them. */
  captionOf(name: string): Locator {
    return this.image(name).locator("p[dir=auto]").first();
  }

  /** Offers files by the file input. */
  async offer(files: readonly PictureFile[]) {
    await this.fileInput.setInputFiles([...files]);
  }

  /** Adds files to an empty sheet and waits until all of them can be asked about, and keys reach them. */
  async add(files: readonly PictureFile[]) {
    await this.offer(files);
    const allReady = new RegExp(`^\\w+ ${files.length} images?(?!.* ready)`);
    await expect(this.run).toHaveAccessibleName(allReady, {
      timeout: patienceMs(files.length),
    });
    // The list itself is loaded with the first image.
    await expect(this.images.first()).toBeVisible();
  }

  /** The line that says why a file was not taken. */
  rejection(name: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: name });
  }

  /** Opens the app on these pictures. */
  async openWith(files: readonly PictureFile[]) {
    await this.open();
    await this.add(files);
  }

  async loadSamples() {
    await this.page.getByRole("button", { name: "Load the sample sheet" }).click();
  }

  /** Waits for the end of a run of this many tasks: the button that starts one is back. */
  async runEnds(tasks = 1) {
    await expect(this.run).toBeVisible({ timeout: patienceMs(tasks) });
  }

  /** On a phone the recipe is folded away. */
  async unfoldRecipe() {
    const fold = this.page.getByRole("button", { expanded: false }).filter({ visible: true });
    if (await this.model.isHidden()) await fold.first().click();
  }

  /** Takes another prompt, by its name in the menu. */
  async choosePrompt(name: string) {
    await this.unfoldRecipe();
    await this.page.getByRole("button", { name: /^Choose another prompt/ }).click();
    await this.page.getByRole("menuitemcheckbox", { name: new RegExp(`^${name}`) }).click();
  }

  /** Chooses a model by its name; the rest of its entry does not matter. */
  async choose(model: string) {
    await this.unfoldRecipe();
    const option = this.model.getByRole("option").filter({ hasText: model });
    await this.model.selectOption((await option.getAttribute("value")) ?? "");
  }

  /** Presses a button that an image shows only under the pointer, or if it is the active one. */
  async pressTool(name: string, tool: string) {
    await this.image(name).hover();
    await this.page.getByRole("button", { name: tool }).click();
  }

  async edit(name: string, text: string) {
    await this.pressTool(name, `Edit the caption of ${name}`);
    await this.page.getByRole("textbox", { name: `Caption of ${name}` }).fill(text);
    await this.page.keyboard.press("Enter");
    await expect(this.captionOf(name)).toHaveText(text);
  }

  async openConnection(): Promise<ConnectionDialog> {
    await this.connection.click();
    const dialog = new ConnectionDialog(this.page);
    await expect(dialog.root).toBeVisible();
    return dialog;
  }

  /** Sends to the service itself from now on. */
  async useKey(...key: Parameters<ConnectionDialog["enterKey"]>) {
    const dialog = await this.openConnection();
    await dialog.chooseDirect();
    await dialog.enterKey(...key);
    await dialog.close();
  }

  /** Sets what the sheet may spend, in dollars. */
  async setCap(usd: string) {
    await this.spent.click();
    await this.page.getByLabel("This sheet may spend, in dollars").fill(usd);
    await this.page.getByRole("button", { name: "Set cap" }).click();
    await this.page.keyboard.press("Escape");
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** Chooses from the export menu; returns the path of the file that was saved. */
  async exportAs(entry: string): Promise<string> {
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Export" }).click();
    const label = this.page.getByText(entry, { exact: true });
    await this.page.getByRole("menuitem").filter({ has: label }).click();
    return (await download).path();
  }

  /** The names of the files in the ZIP of captions. */
  async namesInArchive(): Promise<string[]> {
    return namesInZip(await this.exportAs(".txt files in a ZIP"));
  }
}
