// @ts-check
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build } from "vite";

const SERVICE_MS = 200;
const IN_FLIGHT = 6;
const GOALS = { ideal: 1.08, bare: 1.04 };
const root = fileURLToPath(new URL("../..", import.meta.url));
const place = `${root}dist/bench/run`;

/**
 * Wall time of a run by the engine, which keeps everything, against a loop that keeps nothing and against the time the
 * service itself needs. Both in one Chromium, over real HTTP to the sandbox in another process, in alternating order.
 * @param {{ small: boolean, browserPath: string }} options
 */
export async function run({ small, browserPath }) {
  const tasks = small ? 36 : 1000;
  const rounds = small ? 1 : 3;
  await buildPlace();
  const server = await startServer();
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  try {
    await setScenario(server.address);
    const page = await browser.newPage();
    page.on("console", (message) => console.log(message.text()));
    await page.goto(server.address);
    await page.evaluate((count) => window.bench.seedSheet(count), tasks);
    // The first requests open connections and warm both sides up; they are not counted.
    await page.evaluate(() => window.bench.runBare(12));
    await page.evaluate(() => window.bench.runEngine(12));
    /** @type {{ bareMs: number, engineMs: number }[]} */
    const measured = [];
    for (let done = 0; done < rounds; done += 1) {
      const bareMs = await page.evaluate((count) => window.bench.runBare(count), tasks);
      const engineMs = await page.evaluate((count) => window.bench.runEngine(count), tasks);
      measured.push({ bareMs, engineMs });
      console.log(
        `round ${done + 1}: bare ${Math.round(bareMs)} ms, engine ${Math.round(engineMs)} ms`,
      );
    }
    const rows = rowsOf(tasks, measured);
    console.table(rows);
    mkdirSync(`${root}bench/results`, { recursive: true });
    writeFileSync(
      `${root}bench/results/run.json`,
      `${JSON.stringify({ tasks, inFlight: IN_FLIGHT, serviceMs: SERVICE_MS, small, measured, rows }, null, 2)}\n`,
    );
    return rows;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {number} tasks
 * @param {{ bareMs: number, engineMs: number }[]} measured
 */
function rowsOf(tasks, measured) {
  const idealMs = (tasks * SERVICE_MS) / IN_FLIGHT;
  const engineMs = median(measured.map((one) => one.engineMs));
  const bareMs = median(measured.map((one) => one.bareMs));
  return [
    { measure: "engine / ideal", ratio: rounded(engineMs / idealMs), goal: GOALS.ideal },
    {
      measure: "engine / bare loop",
      ratio: rounded(median(measured.map((one) => one.engineMs / one.bareMs))),
      goal: GOALS.bare,
    },
    { measure: "bare loop / ideal", ratio: rounded(bareMs / idealMs), goal: null },
  ];
}

/** An installation of its own: the built server beside the measuring page, which it serves as its app. */
async function buildPlace() {
  rmSync(place, { recursive: true, force: true });
  await build({
    configFile: false,
    root: `${root}bench/run/page`,
    base: "./",
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: `${place}/dist/app`, target: "es2023", emptyOutDir: true },
  });
  await build({
    configFile: `${root}vite.server.config.ts`,
    root,
    logLevel: "error",
    build: { outDir: `${place}/dist/server` },
  });
  writeFileSync(`${place}/package.json`, JSON.stringify({ version: "0.0.0", type: "module" }));
}

/** @returns {Promise<{ address: string, stop: () => Promise<void> }>} */
async function startServer() {
  const child = spawn(process.execPath, [`${place}/dist/server/main.js`], {
    env: { PATH: process.env["PATH"], PORT: "0", CONTACT_SHEET_TEST_CONTROL: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => {
    child.once("close", resolve);
  });
  const address = await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error("The server ended before it was ready.")));
  });
  return {
    address,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** @param {string} address */
async function setScenario(address) {
  const reply = await fetch(`${address}/api/sandbox/scenario`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ serviceMs: SERVICE_MS, pixelWork: false }),
  });
  if (!reply.ok) throw new Error(`The sandbox refused the scenario: ${await reply.text()}`);
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {number} value */
function rounded(value) {
  return Math.round(value * 1000) / 1000;
}
