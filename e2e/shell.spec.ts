import { readdirSync, readFileSync } from "node:fs";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

test("sheets: new, renamed, deleted and brought back; an address leads to its sheet again", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(1));
  const sheetButton = page.getByRole("button", { name: /^Sheet: / });
  const dialog = page.getByRole("dialog", { name: "Sheets" });
  await sheetButton.click();
  await dialog.getByRole("button", { name: /^Rename “\d+ \w+ \d{4}”/ }).click();
  await dialog.getByLabel(/^New name of/).fill("Quay");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("list", { name: "Sheets" })).toContainText("Quay");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+F2");
  await expect(page.getByLabel("New name of “Quay”")).toBeFocused();
  await page.keyboard.type("Harbour");
  await page.keyboard.press("Enter");
  await expect(sheetButton).toContainText("Harbour");
  await expect(sheetButton).toBeFocused();
  await sheetButton.click();
  await expect(dialog).toContainText("1 image");
  const address = page.url();
  await dialog.getByRole("button", { name: "New sheet" }).click();
  await expect(sheetButton).toContainText(/\d{4}/);
  await expect(app.images).toHaveCount(0);
  expect(page.url()).not.toBe(address);

  await page.goto(address.replace("#/caption", "#/compare"));
  await page.reload();
  await expect(sheetButton).toContainText("Harbour");
  await expect(page.getByRole("link", { name: "Compare" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Caption" }).click();
  await expect(app.image("picture-1.jpg")).toBeVisible();

  await sheetButton.click();
  await dialog.getByRole("button", { name: "Delete “Harbour”" }).click();
  await expect(dialog.getByRole("list", { name: "Sheets" })).not.toContainText("Harbour");
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(sheetButton).toContainText("Harbour");
  await expect(app.image("picture-1.jpg")).toBeVisible();
});

test("Back and Forward go between sheets and views, and what is gone says so and can be brought back", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(1));
  const sheetButton = page.getByRole("button", { name: /^Sheet: / });
  const dialog = page.getByRole("dialog", { name: "Sheets" });
  const compare = page.getByRole("link", { name: "Compare" });
  await sheetButton.click();
  await dialog.getByRole("button", { name: "New memory-only sheet" }).click();
  await expect(app.images).toHaveCount(0);
  await compare.click();
  await expect(compare).toHaveAttribute("aria-current", "page");
  await page.goBack();
  await expect(compare).not.toHaveAttribute("aria-current");
  await expect(sheetButton).toContainText("memory");
  await page.goBack();
  await expect(app.images).toHaveCount(1);
  await page.goForward();
  await expect(sheetButton).toContainText("memory");
  await page.reload();
  await expect(page.getByText("kept in the memory of one tab only")).toBeVisible();
  await expect(app.images).toHaveCount(1);

  const address = page.url();
  await sheetButton.click();
  await dialog.getByRole("button", { name: /^Delete / }).click();
  await page.keyboard.press("Escape");
  await expect(app.images).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByText(/^“.*” was deleted\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(app.images).toHaveCount(1);
  expect(page.url()).toBe(address);
});

