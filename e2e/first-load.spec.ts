import { gzipSync } from "node:zlib";
import { expect, test } from "./fixtures/test.ts";

const SCRIPT_BUDGET_BYTES = 120_000;
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

  await app.open();
  await page.waitForLoadState("networkidle");

  const sizes = { script: 0, font: 0 };
  for (const { type, bytes } of loaded) {
    if (type === "script") sizes.script += gzipSync(await bytes, { level: 9 }).length;
    else sizes.font += (await bytes).length;
  }
  expect(sizes.script).toBeGreaterThan(0);
  expect(sizes.script, loaded.map(({ url }) => url).join("\n")).toBeLessThanOrEqual(
    SCRIPT_BUDGET_BYTES,
  );
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
