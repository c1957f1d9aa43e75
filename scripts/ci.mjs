// @ts-check
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { endOf, runProgram } from "./run-program.mjs";

/**
 * @typedef {object} Stage
 * @property {string} title
 * @property {string} command as the user types it
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {boolean} [repeats] whether its tests run once more in a later stage, and so are counted there
 * @property {boolean} [hasCounts] whether it reports how its tests went
 */

// Only there to end a hang.
const LIMIT_MINUTES = 80;
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(join(tmpdir(), "contact-sheet-ci-"));
const countsFile = join(folder, "counts.json");

/** @type {Stage[]} */
const stages = [
  { title: "Install", command: "npm ci" },
  {
    // The command of the README takes the first browser it finds. A step that quietly relies on one would pass here
    // and fail on a newcomer's machine, so all steps but the last run here without any browser. They run again
    // below, since that is what a newcomer types, and it takes three minutes of forty-five. Each test must count
    // once, so this stage adds only its failures.
    title: "Every step but the end-to-end tests, with no browser on the machine",
    command: "node scripts/test.mjs --without-browser",
    environment: hideBrowsers(),
    repeats: true,
    hasCounts: true,
  },
  { title: "The command of the README", command: "npm ci && npm test", hasCounts: true },
  { title: "What takes long", command: "npm run e2e:long", hasCounts: true },
];

const signal = endOf(LIMIT_MINUTES);
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const stage of stages) {
  const { passed, failed, skipped } = await runStage(stage);
  if (!stage.repeats) sum.passed += passed;
  if (!stage.repeats) sum.skipped += skipped;
  sum.failed += failed;
}
rmSync(folder, { recursive: true, force: true });
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed === 0 ? 0 : 1;

/** @param {Stage} stage */
async function runStage({ title, command, environment = process.env, hasCounts }) {
  console.log(`— ${title}: ${command}`);
  rmSync(countsFile, { force: true });
  const { succeeded, ending } = await runProgram(["/bin/sh", "-c", command], {
    folder: root,
    signal,
    // Every tool that a test can ask for is installed here, so a skip is a failure.
    environment: { ...environment, CI: "true", TEST_COUNTS_FILE: countsFile },
    onLine: (line) => console.log(line),
  });
  const counts = existsSync(countsFile)
    ? JSON.parse(readFileSync(countsFile, "utf8"))
    : { passed: 0, failed: 0, skipped: 0 };
  // No step passes by staying silent.
  const isSilent = !succeeded || (hasCounts === true && counts.passed === 0);
  if (counts.failed === 0 && isSilent) {
    console.log(`✗ ${command} failed${ending === "" ? "" : `: ${ending}`}`);
    counts.failed = 1;
  }
  return counts;
}

/** An environment in which only these few programs can be found. */
function hideBrowsers() {
  const programs = join(folder, "programs");
  const browsers = join(folder, "browsers");
  mkdirSync(programs);
  mkdirSync(browsers);
  symlinkSync(process.execPath, join(programs, "node"));
  for (const name of ["npm", "git", "sh", "env"]) {
    const path = (process.env.PATH ?? "")
      .split(delimiter)
      .map((place) => join(place, name))
      .find((candidate) => existsSync(candidate));
    if (path !== undefined) symlinkSync(path, join(programs, name));
  }
  const { CHROMIUM_PATH: _hidden, ...environment } = process.env;
  return { ...environment, PATH: programs, PLAYWRIGHT_BROWSERS_PATH: browsers };
}