test("a sheet that is not on this device: the address falls back to one that is, and says so", async ({
  page,
}) => {
  await page.goto("./#/compare/5a0b2d1e-0000-4000-8000-000000000000?columns=2");
  await expect(page.getByText("That sheet is not on this device.")).toBeVisible();
  // What the address carried stays, and Compare puts its set-up after it.
  await expect(page).toHaveURL(/#\/compare\/(?!5a0b2d1e)[^?]+\?columns=2&setup=/);
  await page.getByRole("button", { name: "Show sheets" }).click();
  await expect(page.getByRole("dialog", { name: "Sheets" })).toBeVisible();
});

test("a chosen theme is there before the app after a reload, and the system's returns", async ({
  app,
  page,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await app.open();
  const root = page.locator("html");
  await page.getByRole("button", { name: "Dark theme" }).click();
  await expect(root).toHaveAttribute("data-theme", "dark");
  // With the app's own scripts held back, only what runs before them can have set it.
  await page.route(/\/assets\/.*\.js$/, () => undefined);
  await page.reload({ waitUntil: "commit" });
  await expect(root).toHaveAttribute("data-theme", "dark");
  await page.unroute(/\/assets\/.*\.js$/);
  await app.open();
  await page.getByRole("button", { name: "Light theme" }).click();
  await expect(root).not.toHaveAttribute("data-theme");
});

test("single keys can be switched off, and never act while typing", async ({ app, page }) => {
  await app.open();
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await app.prompt.focus();
  await page.keyboard.type("?");
  await expect(list).toBeHidden();
  await expect(app.prompt).toHaveValue(/\?/);
  await page.getByRole("button", { name: "Settings" }).focus();
  await page.keyboard.press("Shift+?");
  await expect(list).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Settings" })).toBeFocused();

  await page.keyboard.press("Enter");
  await page.getByRole("checkbox", { name: "Single keys act as shortcuts" }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+?");
  await page.reload();
  await expect(app.run).toBeVisible();
  await page.keyboard.press("Shift+?");
  await expect(list).toBeHidden();
});

test("a text selection that ends beside a dialog leaves it open, a press beside it closes it", async ({
  app,
  page,
}) => {
  await app.open();
  await page.getByRole("button", { name: "More ways to add images" }).click();
  await page.getByRole("menuitem", { name: "By web address or UUID…" }).click();
  const field = page.getByRole("dialog").getByRole("textbox");
  await field.fill("half an address");
  const { x, y } = (await field.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 60, y + 15);
  await page.mouse.down();
  await page.mouse.move(3, 3, { steps: 3 });
  await page.mouse.up();
  await expect(field).toHaveValue("half an address");
  await page.mouse.click(3, 3);
  await expect(field).toBeHidden();
});

test("a menu or popover whose view is left while it is open leaves no listener behind", async ({
  app,
  page,
}) => {
  await page.addInitScript(countScrollListeners);
  await app.open();
  await app.add(await drawPictures(1));
  const show = async (name: string) => {
    const link = page.getByRole("link", { name }).filter({ visible: true });
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
  };
  const listeners = async () =>
    (await page.locator("html").getAttribute("data-scroll-listeners")) ?? "0";
  for (const [from, to, trigger, opened] of [
    ["Caption", "Compare", "Export", page.getByRole("menu")],
    ["Compare", "Caption", "Prompt…", page.getByRole("region", { name: "Shared prompt" })],
  ] as const) {
    await show(to);
    await show(from);
    const button = page.getByRole("button", { name: trigger });
    await expect(button).toBeVisible();
    const before = await listeners();
    await button.click();
    await expect(opened).toBeVisible();
    await expect.poll(listeners).not.toBe(before);
    await page.goBack();
    await expect(opened).toHaveCount(0);
    await page.goForward();
    await expect(button).toBeVisible();
    expect(await listeners()).toBe(before);
  }
});

/** Counts, on the root element, what listens to the window’s scrolling. */
function countScrollListeners(): void {
  const heard = new Set<unknown>();
  const watched = (
    name: "addEventListener" | "removeEventListener",
    note: (of: unknown) => void,
  ) => {
    const own = Reflect.get(window, name);
    return (...listening: readonly unknown[]) => {
      if (listening[0] === "scroll") note(listening[1]);
      document.documentElement.setAttribute("data-scroll-listeners", `${heard.size}`);
      Reflect.apply(own, window, listening);
    };
  };
  Object.assign(window, {
    addEventListener: watched("addEventListener", (listener) => heard.add(listener)),
    removeEventListener: watched("removeEventListener", (listener) => heard.delete(listener)),
  });
}

test("the cap is edited next to the spending, which follows a run", async ({
  app,
  page,
  sandbox,
}) => {
  await sandbox.play({ holdAfter: 0 });
  await app.openWith(await drawPictures(1));
  await app.run.click();
  await app.spent.click();
  const dialog = page.getByRole("dialog", { name: "Spending" });
  await expect(dialog).toContainText("Nothing yet.");
  await sandbox.play({});
  await expect(dialog).toContainText("simulated");
  await expect(dialog.getByRole("row", { name: /Qwen2\.5-VL-7B-Instruct 1 \$0\.0/ })).toBeVisible();
  const cap = dialog.getByLabel("This sheet may spend, in dollars");
  await cap.fill("two");
  await page.keyboard.press("Enter");
  await expect(cap).toHaveAccessibleDescription(/Write an amount/);
  await cap.fill("2,50");
  await page.keyboard.press("Enter");
  await expect(app.spent).toContainText("of $2.50");
  await dialog.getByRole("checkbox", { name: "No cap" }).check();
  await expect(app.spent).toContainText("no cap");
});

test.describe("without a secure context", () => {
  // The server's header for windows that open each other means nothing there, and the browser says so.
  test.use({ tolerated: { complaints: [/Cross-Origin-Opener-Policy header has been ignored/] } });

  test("over plain HTTP away from localhost one page says what to do", async ({ page, server }) => {
    await page.route("http://sheets.example/**", async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: `${server.address}${pathname}` }) });
    });
    await page.goto("http://sheets.example/");
    await expect(page.getByRole("heading", { name: /needs HTTPS/ })).toBeVisible();
    await expect(page.getByText("https://sheets.example", { exact: true })).toBeVisible();
  });
});

