// @ts-check
import "./check-node.mjs";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { budgetEvents, closingLine, readEvent, Tally } from "./count-results.mjs";
import { findOrInstallBrowser } from "./find-browser.mjs";
import { endOf, runProgram } from "./run-program.mjs";

/**
 * One process of a step. It reports its tests one by one as it runs (count-results.mjs), or is one test as a
 * whole.
 * @typedef {object} Command
 * @property {string[]} run a package's program and its parameters, run by this Node
 * @property {boolean} [tells] whether it reports its tests by itself
 * @property {typeof budgetEvents} [read] reads its tests from what it printed in the end
 */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {Command[]} [commands] the browser's step has none
 * @property {string[]} [needs] steps that must have passed, as otherwise this one has nothing to
 * check
 * @property {boolean} [isLong] whether it runs only if it is named
 */

// Only there to end a hang. No step has its own limit: a slow step on a busy machine is not broken.
const LIMIT_MINUTES = 45;
const SAYS_SO_EVERY_MS = process.stdout.isTTY ? 1_000 : 15_000;
// The user's machine may lack an optional tool. CI has them all, so that nothing goes untested
// unnoticed.
const skipsFail = (process.env.CI ?? "") !== "";
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);

/** @param {string} project */
const endToEnd = (project) => ({
  run: [
    "@playwright/test/playwright",
    "test",
    `--project=${project}`,
    "--reporter=./scripts/report-end-to-end.mjs",
  ],
  tells: true,
});

/** @type {Step[]} */
const steps = [
  // First, so that a machine that can't have one says so at once.
  { name: "browser" },
  {
    name: "types",
    commands: ["tsconfig.json", "src", "src/images/worker", "server", "e2e", "scripts"].map(
      (project) => ({ run: ["typescript/tsc", "--project", project] }),
    ),
  },
  {
    name: "lint",
    commands: [
      // Named, since oxlint does not find a JavaScript config by itself.
      { run: ["oxlint/oxlint", "--config", "oxlint.config.mjs", "--deny-warnings"] },
    ],
  },
  { name: "format", commands: [{ run: ["oxfmt/oxfmt", "--check", "."] }] },
  { name: "dead code", commands: [{ run: ["knip/knip"] }] },
  {
    name: "unit tests",
    commands: [
      {
        run: ["vitest/vitest", "run", "--reporter=./scripts/report-unit-tests.mjs"],
        tells: true,
      },
    ],
  },
  {
    name: "build",
    commands: [
      { run: ["vite/vite", "build"] },
      { run: ["vite/vite", "build", "--config", "vite.server.config.ts"] },
    ],
  },
  {
    name: "bundle budget",
    needs: ["build"],
    commands: [
      {
        run: ["size-limit/size-limit", "--json", "--config", "size-limit.config.mjs"],
        read: budgetEvents,
      },
    ],
  },
  { name: "end-to-end", needs: ["browser", "build"], commands: [endToEnd("chromium")] },
  { name: "long", needs: ["browser", "build"], commands: [endToEnd("long")], isLong: true },
];

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} names of the steps to run, or --without-browser; without any, all but the long ones run */
async function main(names) {
  const chosen = choose(names);
  if (chosen === null) {
    const known = steps.map(({ name }) => `"${name}"`).join(", ");
    console.error(`Name steps of ${known}, or write --without-browser.`);
    return 1;
  }
  const signal = endOf(LIMIT_MINUTES);
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Set<string>} */
  const broken = new Set();
  for (const step of chosen) {
    const missing = step.needs?.find((name) => broken.has(name));
    const { passed, failed, skipped } =
      missing === undefined ? await runStep(step, signal) : notRun(step, missing);
    if (failed > 0) broken.add(step.name);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  const { TEST_COUNTS_FILE } = process.env;
  // The caller adds them to its own counts, and closes with the sum.
  if (TEST_COUNTS_FILE) writeFileSync(TEST_COUNTS_FILE, JSON.stringify(total));
  else console.log(closingLine(total));
  return total.failed === 0 ? 0 : 1;
}

/**
 * @param {string[]} names
 * @returns {Step[] | null} those and what they need, in order; null if a name is unknown
 */
function choose(names) {
  if (names.length === 0) return steps.filter((step) => step.isLong !== true);
  if (names.length === 1 && names[0] === "--without-browser") {
    return steps.filter(({ name, needs }) => name !== "browser" && !needs?.includes("browser"));
  }
  if (names.some((name) => steps.every((step) => step.name !== name))) return null;
  const wanted = new Set(names);
  for (const step of steps.toReversed()) {
    if (wanted.has(step.name)) for (const name of step.needs ?? []) wanted.add(name);
  }
  return steps.filter((step) => wanted.has(step.name));
}

/**
 * @param {Step} step
 * @param {string} missing
 */
