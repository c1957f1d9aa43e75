// @ts-check
import { spawnSync } from "node:child_process";
import { lookup } from "node:dns/promises";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "@playwright/test";
import { runProgram } from "./run-program.mjs";

/**
 * What the search looks at; passed in, so that a test brings its own machine.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {Record<string, string | undefined>} environment
 * @property {string} homeFolder
 * @property {string} playwrightBrowser where Playwright would have put its own Chromium
 * @property {(path: string) => boolean} isProgram
 * @property {(path: string) => boolean} starts whether the program reports its version
 */

// Only there to end a hang: a browser reports its version in a moment, and on a busy machine in some
// seconds.
const PROBE_TIMEOUT_MS = 120_000;
const LOOK_UP_TIMEOUT_MS = 8_000;
// Debian's name for the same engine without a window's frame around each page: the tests take half the time in it.
const HEADLESS_SHELL = "chromium-headless-shell";
const PLAYWRIGHT_HOST = "cdn.playwright.dev";

/**
 * A browser is named but does not exist. Silently taking another one would test something else than was asked for.
 */
export class BrowserError extends Error {}

/**
 * The first Chromium that starts: `CHROMIUM_PATH`, Playwright's own, then an installed Chrome or Chromium.
 * @param {Machine} [machine]
 * @returns {string | null} its path, or null if there is none
 * @throws {BrowserError} if `CHROMIUM_PATH` names no program
 */
export function findBrowser(machine = thisMachine()) {
  const named = machine.environment.CHROMIUM_PATH;
  if (named) {
    if (machine.isProgram(named)) return named;
    throw new BrowserError(
      `CHROMIUM_PATH is "${named}", which is not a program. Set it to a Chrome or Chromium, or unset it.`,
    );
  }
  const candidates = [machine.playwrightBrowser, ...installedBrowsers(machine)];
  return candidates.find((path) => machine.isProgram(path) && machine.starts(path)) ?? null;
}

/**
 * Like findBrowser, but installs a browser if there is none: with apt-get on Debian as root, otherwise with
 * Playwright's installer.
 * @param {object} [options]
 * @param {(line: string) => void} [options.report] is told what is being installed
 * @param {(line: string) => void} [options.progress] is told each line that an installer prints
 * @param {AbortSignal} [options.signal] ends the installer
 * @returns {Promise<string>} the browser's path
 * @throws {BrowserError} with a sentence that says why there is none and what to do
 */
export async function findOrInstallBrowser({
  report = console.log,
  progress = console.log,
  signal = new AbortController().signal,
} = {}) {
  const found = findBrowser();
  if (found !== null) return found;
  const complaints = [];
  // Checked first, so that a machine without a network does not wait for an installer's many tries.
  const playwrightIsReachable = isReachable(PLAYWRIGHT_HOST);
  for (const { what, commands, needsPlaywrightHost } of installers()) {
    if (needsPlaywrightHost && !(await playwrightIsReachable)) {
      complaints.push(`${what} can’t reach ${PLAYWRIGHT_HOST}.`);
      continue;
    }
    report(`No Chrome or Chromium was found: installing one with ${what} …`);
    let last = "";
    const onLine = (/** @type {string} */ line) => {
      if (line.trim() === "") return;
      if (!/^\s+at /.test(line)) last = line.trim();
      progress(line);
    };
    let succeeded = true;
    for (const command of commands) {
      if (!succeeded) break;
      const options = { folder: homedir(), environment: process.env, signal, onLine };
      const outcome = await runProgram(command, options);
      succeeded = outcome.succeeded;
      if (outcome.ending !== "") last = outcome.ending;
    }
    const installed = succeeded ? findBrowser() : null;
    if (installed !== null) return installed;
    complaints.push(`${what} says: ${last}`);
  }
  throw new BrowserError(
    `No Chrome or Chromium was found, and none could be installed. Install one, or set CHROMIUM_PATH to it, and run the command again.\n${complaints.join("\n")}`,
  );
}

/** @param {Machine} machine */
function installedBrowsers({ platform, environment, homeFolder }) {
  if (platform === "darwin") {
    return ["/Applications", join(homeFolder, "Applications")].flatMap((folder) =>
      ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) =>
        join(folder, `${name}.app`, "Contents", "MacOS", name),
      ),
    );
  }
  if (platform === "win32") {
    const folders = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap(
      (name) => environment[name] ?? [],
    );
    const programs = [
      ["Google", "Chrome", "Application", "chrome.exe"],
      ["Chromium", "Application", "chrome.exe"],
      ["Microsoft", "Edge", "Application", "msedge.exe"],
    ];
    return programs.flatMap((parts) => folders.map((folder) => join(folder, ...parts)));
  }
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const names = [
    HEADLESS_SHELL,
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
  ];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * @param {string} host
 * @returns {Promise<boolean>} also true if another machine looks it up
 */
async function isReachable(host) {
  const { HTTPS_PROXY, https_proxy: lowerCase, PLAYWRIGHT_DOWNLOAD_HOST } = process.env;
  if (HTTPS_PROXY || lowerCase || PLAYWRIGHT_DOWNLOAD_HOST) return true;
  const late = new Promise((resolve) => {
    setTimeout(resolve, LOOK_UP_TIMEOUT_MS, false).unref();
  });
  const found = lookup(host).then(
    () => true,
    () => false,
  );
  return Promise.race([found, late]);
}

/** @returns {{ what: string; commands: string[][]; needsPlaywrightHost: boolean }[]} */
function installers() {
  const playwright = createRequire(import.meta.url).resolve("@playwright/test/package.json");
  const cli = join(dirname(playwright), "cli.js");
  const ways = [
    {
      what: "Playwright’s installer",
      commands: [[process.execPath, cli, "install", "chromium"]],
      needsPlaywrightHost: true,
    },
  ];
  if (isDebianAsRoot()) {
    // Older releases have no package of the shell.
    const packages = [HEADLESS_SHELL, "chromium"];
    const fromDebian = packages.map((name) => ({
      what: `apt-get (${name})`,
      commands: [
        // Without a network it keeps trying for a long time. What it could not fetch, the next one
        // reports.
        ["apt-get", "--option", "Acquire::Retries=0", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", name],
      ],
      needsPlaywrightHost: false,
    }));
    ways.unshift(...fromDebian);
  }
  return ways;
}

// Ubuntu's package of that name only points at a snap, which a container cannot run, so Playwright's installer is the
// better choice.
function isDebianAsRoot() {
  const release = "/etc/os-release";
  return (
    process.platform === "linux" &&
    process.getuid?.() === 0 &&
    existsSync(release) &&
    /^ID=debian$/m.test(readFileSync(release, "utf8"))
  );
}

/** @returns {Machine} */
function thisMachine() {
  return {
    platform: process.platform,
    environment: process.env,
    homeFolder: homedir(),
    playwrightBrowser: chromium.executablePath(),
    isProgram,
    starts,
  };
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Some distributions ship a stub that only says where to get the browser; libraries may be missing, too.
 * @param {string} path
 */
function starts(path) {
  // On Windows, asking for the version opens a window instead.
  if (process.platform === "win32") return true;
  const { status, stdout } = spawnSync(path, ["--version"], {
    encoding: "utf8",
    timeout: PROBE_TIMEOUT_MS,
  });
  return status === 0 && /chrom|edge/i.test(stdout);
}
