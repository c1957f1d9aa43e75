// @ts-check
import { chromium } from "@playwright/test";
import { keepRows } from "../run/keep-rows.mjs";
import { longestCpu, TRACED } from "../run/longest-task.mjs";
import { buildPlace, startServer } from "../run/place.mjs";
import { median, rounded } from "../run/sums.mjs";
import { drawPicture } from "./draw-picture.mjs";
import { seedDesk } from "./seed-desk.mjs";

const SIZES = {
  full: { images: 5000, folders: 40, scrollMs: 4000 },
  small: { images: 500, folders: 8, scrollMs: 1000 },
};
const GOALS = { searchMs: 100, longestTaskMs: 50, ratio: 3, previewMs: 1000 };
/** The sheet that the large one is compared with, search by search in turn: on a busy machine both are slow. */
const FEW = { images: 100, folders: 4 };
/** Each finds another number of images, so that its answer can be told from the one before. */
const SEARCHES = ["by3", "at5", "by3 at5", "harbour", '"no12"', "boats cafe", "nowhere", "img_7"];
const ORDERS = ["name", "folder", "length", "cost", "newest", "sheet"];
/** Words that nearly every text has, and what is put in their place. */
const REPLACED = ["by", "no", "at", "by"];
/** By the keys that switch to them. */
const LAYOUTS = ["1 list", "2 grid", "3 table", "4 one by one"];

/**
 * The captioning desk on 5,000 images with texts in three fields, in the built app and a real Chromium: how long a search
 * takes to answer, and the longest task while searching, filtering, ordering and scrolling in each layout. Prints a table
 * and writes bench/results/desk.json (the small form: desk-small.json).
 * @param {{ small: boolean, browserPath: string }} options
 */
export async function run({ small, browserPath }) {
  const size = small ? SIZES.small : SIZES.full;
  await buildPlace();
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  try {
    const few = await openDesk(browser, server.address, FEW);
    const page = await openDesk(browser, server.address, size);
    /** @type {{ measure: string, value: number, cpu?: number, collection?: number, goal: number }[]} */
    const rows = [];
    /** @type {number[]} */
    const answersMs = [];
    /** @type {number[]} */
    const fewMs = [];
    /** @type {(what: string, act: () => Promise<void>) => Promise<void>} */
    const watch = async (what, act) => {
      const { taskMs, cpu } = await watched({ browser, page }, act);
      rows.push({
        measure: `longest task while ${what}, ms`,
        value: Math.round(taskMs),
        // What remains of it if other processes take the machine's time.
        cpu: rounded(cpu.taskMs),
        // The longest time that the browser spent clearing its memory; `cpu` is without it.
        collection: rounded(cpu.collectionMs),
        goal: GOALS.longestTaskMs,
      });
    };
    await watch("the texts are looked through for problems", () =>
      page.getByText("still to be checked").waitFor({ state: "detached" }),
    );
    for (const search of SEARCHES) {
      fewMs.push(await answerMs(few, search));
      answersMs.push(await answerMs(page, search));
    }
    await page.getByRole("searchbox").fill("");
    rows.push(
      {
        measure: "a search answers, median, ms",
        value: rounded(median(answersMs)),
        goal: GOALS.searchMs,
      },
      {
        measure: "the slowest search, ms",
        value: rounded(Math.max(...answersMs)),
        goal: GOALS.searchMs,
      },
      {
        measure: `a search of ${size.images} images / of ${FEW.images}, medians`,
        value: rounded(median(answersMs) / median(fewMs)),
        goal: GOALS.ratio,
      },
    );
    await watch("typing a search", () => typeSearch(page));
    await watch("switching filters", () => switchFilters(page));
    await watch("changing the order", () => changeOrders(page));
    for (const layout of LAYOUTS) {
      const [key = "", ...name] = layout.split(" ");
      await page.keyboard.press(key);
      await page.waitForTimeout(1500);
      await watch(`scrolling the ${name.join(" ")}`, () => scroll(page, size.scrollMs));
    }
    await page.keyboard.press("1");
    await openBulkEdit(page);
    /** @type {number[]} */
    const previewsMs = [];
    await watch(`previewing ${(size.images * 3).toLocaleString("en-US")} edits`, async () => {
      for (const words of REPLACED) previewsMs.push(await previewMs(page, words));
    });
    rows.push({
      measure: "the slowest preview of a bulk edit, ms",
      value: rounded(Math.max(...previewsMs)),
      goal: GOALS.previewMs,
    });
    await page.keyboard.press("Escape");
    await watch("counting the tags", async () => {
      await page.keyboard.press("t");
      await page.getByRole("list", { name: "Tags" }).waitFor();
      await page.waitForTimeout(300);
    });
    keepRows("desk", { small, size, rows });
    return rows;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** @typedef {import("@playwright/test").Page} Page */

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {string} address
 * @param {{ images: number, folders: number }} size
 */
async function openDesk(browser, address, size) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  const page = await context.newPage();
  await page.goto(address);
  const buffer = Buffer.from(await page.evaluate(drawPicture), "base64");
  await page
    .getByLabel("Add images", { exact: true })
    .setInputFiles({ name: "IMG_0.jpg", mimeType: "image/jpeg", buffer });
  await page.getByRole("button", { name: /^Caption 1 image/ }).waitFor();
  await page.evaluate(seedDesk, size);
  await page.reload();
  await page
    .getByRole("heading", { name: `All ${size.images.toLocaleString("en-US")} images` })
    .waitFor();
  await page.getByRole("article").first().waitFor();
  await page.evaluate(() => {
    window.longTasksMs = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasksMs.push(duration);
    }).observe({ type: "longtask" });
  });
  // What is prepared in idle moments is.
  await page.waitForTimeout(3000);
  return page;
}