function notRun(step, missing) {
  console.log(`✗ ${step.name}: not run, since ${missing} failed`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {Step} step
 * @param {AbortSignal} signal
 */
async function runStep(step, signal) {
  const startedAt = Date.now();
  const tally = new Tally({ skipsFail });
  const screen = showProgress(() => `${step.name}: ${tally.progress(Date.now() - startedAt)}`);
  const { commands } = step;
  let succeeded = true;
  if (commands === undefined) succeeded = await prepareBrowser(tally, { screen, signal });
  else {
    const plain = commands.filter((command) => !command.tells && !command.read);
    if (plain.length > 1) tally.take({ kind: "begun", of: plain.length, unit: "parts" });
    for (const command of commands) {
      succeeded = (await runCommand(command, { tally, screen, signal })) && succeeded;
    }
  }
  const reason = signal.aborted ? String(signal.reason) : null;
  screen.print(tally.end(succeeded, reason).join("\n"));
  const { passed, failed, skipped } = tally;
  const sign = failed === 0 ? "✓" : "✗";
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  screen.close(`${sign} ${step.name}: ${closingLine(tally)}, ${seconds} s`);
  return { passed, failed, skipped };
}

/**
 * @typedef {ReturnType<typeof showProgress>} Screen
 * @param {Tally} tally
 * @param {{ screen: Screen, signal: AbortSignal }} surroundings
 */
async function prepareBrowser(tally, { screen, signal }) {
  try {
    const browserPath = await findOrInstallBrowser({
      report: (line) => screen.print(line),
      progress: (line) => screen.note(line),
      signal,
    });
    // Searched for once: the end-to-end tests use this one.
    process.env.CHROMIUM_PATH = browserPath;
    tally.take({ kind: "passed" });
    return true;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    screen.print(tally.take({ kind: "failed", name: "browser", text }));
    return false;
  }
}

/**
 * @param {Command} command
 * @param {{ tally: Tally, screen: Screen, signal: AbortSignal }} surroundings
 */
async function runCommand(command, { tally, screen, signal }) {
  const [program = "", ...parameters] = command.run;
  const { FORCE_COLOR: _forced, ...environment } = process.env;
  /** @type {string[]} */
  const output = [];
  let stdout = "";
  const failedBefore = tally.failed;
  const { succeeded, ending } = await runProgram(
    [process.execPath, programPath(program), ...parameters],
    {
      folder: root,
      signal,
      // The steps print to a pipe, so they cannot see for themselves whether colours are wanted.
      environment: {
        ...environment,
        ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }),
      },
      onLine: (line, stream) => {
        const event = command.tells ? readEvent(line) : null;
        if (event !== null) return screen.print(tally.take(event));
        output.push(line);
        if (stream === "stdout") stdout += `${line}\n`;
      },
    },
  );
  if (ending !== "") output.push(ending);
  if (command.read) screen.print(readAll(command.read, stdout, tally));
  else if (!command.tells) {
    tally.take({ kind: "advanced" });
    if (succeeded) tally.take({ kind: "passed" });
    else screen.print(tally.take({ kind: "failed", name: command.run.join(" "), text: "" }));
  }
  // Blank lines surround what a runner reports; nothing else of it would be seen.
  const said = output.filter((line) => !command.tells || line.trim() !== "").join("\n");
  if (!succeeded || tally.failed > failedBefore) screen.print(said);
  return succeeded;
}

/**
 * @param {typeof budgetEvents} read
 * @param {string} stdout
 * @param {Tally} tally
 */
function readAll(read, stdout, tally) {
  try {
    return read(stdout)
      .map((event) => tally.take(event))
      .filter((line) => line !== null)
      .join("\n");
  } catch (error) {
    return tally.take({ kind: "error", text: String(error) });
  }
}

/**
 * Shows that a step is alive: in a terminal as a line that counts, elsewhere as a line now and
 * then.
 * @param {() => string} line
 */
function showProgress(line) {
  const { isTTY, columns } = process.stdout;
  let note = "";
  const clear = isTTY ? "\r\u001B[2K" : "";
  const show = () => {
    const text = [line(), note].filter((part) => part !== "").join(" · ");
    process.stdout.write(isTTY ? `${clear}… ${text.slice(0, columns - 3)}` : `… ${text}\n`);
  };
  const timer = setInterval(show, SAYS_SO_EVERY_MS);
  return {
    /** @param {string} text the latest message, shown beside the count */
    note(text) {
      note = text.trim();
    },
    /** @param {string | null} text */
    print(text) {
      if (text !== null && text.trim() !== "") process.stdout.write(`${clear}${text.trimEnd()}\n`);
    },
    /** @param {string} text */
    close(text) {
      clearInterval(timer);
      process.stdout.write(`${clear}${text}\n`);
    },
  };
}

/**
 * The file behind a package's program, so that it starts without a shell on every platform.
 * @param {string} program "package/program"
 */
function programPath(program) {
  const name = program.slice(0, program.lastIndexOf("/"));
  const folder = join(root, "node_modules", name);
  const { bin } = require(join(folder, "package.json"));
  const path = typeof bin === "string" ? bin : bin[program.slice(name.length + 1)];
  return join(folder, path);
}