test("if site data is blocked, one page says so", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  });
  await page.goto("./");
  await expect(page.getByRole("heading", { name: /storage can’t be opened/ })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 420, height: 860 } });

  test("the name of a memory-only sheet gives way, and no button is cut off", async ({
    app,
    page,
  }) => {
    await app.open();
    await page.getByRole("button", { name: /^Sheet: / }).click();
    await page.getByRole("button", { name: "New memory-only sheet" }).click();
    await expect(page.getByRole("button", { name: /^Sheet: .*memory only/ })).toBeVisible();
    await app.add(await drawPictures(1));
    await app.run.click();
    await expect(app.counts).toContainText("1 captioned");
    await expect(page.getByRole("button", { name: "Settings" })).toBeInViewport({ ratio: 1 });
  });
});

test.describe("what the page may run", () => {
  test.use({ tolerated: { complaints: [/trusted/iu] } });

  test("markup written by mistake throws, if a browser knows Trusted Types", async ({
    app,
    page,
  }) => {
    // Prepared by a worker, whose address goes through the page's one policy.
    await app.openWith(await drawPictures(1));
    const [thrown, expected] = await page.evaluate(() => {
      const expects = "trustedTypes" in window ? "TypeError" : null;
      try {
        document.createElement("p").innerHTML = "<b>Markup</b>";
        return [null, expects];
      } catch (error) {
        return [error instanceof Error ? error.name : "", expects];
      }
    });
    expect(thrown).toBe(expected);
  });
});

test("the settings lead to the notices of every library and font that the app imports", async ({
  app,
  page,
}) => {
  await app.open();
  await page.getByRole("button", { name: "Settings" }).click();
  const link = page.getByRole("link", { name: "Licences of the libraries" });
  const href = (await link.getAttribute("href")) ?? "";
  const reply = await page.request.get(new URL(href, page.url()).href);
  const notices = await reply.text();
  const named = new Set(
    [...notices.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \(/gmu)].map(([, name = ""]) => name),
  );
  const imported = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.test)\.(?:tsx?|css)$/u.test(file))
    .flatMap((file) => [
      ...readFileSync(`src/${file}`, "utf8").matchAll(
        /(?:^import (?!type )[^;]*?from |^import |\bimport\(|url\()"((?:@[\w-]+\/)?[a-z][\w-]*)/gmu,
      ),
    ])
    .map(([, name = ""]) => name);
  expect(imported.length).toBeGreaterThan(50);
  const tested = ["vitest", "fast-check", "fake-indexeddb", "node", "sharp"];
  expect(imported.filter((name) => !named.has(name) && !tested.includes(name))).toEqual([]);
});
