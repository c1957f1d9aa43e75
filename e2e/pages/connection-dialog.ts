import type { Locator, Page } from "@playwright/test";

/** The dialog behind the header's connection button. */
export class ConnectionDialog {
  readonly root: Locator;
  readonly key: Locator;

  constructor(page: Page) {
    this.root = page.getByRole("dialog", { name: "Connection" });
    this.key = this.root.getByLabel(/API key$/);
  }

  async chooseDirect() {
    await this.root.getByRole("radio", { name: /^Direct/ }).check();
  }

  async enterKey(
    key: string,
    place: "Don’t remember" | "Remember in this tab" | "Remember on this device" = "Don’t remember",
  ) {
    await this.root.getByRole("radio", { name: new RegExp(`^${place}`) }).check();
    await this.key.fill(key);
    await this.root.getByRole("button", { name: "Use key" }).click();
  }

  async test() {
    await this.root.getByRole("button", { name: /^Test/ }).click();
  }

  async forgetKey() {
    await this.root.getByRole("button", { name: /^Forget/ }).click();
  }

  async close() {
    await this.root.getByRole("button", { name: "Close" }).click();
  }
}
