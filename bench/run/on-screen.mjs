// @ts-check
import { readFileSync } from "node:fs";
import { setScenario } from "./place.mjs";
import { median, rounded, share } from "./sums.mjs";

// Six in flight, 120 ms each: fifty answers a second.
const SERVICE_MS = 118;
const GOALS = {
  longestTaskMs: 50,
  typingMs: 50,
  frameMs: 33,
  opening: 3,
  heapMb: 120,
  processMb: 500,
};
const MEGABYTE = 1_000_000;

/**
 * A large sheet in the app itself: how fast it opens, how much memory it takes, and whether it stays responsive while
 * answers arrive.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} address
 * @param {{ images: number, few: number, openings: number, watchMs: number }} size
 */
export async function measureOnScreen(browser, address, size) {
  await setScenario(address, SERVICE_MS);
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
  const seeding = await context.newPage();
  await seeding.goto(`${address}/bench/index.html`);
  await seeding.evaluate(async ({ images, few }) => {
    await window.bench.seedShown({ sheetId: "few", images: few, isAnswered: true });
    await window.bench.seedShown({ sheetId: "many", images, isAnswered: true });
    await window.bench.seedShown({ sheetId: "running", images, isAnswered: false });
  }, size);
  await seeding.close();
  const rows = [
    await compareOpenings(context, address, size),
    ...(await weighOpenSheet(context, address, size)),
    ...(await watchRun(context, address, size)),
  ];
  await context.close();
  return rows;
}

/**
 * @param {import("@playwright/test").BrowserContext} context
 * @param {string} address
 * @param {{ openings: number }} size
 */
async function compareOpenings(context, address, { openings }) {
  /** @type {{ few: number[], many: number[] }} */
  const times = { few: [], many: [] };
  for (let done = 0; done < openings; done += 1)
    for (const sheetId of /** @type {const} */ (["few", "many"]))
      times[sheetId].push(await openingMs(context, `${address}/#/caption/${sheetId}`));
  console.log(`first rows: ${median(times.few)} ms of few, ${median(times.many)} ms of many`);
  return {
    measure: "first rows of the large sheet / of the small one",
    value: rounded(median(times.many) / median(times.few)),
    goal: GOALS.opening,
  };
}

/**
 * From the start of navigation until an answer is on screen.
 * @param {import("@playwright/test").BrowserContext} context
 * @param {string} address
 */
async function openingMs(context, address) {
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "commit" });
  const shown = await page.waitForFunction(() => {
    const answer = document.querySelector("article p[dir=auto]");
    return answer === null ? null : performance.now();
  });
  const elapsedMs = await shown.jsonValue();
  await page.close();
  return Math.round(elapsedMs ?? Number.NaN);
}

/**
 * @param {import("@playwright/test").BrowserContext} context
 * @param {string} address
 * @param {{ images: number }} size
 */
async function weighOpenSheet(context, address, { images }) {
  const page = await context.newPage();
  await page.goto(`${address}/#/caption/many`);
  await page
    .getByText(`${images.toLocaleString("en-US")} images`)
    .first()
    .waitFor();
  await page.mouse.move(600, 500);
  for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, 3000);
  const session = await context.newCDPSession(page);
  for (let time = 0; time < 3; time += 1) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const processBytes = await rendererBytes(context);
  await page.close();
  return [
    {
      measure: "heap of the large sheet, MB",
      value: rounded(usedSize / MEGABYTE),
      goal: GOALS.heapMb,
    },
    {
      measure: "renderer process of the large sheet, MB (PSS, Linux only)",
      value: processBytes === null ? null : rounded(processBytes / MEGABYTE),
      goal: GOALS.processMb,
    },
  ];
}

/**
 * The largest renderer is the page's: Chromium keeps small spare ones beside it.
 * @param {import("@playwright/test").BrowserContext} context
 */
async function rendererBytes(context) {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send("SystemInfo.getProcessInfo")) ?? {};
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => proportionalBytes(id));
  return sizes.every((bytes) => bytes === null)
    ? null
    : Math.max(...sizes.map((bytes) => bytes ?? 0));
}

/** @param {number} processId */
function proportionalBytes(processId) {
  try {
    const text = readFileSync(`/proc/${processId}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/mu.exec(text)?.[1]) * 1024;
  } catch {
    return null;
  }
}

/**
 * @param {import("@playwright/test").BrowserContext} context
 * @param {string} address
 * @param {{ watchMs: number }} size
 */
async function watchRun(context, address, { watchMs }) {
  const page = await context.newPage();
  await page.goto(`${address}/#/caption/running`);
  await page.getByRole("button", { name: /^Caption [\d,]+ image/ }).click();
  await page.locator("article p[dir=auto]").first().waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.evaluate(watchPage);
  await page.mouse.move(600, 500);
  const scrollUntil = Date.now() + watchMs / 2;
  for (let turn = 0; Date.now() < scrollUntil; turn += 1) {
    await page.mouse.wheel(0, turn % 40 < 30 ? 240 : -480);
    await page.waitForTimeout(30);
  }
  await page.mouse.wheel(0, -1_000_000);
  await page
    .getByRole("button", { name: /^Edit the caption of/ })
    .first()
    .click();
  const editor = page.getByRole("textbox", { name: /^Caption of/ });
  await editor.fill("");
  const typeUntil = Date.now() + watchMs / 2;
  while (Date.now() < typeUntil) await editor.pressSequentially("boats ", { delay: 60 });
  const watched = await page.evaluate(() => window.watched);
  await page.close();
  return [
    {
      measure: "longest task while answers arrive, ms",
      value: Math.round(Math.max(0, ...watched.tasksMs)),
      goal: GOALS.longestTaskMs,
    },
    {
      measure: "typing until it shows, 95 % within, ms",
      value: Math.round(share(watched.typingMs, 0.95)),
      goal: GOALS.typingMs,
    },
    {
      measure: "frames, 95 % within, ms",
      value: Math.round(share(watched.framesMs, 0.95)),
      goal: GOALS.frameMs,
    },
  ];
}

function watchPage() {
  const watched = {
    /** @type {number[]} */ tasksMs: [],
    /** @type {number[]} */ typingMs: [],
    /** @type {number[]} */ framesMs: [],
  };
  window.watched = watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.tasksMs.push(duration);
  }).observe({ type: "longtask" });
  // The browser reports events of 16 ms and more; the others count as 8.
  addEventListener("keydown", () => watched.typingMs.push(8));
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries())
      if (name === "keydown") watched.typingMs[watched.typingMs.indexOf(8)] = duration;
  }).observe({ type: "event", durationThreshold: 16 });
  let last = performance.now();
  const onFrame = (/** @type {number} */ now) => {
    watched.framesMs.push(now - last);
    last = now;
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
}
