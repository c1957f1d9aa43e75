// @ts-check
import { chromium } from "@playwright/test";
import { keepRows } from "../run/keep-rows.mjs";
import { longestCpu, TRACED } from "../run/longest-task.mjs";
import { buildPlace, startServer } from "../run/place.mjs";
import { rounded, share } from "../run/sums.mjs";
import { seedGrid } from "./seed-grid.mjs";
import { watchPage } from "./watch-page.mjs";

const SIZES = {
  full: { images: 200, scrollMs: 12_000 },
  small: { images: 40, scrollMs: 1500 },
};
const GOALS = { longestTaskMs: 50, nodes: 3000, frameMs: 33 };
/** Six columns: five of text and one of ages. */
const COLUMNS = [
  { model: "runware:152@2" },
  { model: "runware:152@1" },
  { model: "runware:150@2" },
  { model: "runware:151@1" },
  { model: "runware:152@2", prompt: "In one sentence." },
  { model: "runware:154@1" },
];

/**
 * A grid of 200 × 6 answers in the built app, scrolled down, up and across in a real Chromium: the longest task on the
 * main thread, the most nodes in the document, the pace of frames. Prints a table and writes bench/results/compare.json
 * (the small form: compare-small.json).
 * @param {{ small: boolean, browserPath: string }} options
 */
export async function run({ small, browserPath }) {
  const size = small ? SIZES.small : SIZES.full;
  await buildPlace();
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  try {
    const watched = await scrollGrid(browser, server.address, size);
    const rows = [
      {
        measure: "longest task while scrolling both ways, ms",
        value: Math.round(Math.max(0, ...watched.tasksMs)),
        goal: GOALS.longestTaskMs,
      },
      {
        // What remains of it if other processes take the machine's time.
        measure: "the same in processor time, ms",
        value: rounded(watched.longestCpuMs),
        goal: GOALS.longestTaskMs,
      },
      { measure: "most nodes in the document", value: watched.nodes, goal: GOALS.nodes },
      {
        measure: "frames, 95 % within, ms",
        value: rounded(share(watched.framesMs, 0.95)),
        goal: GOALS.frameMs,
      },
    ];
    keepRows("compare", { small, size, rows });
    return rows;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {string} address
 * @param {{ images: number, scrollMs: number }} size
 */
async function scrollGrid(browser, address, { images, scrollMs }) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  const page = await context.newPage();
  const setup = new URLSearchParams({
    setup: JSON.stringify({ prompt: "Describe.", columns: COLUMNS }),
  });
  await page.goto(`${address}/#/compare?${setup.toString()}`);
  await page
    .getByRole("button", { name: /^Column / })
    .first()
    .waitFor();
  await page.waitForURL(/#\/compare\/[^?]+\?/);
  const sheetId = /#\/compare\/([^?]+)/u.exec(page.url())?.[1] ?? "";
  await page.evaluate(seedGrid, { sheetId, images, columns: COLUMNS });
  await page.reload();
  await page
    .getByText(`${images.toLocaleString("en-US")} images × ${COLUMNS.length} columns`)
    .waitFor();
  await page.locator("article p[dir=auto]").first().waitFor();
  await page.evaluate(watchPage);
  await browser.startTracing(page, { categories: TRACED });
  await page.mouse.move(800, 500);
  const until = Date.now() + scrollMs;
  for (let turn = 0; Date.now() < until; turn += 1) {
    const isAcross = turn % 5 === 4;
    const back = turn % 60 >= 40;
    await page.mouse.wheel(isAcross ? (back ? -160 : 160) : 0, isAcross ? 0 : back ? -700 : 420);
    await page.waitForTimeout(16);
  }
  const trace = await browser.stopTracing();
  const watched = await page.evaluate(() => window.watchedGrid);
  await context.close();
  return { ...watched, longestCpuMs: longestCpu(trace).taskMs };
}
