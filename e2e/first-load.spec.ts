import { gzipSync } from "node:zlib";
import { expect, test } from "./fixtures/test.ts";

/** What the first paint needs. */
const SCRIPT_BUDGET_BYTES = 100_000;
/**
 * Together with what begins right after it: storage, the probe of the connection, the watch of
 * runs.
 */
const IDLE_SCRIPT_BUDGET_BYTES = 120_000;
const FONT_BUDGET_BYTES = 60_000;

test("before the first input no more is loaded than the budgets allow, and nothing from elsewhere", async ({
  app,
  page,
  baseURL,
}) => {
  const loaded: { url: string; type: string; bytes: Promise<Buffer> }[] = [];
  page.on("response", (response) => {
    const type = response.request().resourceType();
    if (type === "script" || type === "font") {
      loaded.push({ url: response.url(), type, bytes: response.body() });
    }
  });
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));

  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (document.querySelector("input[type=file]") === null) return;
      observer.disconnect();
      document.documentElement.dataset["readyAt"] = String(performance.now());
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  await app.open();
  await page.waitForLoadState("networkidle");
  // By the browser's own clock, so that nothing here depends on the speed of the machine.
  const early = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ startTime }) => startTime <= Number(document.documentElement.dataset["readyAt"]))
      .map(({ name }) => name),
  );

  const sizes = { script: 0, idleScript: 0, font: 0 };
  for (const { url, type, bytes } of loaded) {
    const size = type === "script" ? gzipSync(await bytes, { level: 9 }).length : 0;
    if (early.includes(url)) sizes.script += size;
    sizes.idleScript += size;
    if (type === "font") sizes.font += (await bytes).length;
  }
  const names = loaded.map(({ url }) => url).join("\n");
  expect(sizes.script).toBeGreaterThan(0);
  expect(sizes.script, names).toBeLessThanOrEqual(SCRIPT_BUDGET_BYTES);
  expect(sizes.idleScript, names).toBeLessThanOrEqual(IDLE_SCRIPT_BUDGET_BYTES);
  expect(sizes.font).toBeLessThanOrEqual(FONT_BUDGET_BYTES);
  expect(urls.filter((url) => !url.startsWith(String(baseURL)))).toEqual([]);
});

test("what a run needs is loaded with the first image", async ({ app, page }) => {
  const scripts = new Set<string>();
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.add(response.url());
  });
  await app.open();
  await page.waitForLoadState("networkidle");
  const before = scripts.size;
  await app.loadSamples();
  await expect(app.run).toBeEnabled();
  expect(scripts.size).toBeGreaterThan(before);
});
