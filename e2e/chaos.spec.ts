import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "@playwright/test";
import * as v from "valibot";
import { AppPage } from "#e2e/pages/app-page.ts";
import { failedRequestsTo } from "./fixtures/console-watch.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import type { SandboxControl } from "./fixtures/sandbox-control.ts";
import { expect, test } from "./fixtures/test.ts";

const IMAGES = 300;
/** One request in five meets one of these. */
const FAULT_RATES = {
  "rate-limited": 0.02,
  "rate-limited-with-wait": 0.02,
  "server-error": 0.03,
  "html-unavailable": 0.02,
  "error-in-200": 0.03,
  "broken-json": 0.03,
  "closed-before": 0.02,
  "closed-after": 0.03,
} as const;
const CHAOS = {
  seed: 7,
  latencyMs: 10,
  latencyJitterMs: 40,
  serviceMs: 20,
  rates: FAULT_RATES,
  // Four failures in a row are a failed image, and that is another test's matter.
  mostFaultsPerTask: 2,
  retryAfterSeconds: 0,
} as const;

const exportSchema = v.object({
  images: v.array(
    v.object({
      status: v.string(),
      caption: v.nullable(v.string()),
      cost_usd: v.nullable(v.number()),
    }),
  ),
});

test.use({
  tolerated: { complaints: [failedRequestsTo("/api/v1"), /net::ERR_INTERNET_DISCONNECTED/] },
});
test.describe.configure({ timeout: 240_000 });

async function accepted(sandbox: SandboxControl, atLeast: number) {
  await expect
    .poll(async () => (await sandbox.ledger()).accepted, { timeout: 90_000, intervals: [50] })
    .toBeGreaterThanOrEqual(atLeast);
}

/** Leaving while tasks are on their way is asked about; the one who tests means it. */
function leaveWithoutAsking(page: Page) {
  page.on("dialog", (dialog) => void dialog.accept());
}

async function readExport(app: AppPage) {
  const text = await readFile(await app.exportAs("JSON"), "utf8");
  return v.parse(exportSchema, JSON.parse(text)).images;
}

/** The tab's process ends without a word to the page, as when the system runs out of memory. */
async function kill(page: Page, context: BrowserContext): Promise<AppPage> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  void session.send("Page.crash").catch(() => undefined);
  await crashed;
  const next = await context.newPage();
  await page.close();
  leaveWithoutAsking(next);
  return new AppPage(next);
}

test("300 images through faults, reloads, a killed tab and a lost network: every one answered, each paid once", async ({
  app: firstApp,
  page: firstPage,
  context,
  sandbox,
}) => {
  await sandbox.play(CHAOS);
  leaveWithoutAsking(firstPage);
  await firstApp.openWith(await drawPictures(IMAGES));
  const address = firstPage.url();
  await firstApp.run.click();

  await accepted(sandbox, 30);
  await firstPage.reload();
  await accepted(sandbox, 80);
  await firstPage.reload();
  await accepted(sandbox, 120);
  const app = await kill(firstPage, context);
  await app.open(address);
  await accepted(sandbox, 160);
  await context.setOffline(true);
  await expect(app.page.getByRole("alert").filter({ hasText: "offline" })).toBeVisible();
  await context.setOffline(false);
  await accepted(sandbox, 220);
  await app.page.reload();

  await expect(app.counts).toHaveText(`${IMAGES} images · ${IMAGES} answered`, {
    timeout: 120_000,
  });
  const images = await readExport(app);
  expect(images).toHaveLength(IMAGES);
  expect(images.filter(({ status }) => status !== "done")).toEqual([]);

  const { tasks, billedMicroUsd } = await sandbox.ledger();
  const entries = Object.values(tasks);
  expect(entries).toHaveLength(IMAGES);
  expect(entries.filter(({ timesAccepted }) => timesAccepted !== 1)).toEqual([]);
  const sum = images.reduce((total, { cost_usd }) => total + Math.round((cost_usd ?? 0) * 1e6), 0);
  expect(sum).toBe(billedMicroUsd);
});
