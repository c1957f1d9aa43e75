import { expect, type Locator, type Page } from "@playwright/test";
import { patienceMs } from "#e2e/fixtures/patience.ts";

/** Age check as the user meets it. */
export class AgePage {
  readonly page: Page;
  readonly faces: Locator;
  readonly panel: Locator;
  readonly stage: Locator;

  constructor(page: Page) {
    this.page = page;
    this.faces = page.getByRole("region", { name: "Faces" });
    this.panel = page.getByRole("complementary", { name: "Set-up and figures" });
    this.stage = this.faces.getByRole("article");
  }

  async open() {
    await this.page.getByRole("link", { name: "Age check" }).filter({ visible: true }).click();
    await expect(this.faces).toBeVisible();
  }

  /** On a phone one of the two is shown at a time. */
  async showPanel() {
    const figures = this.page.getByRole("button", { name: "Set-up and figures" });
    if (await figures.isVisible()) await figures.click();
    await expect(this.panel).toBeVisible();
  }

  async showFaces() {
    const faces = this.page.getByRole("button", { name: "Faces", exact: true });
    if (await faces.isVisible()) await faces.click();
    await expect(this.faces).toBeVisible();
  }

  /** Puts the first face without a judgement on the stage. */
  async showStage() {
    await this.page.keyboard.press("o");
    await expect(this.stage).toHaveCount(1);
  }

  /** Asks the chosen models about every face, and waits for the end of the run. */
  async check(count: number) {
    await this.page.getByRole("button", { name: new RegExp(`^Check ${count} face`) }).click();
    await expect(this.page.getByRole("button", { name: "Nothing to check" })).toBeVisible({
      timeout: patienceMs(count),
    });
  }

  /** The figure under this heading. */
  figure(title: string | RegExp): Locator {
    return this.panel.getByRole("region", { name: title });
  }

  async showSetUp() {
    const setUp = this.panel.locator("details").first();
    if ((await setUp.getAttribute("open")) === null) await setUp.locator("summary").click();
  }

  async chooseModel(name: string) {
    await this.showSetUp();
    await this.panel.getByRole("checkbox", { name }).check();
  }

  async figuresOf(model: string) {
    await this.panel.getByLabel("Of which model").selectOption({ label: model });
  }

  /** Opens the files menu and chooses from it. */
  async chooseFile(entry: string) {
    await this.page.getByRole("button", { name: "Files" }).click();
    await this.page.getByRole("menuitem", { name: entry }).click();
  }

  /** Saves one of the files; returns its path. */
  async save(entry: string): Promise<string> {
    const download = this.page.waitForEvent("download");
    await this.chooseFile(entry);
    return (await download).path();
  }
}
