import type { Locator, Page } from "@playwright/test";

/** The captioning desk: its layouts, its editors and the marks of a review. */
export class DeskPage {
  readonly page: Page;
  readonly layouts: Locator;

  constructor(page: Page) {
    this.page = page;
    this.layouts = page.getByRole("group", { name: "Layout" });
  }

  layout(name: "List" | "Grid" | "Table" | "One by one"): Locator {
    return this.layouts.getByRole("button", { name });
  }

  editor(name: string, field = "Caption"): Locator {
    return this.page.getByRole("textbox", { name: `${field} of ${name}`, exact: true });
  }

  tick(name: string): Locator {
    return this.page.getByRole("button", { name: `Reviewed: ${name}`, exact: true });
  }

  /** "2 of 3 reviewed". */
  get progress(): Locator {
    return this.page.getByText(/^[\d,]+ of [\d,]+ reviewed$/).filter({ visible: true });
  }

  /** Replaces the words of the editor that has the focus. */
  async retype(words: string) {
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.type(words);
  }
}
