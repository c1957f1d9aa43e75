// @ts-check
import { chromium } from "@playwright/test";
import { measureOnScreen } from "./on-screen.mjs";
import { keepRows } from "./keep-rows.mjs";
import { buildPlace, startServer } from "./place.mjs";
import { measureThroughput } from "./throughput.mjs";

const SIZES = {
  full: {
    throughput: { tasks: 1000, rounds: 3 },
    onScreen: { images: 5000, few: 10, openings: 5, watchMs: 15_000 },
  },
  small: {
    throughput: { tasks: 36, rounds: 1 },
    onScreen: { images: 200, few: 10, openings: 1, watchMs: 2000 },
  },
};

/**
 * Measures runs in a real Chromium over real HTTP to the sandbox in another process: their wall time compared with
 * a loop that keeps nothing, and a large sheet on screen while answers arrive. Prints a table and writes
 * bench/results/run.json (the small form: run-small.json).
 * @param {{ small: boolean, browserPath: string }} options
 */
export async function run({ small, browserPath }) {
  const size = small ? SIZES.small : SIZES.full;
  await buildPlace();
  const server = await startServer();
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--enable-precise-memory-info"],
  });
  try {
    const rows = [
      ...(await measureThroughput(browser, server.address, size.throughput)),
      ...(await measureOnScreen(browser, server.address, size.onScreen)),
    ];
    keepRows("run", { small, size, rows });
    return rows;
  } finally {
    await browser.close();
    await server.stop();
  }
}
