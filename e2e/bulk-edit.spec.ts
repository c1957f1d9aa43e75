import type { Page } from "@playwright/test";
import { expectClean } from "./fixtures/axe-findings.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";
import { DeskPage } from "./pages/desk-page.ts";

test("by keys alone: find, look at every change, leave one out, replace, and one undo", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(3));
  await app.run.click();
  await expect(app.captionOf("picture-3.jpg")).toHaveText(/\w/);
  await app.edit("picture-1.jpg", "Golden lamp, golden shade.");
  await app.edit("picture-2.jpg", "A goldener lamp.");
  await app.edit("picture-3.jpg", "A golden lamp.");

  await app.image("picture-1.jpg").focus();
  await page.keyboard.press("b");
  const dialog = page.getByRole("dialog", { name: "Edit in bulk" });
  await expect(dialog.getByLabel("Find", { exact: true })).toBeFocused();
  await page.keyboard.type("golden");
  await page.keyboard.press("Tab");
  await page.keyboard.type("brass");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(dialog.getByRole("region").getByRole("status")).toHaveText(
    "2 of 3 texts will change",
  );
  const changes = dialog.getByRole("list", { name: "Changes" });
  await expect(changes.locator("del")).toContainText(["Golden", "golden", "golden"]);
  await expect(changes.locator("ins")).toContainText(["Brass", "brass", "brass"]);
  // Closed by mistake, it opens as it was.
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("b");
  await expect(dialog.getByLabel("Replace with")).toHaveValue("brass");
  await expect(dialog.getByRole("region").getByRole("status")).toHaveText(
    "2 of 3 texts will change",
  );
  await expectClean(page, "bulk edit");
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Tab");
    if (
      await changes
        .getByRole("checkbox")
        .first()
        .evaluate((tick) => tick === document.activeElement)
    )
      break;
  }
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("checkbox", { name: "Change picture-3.jpg" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(dialog).toBeHidden();
  await expect(app.captionOf("picture-1.jpg")).toHaveText("Brass lamp, brass shade.");
  await expect(app.captionOf("picture-3.jpg")).toHaveText("A golden lamp.");
  await expect(page.getByText("Done: changing 1 text.")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.captionOf("picture-1.jpg")).toHaveText("Golden lamp, golden shade.");
});

test("a pattern that would look for ever is ended with a sentence, and so is one that can’t be read", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(1));
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
  await app.edit("picture-1.jpg", `${"a".repeat(60)}!`);
  await page.getByRole("button", { name: "Find and replace" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit in bulk" });
  const find = dialog.getByLabel("Find", { exact: true });
  await dialog.getByLabel("Regular expression").check();
  await find.fill("(a+)+$");
  await expect(find).toHaveAccessibleDescription(/^This pattern was stopped after 2 seconds/);
  await find.fill("(a");
  await expect(find).toHaveAccessibleDescription(/^This pattern can’t be read: .*group/i);
  await find.fill("^(?<first>a)a*");
  await dialog.getByLabel("Replace with").fill("$<first>b");
  await expect(dialog.getByRole("region").getByRole("status")).toHaveText(
    "1 of 1 text will change",
  );
  await expect(dialog.getByRole("list", { name: "Changes" })).toContainText("ab");
});

test("tags: counted, renamed into one, looked at, cleaned, added, with one undo each", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(3));
  await addKeywords(page);
  const desk = new DeskPage(page);
  for (const [name, tags] of [
    ["picture-1.jpg", "brass, table-lamp"],
    ["picture-2.jpg", "Brass, table lamp, oak, Oak"],
  ] as const) {
    await app.image(name).focus();
    await page.keyboard.press("e");
    await desk.editor(name, "Keywords").fill(tags);
    await page.keyboard.press("Enter");
  }
  // The tags in use are offered; Enter chooses only what an arrow has gone to.
  await app.image("picture-3.jpg").focus();
  await page.keyboard.press("e");
  await page.keyboard.type("oa");
  await expect(page.getByRole("listbox", { name: "Tags that fit" })).toHaveText("oak");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: "oak" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(desk.editor("picture-3.jpg", "Keywords")).toHaveValue("oak");
  await page.keyboard.press("Enter");
  await expect(app.image("picture-3.jpg")).toBeFocused();
  await page.keyboard.press("t");
  const dialog = page.getByRole("dialog", { name: "Tags: Keywords" });
  await expect(dialog).toContainText("4 tags, 7 times, on 3 of 3 images");
  await expectClean(page, "tags");
  const tags = dialog.getByRole("list", { name: "Tags" });
  await tags.getByRole("button", { name: /^brass/ }).focus();
  await page.keyboard.press("End");
  await expect(tags.getByRole("button", { name: /^table-lamp/ })).toBeFocused();
  await page.keyboard.press("F2");
  await page.keyboard.type("table lamp");
  await expect(tags).toContainText("joins the one there: 2 in all");
  await page.keyboard.press("Enter");
  const preview = page.getByRole("dialog", { name: "Rename “table-lamp” to “table lamp”" });
  await expect(preview.getByRole("list", { name: "Changes" })).toContainText("table");
  await expect(preview.getByRole("button", { name: "Change 1 text" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("3 tags, 7 times");
  await dialog.getByRole("button", { name: "Clean 1 text with a tag twice" }).click();
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("3 tags, 6 times");
  await dialog.getByLabel("Add tags", { exact: true }).fill("sks");
  await dialog.getByRole("radio", { name: "First" }).check();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Add sks" })).toContainText("3 texts will change");
  await page.keyboard.press("Enter");
  await expect(dialog).toContainText("4 tags, 9 times");
  await tags.getByRole("button", { name: /^oak/ }).click();
  await dialog.getByRole("button", { name: "Show them" }).click();
  await expect(app.images).toHaveCount(2);
  await expect(app.image("picture-2.jpg")).toContainText("sks, Brass, table lamp, oak");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(app.image("picture-2.jpg")).not.toContainText("sks");
});

test("tags: those of a text that is still being written are offered once it stands", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(2));
  await addKeywords(page);
  const desk = new DeskPage(page);
  const letGo = await page.evaluateHandle(holdUpMarks);
  await app.image("picture-1.jpg").focus();
  await page.keyboard.press("e");
  await desk.editor("picture-1.jpg", "Keywords").fill("oak");
  await page.keyboard.press("Enter");
  await app.image("picture-2.jpg").focus();
  await page.keyboard.press("e");
  await page.keyboard.type("oa");
  await expect(desk.editor("picture-2.jpg", "Keywords")).toHaveValue("oa");
  await letGo.evaluate((stop) => stop());
  await expect(page.getByRole("listbox", { name: "Tags that fit" })).toHaveText("oak");
});

/** Lets no mark be written until the function that it returns is called. */
async function holdUpMarks(): Promise<() => void> {
  const opening = indexedDB.open("contact-sheet");
  await new Promise((resolve) => opening.addEventListener("success", resolve));
  const store = opening.result.transaction("marks", "readwrite").objectStore("marks");
  let isHeld = true;
  // A transaction lasts for as long as something more is asked of it.
  const ask = (): void => {
    if (isHeld) store.count().addEventListener("success", ask);
    else opening.result.close();
  };
  ask();
  return () => {
    isHeld = false;
  };
}

async function addKeywords(page: Page) {
  await page.getByRole("button", { name: "Add a field" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Keywords/ })
    .click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}
