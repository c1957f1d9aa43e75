// @ts-check
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { madeVerdicts } from "#e2e/fixtures/made-verdicts.mjs";
import { drawFaces } from "../../scripts/draw-faces.mjs";
import { keepRows } from "../run/keep-rows.mjs";
import { buildPlace, startServer } from "../run/place.mjs";
import { median, rounded, share } from "../run/sums.mjs";
import { watchJudging } from "./watch-judging.mjs";

const SIZES = {
  full: { judged: 2000, faces: 60 },
  small: { judged: 200, faces: 6 },
};
const GOALS = { figuresMs: 50, longestTaskMs: 50, ratio: 2 };

/**
 * A reviewer's keys in the built app, in a real Chromium: how long after a key the figures of 2,000 judgements show the
 * new count, compared with a sheet without judgements, key by key in turn. Prints a table and writes
 * bench/results/age-check.json (the small form: age-check-small.json).
 * @param {{ small: boolean, browserPath: string }} options
 */
export async function run({ small, browserPath }) {
  const size = small ? SIZES.small : SIZES.full;
  await buildPlace();
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const folder = mkdtempSync(join(tmpdir(), "faces-"));
  try {
    const names = await drawFaces(folder, size.faces);
    const paths = names.map((name) => join(folder, name));
    const many = await openReview(browser, server.address, { paths, judged: size.judged });
    const none = await openReview(browser, server.address, { paths, judged: 0 });
    for (let press = 0; press < size.faces - 1; press += 1)
      for (const review of press % 2 === 0 ? [many, none] : [none, many])
        await judge(review, `${(press % 5) + 1}`);
    const rows = rowsOf(await watchedOf(many), await watchedOf(none));
    keepRows("age-check", { small, size, rows });
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await browser.close();
    await server.stop();
  }
}

/**
 * @typedef {{ facesMs: number[], figuresMs: number[], tasksMs: number[] }} Watched
 * @param {Watched} many
 * @param {Watched} none
 */
function rowsOf(many, none) {
  return [
    {
      measure: "figures after a key, median, ms",
      value: rounded(median(many.figuresMs)),
      goal: GOALS.figuresMs,
    },
    {
      measure: "the same, 95 % within, ms",
      value: rounded(share(many.figuresMs, 0.95)),
      goal: GOALS.figuresMs,
    },
    {
      measure: "figures of many judgements / of few, medians",
      value: rounded(median(many.figuresMs) / median(none.figuresMs)),
      goal: GOALS.ratio,
    },
    {
      measure: "next face after a key, median, ms",
      value: rounded(median(many.facesMs)),
      goal: GOALS.figuresMs,
    },
    {
      measure: "longest task while judging, ms",
      value: Math.round(Math.max(0, ...many.tasksMs)),
      goal: GOALS.longestTaskMs,
    },
  ];
}

/**
 * A sheet of faces that a model has judged, with as many merged judgements as wanted, and its first face on the stage.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} address
 * @param {{ paths: string[], judged: number }} wanted
 */
async function openReview(browser, address, { paths, judged }) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${address}/#/age`);
  await page.getByLabel("Add images", { exact: true }).setInputFiles(paths);
  await page.getByRole("button", { name: new RegExp(`^Check ${paths.length} face`) }).click();
  await page.getByRole("button", { name: "Nothing to check" }).waitFor();
  if (judged > 0) await mergeVerdicts(page, judged);
  await page.keyboard.press("o");
  await page.locator("article[data-face]").waitFor();
  await page.evaluate(watchJudging);
  return page;
}

/**
 * @param {import("@playwright/test").Page} page
 * @param {number} judged
 */
async function mergeVerdicts(page, judged) {
  await page.getByRole("button", { name: "Files" }).click();
  await page.getByRole("menuitem", { name: "Merge verdict files…" }).click();
  await page.getByLabel("Verdict files", { exact: true }).setInputFiles({
    name: "many.json",
    mimeType: "application/json",
    buffer: Buffer.from(madeVerdicts(judged)),
  });
  await page.getByRole("button", { name: `Merge ${judged.toLocaleString("en-US")} lines` }).click();
  await page.getByText(new RegExp(`^[\\d,]+ of ${judged.toLocaleString("en-US")}$`)).waitFor();
}

/**
 * Presses a key and waits for the figures to follow.
 * @param {import("@playwright/test").Page} page
 * @param {string} key
 */
async function judge(page, key) {
  const before = (await watchedOf(page)).figuresMs.length;
  await page.keyboard.press(key);
  await page.waitForFunction((count) => window.watchedJudging.figuresMs.length > count, before);
}

/**
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<Watched>}
 */
function watchedOf(page) {
  return page.evaluate(() => window.watchedJudging);
}
