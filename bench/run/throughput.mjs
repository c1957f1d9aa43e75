// @ts-check
import { median, rounded } from "./sums.mjs";
import { setScenario } from "./place.mjs";

const SERVICE_MS = 200;
const IN_FLIGHT = 6;
const GOALS = { ideal: 1.08, bare: 1.04 };

/**
 * Wall time of a run by the engine, which keeps everything, compared with a loop that keeps nothing and with the time
 * that the service itself needs: in one page, in alternating order.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} address
 * @param {{ tasks: number, rounds: number }} size
 */
export async function measureThroughput(browser, address, { tasks, rounds }) {
  await setScenario(address, SERVICE_MS);
  const page = await browser.newPage();
  await page.goto(`${address}/bench/index.html`);
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
      `round ${done + 1}: bare loop ${Math.round(bareMs)} ms, engine ${Math.round(engineMs)} ms`,
    );
  }
  await page.close();
  const idealMs = (tasks * SERVICE_MS) / IN_FLIGHT;
  const engineMs = median(measured.map((one) => one.engineMs));
  const bareMs = median(measured.map((one) => one.bareMs));
  return [
    { measure: "engine / ideal", value: rounded(engineMs / idealMs), goal: GOALS.ideal },
    {
      measure: "engine / bare loop",
      value: rounded(median(measured.map((one) => one.engineMs / one.bareMs))),
      goal: GOALS.bare,
    },
    { measure: "bare loop / ideal", value: rounded(bareMs / idealMs), goal: null },
  ];
}
