import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { servePage } from "#e2e/images/page-server.mjs";
import { drawPictures, pictureKinds } from "./draw-pictures.mjs";
import { measureFidelity } from "./fidelity.mjs";
import { measureMemory } from "./memory.mjs";
import { measureRare } from "./rare.mjs";
import { measureSpeed } from "./speed.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}.cache/bench/prepare`;
const measuredKinds = ["jpeg-12mp", "jpeg-24mp", "png-6mp", "webp-12mp"];
const sides = [1536, 1024];
const mainThreadGoals = { longestTaskMs: 50, longestInputMs: 100, firstShare: 0.04 };
/** As many as a screen shows: how soon these are ready is what a user waits for. */
const firstPictures = 20;
const sentGoal = 10;
const sizes = {
  full: {
    shrink: 1,
    // All in one round, as users drop them: with few, the result depends on how the last of them fall on the
    // threads.
    perKind: 24,
    rounds: 7,
    watched: 1000,
    memory: { from: 100, to: 1000 },
    sent: 12,
  },
  // Twenty pictures in all, four of each kind, with a sixteenth of the pixels.
  small: {
    shrink: 4,
    perKind: 4,
    rounds: 1,
    watched: 8,
    memory: { from: 4, to: 8 },
    sent: 4,
  },
};

/**
 * Compares the preparation of pictures in a real Chromium with three libraries and sharp; prints tables and writes
 * bench/results/prepare.json (the small form: prepare-small.json).
 */
export async function run({ small, browserPath }) {
  const size = small ? sizes.small : sizes.full;
  const kinds = [];
  for (const kind of Object.keys(pictureKinds)) {
    const count = measuredKinds.includes(kind) || small ? size.perKind : 4;
    kinds.push({ kind, names: await drawPictures(kind, { count, folder, shrink: size.shrink }) });
  }
  let pixels = Buffer.alloc(0);
  const server = await servePage({
    root: fileURLToPath(new URL("page", import.meta.url)),
    outDir: `${root}dist/bench/prepare`,
    mounts: { "/pictures/": folder, "/modules/": `${root}node_modules` },
    // The libraries start their workers from blobs.
    policy: null,
    onPost: (body) => {
      pixels = body;
    },
  });
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const results = await measureAll({
      browser,
      address: server.address,
      size,
      kinds,
      receivedPixels: () => pixels,
    });
    report(results);
    mkdirSync(`${root}bench/results`, { recursive: true });
    writeFileSync(
      `${root}bench/results/prepare${small ? "-small" : ""}.json`,
      JSON.stringify({ small, ...results }, null, 2),
    );
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function measureAll({ browser, address, size, kinds, receivedPixels }) {
  const namesOf = (wanted) => kinds.find(({ kind }) => kind === wanted).names;
  const speed = await onPage(browser, address, (page) =>
    measureSpeed(page, {
      kinds: kinds.filter(({ kind }) => measuredKinds.includes(kind)),
      sides,
      rounds: size.rounds,
      folder,
    }),
  );
  const fidelity = await onPage(browser, address, (page) =>
    measureFidelity(page, {
      pictures: kinds.map(({ kind, names }) => ({ name: names[0], look: pictureKinds[kind].look })),
      sides,
      folder,
      receivedPixels,
    }),
  );
  const photos = namesOf("jpeg-12mp");
  const sent = await onPage(browser, address, (page) =>
    page.evaluate((names) => window.bench.bytesSent(names), photos.slice(0, size.sent)),
  );
  const mainThread = await onPage(browser, address, (page) => watch(page, photos, size.watched));
  const memory = await onPage(browser, address, async (page) => {
    await page.evaluate((names) => window.bench.load(names), photos);
    return measureMemory(page, size.memory);
  });
  const rare = await onPage(browser, address, (page) =>
    measureRare(page, { photo: photos[0], folder, rounds: size.rounds }),
  );
  const timesFewer = sent.original / sent.sent;
  return {
    speed,
    rare,
    fidelity,
    bytesSent: { ...sent, timesFewer, goal: sentGoal, reached: timesFewer >= sentGoal },
    mainThread,
    memory,
  };
}

/** A fresh page for each measurement, so that none inherits the memory or the warmth of another. */
async function onPage(browser, address, measure) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(error));
  await page.goto(address);
  await page.waitForFunction(() => "bench" in window);
  const result = await measure(page);
  await context.close();
  return result;
}

async function watch(page, names, count) {
  await page.evaluate((all) => window.bench.load(all), names);
  const clicking = clickUntilStopped(page);
  const result = await page.evaluate(
    ([pictures, first]) => window.bench.watchMainThread(pictures, first),
    [count, firstPictures],
  );
  await clicking.stop();
  const { longestTaskMs, longestInputMs } = result;
  // Of fewer than a sheet the first screen is no small share.
  const firstShare = count < 1000 ? null : result.firstMs / result.ms;
  const reached =
    longestTaskMs <= mainThreadGoals.longestTaskMs &&
    longestInputMs <= mainThreadGoals.longestInputMs &&
    (firstShare ?? 0) <= mainThreadGoals.firstShare;
  return { pictures: count, ...result, firstShare, goals: mainThreadGoals, reached };
}

function clickUntilStopped(page) {
  const state = { stopped: false };
  const clicks = (async () => {
    while (!state.stopped) {
      await page.click("#ask");
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  })();
  return {
    stop() {
      state.stopped = true;
      return clicks;
    },
  };
}

function report({ speed, rare, fidelity, bytesSent, mainThread, memory }) {
  console.log("Images per second, file to copy");
  console.table(
    speed.map(({ kind, side, imagesPerSecond }) => ({ kind, side, ...imagesPerSecond })),
  );
  console.log("Milliseconds of processor time per image");
  console.table(
    speed.map(({ kind, side, processorMsPerImage }) => ({ kind, side, ...processorMsPerImage })),
  );
  console.log("Against the fastest library and against sharp, in images per second");
  console.table(
    speed.map(({ imagesPerSecond, processorMsPerImage, ...row }) => ({
      ...row,
      ours: imagesPerSecond["Contact Sheet"],
      oursProcessorMs: processorMsPerImage["Contact Sheet"],
    })),
  );
  console.log(
    "Formats that take a library, one picture at a time, against native tools on one thread",
  );
  console.table(rare);
  console.log("Fidelity to Lanczos3, PSNR");
  console.table(fidelity);
  console.log("Bytes sent, main thread, memory");
  console.table([bytesSent]);
  console.table([mainThread]);
  console.table([memory]);
}
