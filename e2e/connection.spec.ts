import type { Page } from "@playwright/test";
import { DEFAULT_SERVICE_URL } from "#src/contract/endpoint.ts";
import { AppPage } from "#e2e/pages/app-page.ts";
import { failedRequestsTo } from "./fixtures/console-watch.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { startServer } from "./fixtures/server-process.ts";
import { routeService, startService, STAND_IN_COST_USD } from "./fixtures/stand-in-service.ts";
import { startStaticHost } from "./fixtures/static-host.ts";
import { expect, test } from "./fixtures/test.ts";

const KEY = "rw-e2e-key-4f1c9d";
const STAND_IN_COST = `$${STAND_IN_COST_USD}`;

/** Everything that the page holds and stores, as text. */
async function everythingInThePage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const rows: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const opening = indexedDB.open(name);
      await new Promise((resolve, reject) => {
        opening.addEventListener("success", resolve);
        opening.addEventListener("error", reject);
      });
      for (const store of opening.result.objectStoreNames) {
        const reading = opening.result.transaction(store).objectStore(store).getAll();
        await new Promise((resolve, reject) => {
          reading.addEventListener("success", resolve);
          reading.addEventListener("error", reject);
        });
        rows.push(reading.result);
      }
      opening.result.close();
    }
    const fields = [...document.querySelectorAll("input")].map((field) => field.value);
    return [
      document.documentElement.outerHTML,
      location.href,
      document.cookie,
      ...fields,
      JSON.stringify(rows),
      JSON.stringify(Object.entries(localStorage)),
      JSON.stringify(Object.entries(sessionStorage)),
    ].join("\n");
  });
}

test("without a key the sandbox answers, and every place says that it is simulated", async ({
  app,
}) => {
  await app.openWith(await drawPictures(1));
  await expect(app.connection).toContainText("Sandbox (simulated)");
  await app.run.click();
  await expect(app.simulated.first()).toBeVisible();
  const dialog = await app.openConnection();
  await dialog.test();
  await expect(dialog.root).toContainText("The sandbox answers");
});

test("direct, with the user's own key: the service itself is asked, and the key is stored nowhere", async ({
  app,
  page,
  context,
  sandbox,
}) => {
  const service = await routeService(context, KEY);
  await app.openWith(await drawPictures(2));
  const dialog = await app.openConnection();
  await dialog.chooseDirect();
  await dialog.enterKey(`  "${KEY}"\n`);
  await dialog.test();
  await expect(dialog.root).toContainText("$12.50");
  await dialog.close();
  await expect(app.connection).toContainText("Direct");

  await app.prompt.fill("What is it?");
  await app.run.click();
  await expect(app.captionOf("picture-2.jpg")).toHaveText("What is it?");
  await expect(app.image("picture-2.jpg")).toContainText(STAND_IN_COST);
  await expect(app.image("picture-2.jpg")).not.toContainText("Simulated");

  const captions = service.seen.filter(({ tasks }) => tasks[0]?.taskType === "caption");
  expect(captions).toHaveLength(2);
  for (const { headers, tasks } of captions) {
    expect(headers).toMatchObject({ authorization: `Bearer ${KEY}` });
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("referer");
    expect(tasks[0]?.inputs?.image).toMatch(/^data:image\/jpeg;base64,/);
  }
  const { accepted, received } = await sandbox.ledger();
  expect(accepted).toBe(0);
  expect(received.filter(({ taskType }) => taskType === "caption")).toEqual([]);
  expect(await everythingInThePage(page)).not.toContain(KEY);
});

