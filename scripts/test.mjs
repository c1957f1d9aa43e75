// @ts-check
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { countBudgets, countEndToEndTests, countOne, countUnitTests } from "./count-results.mjs";
import { findOrInstallBrowser } from "./find-browser.mjs";

/**
 * One process of a step, and how its tests are counted: from the report file it writes, else from what it prints.
 * @typedef {object} Command
 * @property {string[]} run a package's program and its parameters, run by this Node
 * @property {import("./count-results.mjs").countOne} [count] how many passed and failed
 * @property {Record<string, string>} [environment]
 * @property {string} [report]
 */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Command[]} commands
 * @property {string} [needs] a step that must have passed, or this one has nothing to look at
 */

const STEP_TIMEOUT_MS = 20 * 60_000;
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const reports = mkdtempSync(join(tmpdir(), "contact-sheet-test-"));

/** @type {Step[]} */
const steps = [
  {
    name: "types",
    commands: () =>
      ["tsconfig.json", "src", "src/images/worker", "server", "e2e", "scripts"].map((project) => ({
        run: ["typescript/tsc", "--project", project],
      })),
  },
  {
    name: "lint",
    commands: () => [
      // Named, since oxlint finds a config in JavaScript no other way.
      { run: ["oxlint/oxlint", "--config", "oxlint.config.mjs", "--deny-warnings"] },
    ],
  },
  { name: "format", commands: () => [{ run: ["oxfmt/oxfmt", "--check", "."] }] },
  { name: "dead code", commands: () => [{ run: ["knip/knip"] }] },
  {
    name: "unit tests",
    commands: () => {
      const report = join(reports, "unit.json");
      const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
      return [{ run: ["vitest/vitest", "run", ...reporters], count: countUnitTests, report }];
    },
  },
  {
    name: "build",
    commands: () => [
      { run: ["vite/vite", "build"] },
      { run: ["vite/vite", "build", "--config", "vite.server.config.ts"] },
    ],
  },
  {
    name: "bundle budget",
    needs: "build",
    commands: () => [
      {
        run: ["size-limit/size-limit", "--json", "--config", "size-limit.config.mjs"],
        count: countBudgets,
      },
    ],
  },
  {
    name: "end-to-end",
    needs: "build",
    commands: () => {
      const report = join(reports, "end-to-end.json");
      const environment = {
        CHROMIUM_PATH: findOrInstallBrowser(console.log),
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      };
      const run = [
        "@playwright/test/playwright",
        "test",
        "--project=chromium",
        "--reporter=line,json",
      ];
      return [{ run, count: countEndToEndTests, report, environment }];
    },
  },
];

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} names of the steps to run; all where there is none */
async function main(names) {
  const unknown = names.filter((name) => steps.every((step) => step.name !== name));
  if (unknown.length > 0) {
    console.error(
      `No such step: ${unknown.join(", ")}. There are: ${steps.map(quote).join(", ")}.`,
    );
    return 1;
  }
  const total = { passed: 0, failed: 0 };
  /** @type {Set<string>} */
  const broken = new Set();
  for (const step of steps) {
    if (names.length > 0 && !names.includes(step.name)) continue;
    const { passed, failed } =
      step.needs !== undefined && broken.has(step.needs)
        ? skipped(step, step.needs)
        : await runStep(step);
    if (failed > 0) broken.add(step.name);
    total.passed += passed;
    total.failed += failed;
  }
  rmSync(reports, { recursive: true, force: true });
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** @param {Step} step */
function quote(step) {
  return `"${step.name}"`;
}

/**
 * @param {Step} step
 * @param {string} needed
 */
function skipped(step, needed) {
  console.log(`✗ ${step.name}: not run, since ${needed} failed`);
  return { passed: 0, failed: 1 };
}

/** @param {Step} step */
async function runStep(step) {
  const startedAt = Date.now();
  const total = { passed: 0, failed: 0 };
  let output = "";
  try {
    for (const command of step.commands()) {
      const result = await runCommand(command);
      const { passed, failed } = result.counts;
      total.passed += passed;
      total.failed += failed;
      if (failed > 0) output += result.output;
    }
  } catch (error) {
    total.failed += 1;
    output += error instanceof Error ? `${error.message}\n` : "";
  }
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (output !== "") console.log(output.trimEnd());
  const sign = total.failed === 0 ? "✓" : "✗";
  console.log(`${sign} ${step.name}: ${total.passed} passed, ${total.failed} failed, ${seconds} s`);
  return total;
}

/** @param {Command} command */
async function runCommand({ run: [program = "", ...parameters], count = countOne, ...command }) {
  const { FORCE_COLOR: _forced, ...environment } = process.env;
  const { succeeded, stdout, output } = await spawned([programPath(program), ...parameters], {
    ...environment,
    // What is printed is a pipe to the steps, so they cannot see for themselves whether colours are wanted.
    ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }),
    ...command.environment,
  });
  const { report } = command;
  if (report === undefined) return { counts: count(stdout, succeeded), output };
  const written = existsSync(report) ? readFileSync(report, "utf8") : "";
  return { counts: count(written, succeeded), output };
}

/**
 * @param {string[]} parameters
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ succeeded: boolean; stdout: string; output: string }>} `output` is all that was printed, in order
 */
function spawned(parameters, environment) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, parameters, {
      cwd: root,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: STEP_TIMEOUT_MS,
    });
    let stdout = "";
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.on("error", (error) => {
      resolve({ succeeded: false, stdout, output: `${output}${error.message}\n` });
    });
    child.on("close", (code, signal) => {
      const ending = signal === null ? "" : `\nEnded by ${signal}.\n`;
      resolve({ succeeded: code === 0, stdout, output: output + ending });
    });
  });
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