/** @param {Page} page */
async function openBulkEdit(page) {
  await page.keyboard.press("b");
  const dialog = page.getByRole("dialog");
  for (const name of ["Title", "Keywords"]) await dialog.getByLabel(name).check();
  await dialog.getByLabel("Replace with").fill("near");
  await dialog.getByText(/texts to look through/).waitFor();
}

/**
 * From words being typed to every change counted on screen; the moment that the app waits for the next letter counts.
 * @param {Page} page
 * @param {string} words
 */
async function previewMs(page, words) {
  await page.getByLabel("Find", { exact: true }).fill("");
  await page.getByText(/texts to look through/).waitFor();
  const answer = page.evaluate(
    () =>
      new Promise((resolve) => {
        const heading = document.querySelector("section[aria-label=Preview] output");
        let begunAt = 0;
        addEventListener("input", () => (begunAt = performance.now()), {
          capture: true,
          once: true,
        });
        const observer = new MutationObserver(() => {
          if (heading?.textContent?.includes("will change") !== true) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begunAt)));
        });
        if (heading !== null)
          observer.observe(heading, { characterData: true, childList: true, subtree: true });
      }),
  );
  await page.getByLabel("Find", { exact: true }).fill(words);
  return Number(await answer);
}

/**
 * From a search being typed to its number on screen.
 * @param {Page} page
 * @param {string} search
 */
async function answerMs(page, search) {
  const answer = page.evaluate(
    () =>
      new Promise((resolve) => {
        const heading = document.querySelector("section[aria-label=Sheet] h2");
        let begunAt = 0;
        addEventListener("input", () => (begunAt = performance.now()), {
          capture: true,
          once: true,
        });
        const observer = new MutationObserver(() => {
          observer.disconnect();
          // Once it is painted.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begunAt)));
        });
        if (heading !== null)
          observer.observe(heading, { characterData: true, childList: true, subtree: true });
      }),
  );
  await page.getByRole("searchbox").fill(search);
  return Number(await answer);
}

/** @param {Page} page */
async function typeSearch(page) {
  const search = page.getByRole("searchbox");
  await search.click();
  for (const words of ["harbour boats by3", "cafe map", "IMG_12"]) {
    await page.keyboard.type(words, { delay: 60 });
    await page.keyboard.press("ControlOrMeta+a");
  }
  await page.keyboard.press("Backspace");
  await page.waitForTimeout(300);
}

/** @param {Page} page */
async function switchFilters(page) {
  const chips = page.getByRole("group", { name: "Filters" });
  for (const name of [
    /^Unreviewed/,
    /^Filter on: Unreviewed/,
    /^Over 125/,
    /^Filter on: Over 125/,
  ]) {
    await chips.getByRole("button", { name }).click();
    await page.waitForTimeout(300);
  }
}

/** @param {Page} page */
async function changeOrders(page) {
  const order = page.getByLabel("Order").filter({ visible: true });
  for (const value of ORDERS) {
    await order.selectOption(value);
    await page.waitForTimeout(300);
  }
}

/**
 * @param {Page} page
 * @param {number} scrollMs
 */
async function scroll(page, scrollMs) {
  await page.mouse.move(900, 560);
  const until = Date.now() + scrollMs;
  for (let turn = 0; Date.now() < until; turn += 1) {
    if (turn % 40 < 30) await page.mouse.wheel(0, 420);
    else await page.mouse.wheel(0, -700);
    await page.waitForTimeout(16);
  }
}

/**
 * @param {{ browser: import("@playwright/test").Browser, page: Page }} place
 * @param {() => Promise<void>} act
 */
async function watched({ browser, page }, act) {
  await page.evaluate(() => {
    window.longTasksMs = [];
  });
  await browser.startTracing(page, { categories: TRACED });
  await act();
  const cpu = longestCpu(await browser.stopTracing());
  const tasksMs = await page.evaluate(() => window.longTasksMs);
  return { cpu, taskMs: Math.max(0, ...tasksMs) };
}