test.describe("a wrong key", () => {
  test.use({ tolerated: { complaints: [failedRequestsTo(DEFAULT_SERVICE_URL)] } });

  test("stops the run with one message, and with the right one it carries on", async ({
    app,
    page,
    context,
  }) => {
    const service = await routeService(context, KEY);
    await app.openWith(await drawPictures(6));
    const dialog = await app.openConnection();
    await dialog.chooseDirect();
    await dialog.enterKey("rw-wrong");
    await dialog.test();
    await expect(dialog.root).toContainText("did not accept the key");
    await dialog.close();

    await app.run.click();
    const message = page.getByRole("alert").filter({ hasText: "did not accept the key" });
    await expect(message).toHaveCount(1);
    const sent = service.seen.filter(({ tasks }) => tasks[0]?.taskType === "caption");
    expect(sent.length).toBeLessThan(6);

    await app.openConnection();
    await dialog.enterKey(KEY);
    await dialog.close();
    await page.getByRole("button", { name: /^Resume/ }).click();
    await expect(app.captionOf("picture-6.jpg")).toHaveText(/^Write alt text/);
    await expect(message).toHaveCount(0);
  });
});

test("a key can be remembered in the tab or on the device, and forgotten", async ({
  app,
  page,
  context,
}) => {
  await routeService(context, KEY);
  await app.open();
  const dialog = await app.openConnection();
  await dialog.chooseDirect();
  await dialog.enterKey(KEY, "Remember in this tab");
  await page.reload();
  await app.openConnection();
  await expect(dialog.root).toContainText("until this tab is closed");
  await dialog.forgetKey();
  await expect(dialog.root).not.toContainText("A key is in use");
  expect(await everythingInThePage(page)).not.toContain(KEY);

  await dialog.enterKey(KEY, "Remember on this device");
  const other = new AppPage(await context.newPage());
  await other.open();
  const otherDialog = await other.openConnection();
  await expect(otherDialog.root).toContainText("remembered on this device");
  await otherDialog.forgetKey();
  expect(await everythingInThePage(other.page)).not.toContain(KEY);
});

test("through a proxy with a key: the key never reaches the browser", async ({ page }) => {
  const upstream = await startService(KEY);
  const proxy = await startServer({
    RUNWARE_API_KEY: KEY,
    RUNWARE_API_URL: `${upstream.address}/v1`,
  });
  const received: string[] = [];
  page.on("response", async (response) => {
    received.push(JSON.stringify(response.headers()));
    received.push(await response.text().catch(() => ""));
  });

  const app = new AppPage(page);
  await app.open(proxy.address);
  await expect(app.connection).toContainText("Proxy");
  await app.add(await drawPictures(1));
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/^Write alt text/);
  await expect(app.image("picture-1.jpg")).toContainText(STAND_IN_COST);
  await expect(app.simulated).toHaveCount(0);

  expect(upstream.seen.map(({ headers }) => headers.authorization)).toContain(`Bearer ${KEY}`);
  expect(received.length).toBeGreaterThan(0);
  expect(received.join("\n")).not.toContain(KEY);
  expect(await everythingInThePage(page)).not.toContain(KEY);
  expect(proxy.log()).not.toContain(KEY);
  await proxy.stop();
  await upstream.stop();
});

test.describe("on a static host, under a sub-path", () => {
  // The question whether a proxy serves the page is a request that such a host answers with 404.
  test.use({ tolerated: { complaints: [failedRequestsTo("/team/sheets/api/health")] } });

  test("the build works in direct mode, its links survive a reload, and its policy holds", async ({
    page,
    context,
  }) => {
    const host = await startStaticHost("team/sheets");
    await routeService(context, KEY);
    const app = new AppPage(page);
    await app.open(`${host.address}#/caption`);
    await expect(app.connection).toContainText("Direct");
    const dialog = await app.openConnection();
    await dialog.enterKey(KEY, "Remember in this tab");
    await dialog.close();
    await app.add(await drawPictures(1));
    await app.run.click();
    await expect(app.captionOf("picture-1.jpg")).toHaveText(/^Write alt text/);

    await page.getByRole("link", { name: "Compare" }).click();
    await page.reload();
    await expect(page.getByRole("link", { name: "Compare" })).toHaveAttribute("aria-current");

    const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
    await expect(policy).toHaveAttribute("content", /default-src 'self'/);
    expect(await policy.getAttribute("content")).not.toContain("frame-ancestors");
    await host.stop();
  });
});
