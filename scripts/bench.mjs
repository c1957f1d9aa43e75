// @ts-check
import { readdirSync } from "node:fs";
import { BrowserError, findOrInstallBrowser } from "./find-browser.mjs";

const benches = new URL("../bench/", import.meta.url);
const names = readdirSync(benches, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "results")
  .map((entry) => entry.name);
const parameters = process.argv.slice(2);
const name = parameters.find((parameter) => !parameter.startsWith("--"));

if (name === undefined || !names.includes(name)) {
  console.log(`Name one of the measurements: npm run bench -- <${names.join(" | ")}> [--small]`);
  process.exitCode = name === undefined ? 0 : 1;
} else {
  try {
    const browserPath = await findOrInstallBrowser();
    const { run } = await import(new URL(`${name}/run.mjs`, benches).href);
    await run({ small: parameters.includes("--small"), browserPath });
  } catch (error) {
    console.error(error instanceof BrowserError ? error.message : error);
    process.exitCode = 1;
  }
}
