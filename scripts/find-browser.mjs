// @ts-check
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "@playwright/test";

/**
 * What the search looks at; passed in, so that a test brings its own machine.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {Record<string, string | undefined>} environment
 * @property {string} homeFolder
 * @property {string} playwrightBrowser where Playwright would have put its own Chromium
 * @property {(path: string) => boolean} isProgram
 * @property {(path: string) => boolean} starts whether the program tells its version
 */

const PROBE_TIMEOUT_MS = 30_000;
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** A browser is named and is not there: silently taking another one would test something else than was asked for. */
export class BrowserError extends Error {}

/**
 * The first Chromium that starts: `CHROMIUM_PATH`, Playwright's own, then an installed Chrome or Chromium.
 * @param {Machine} [machine]
 * @returns {string | null} its path, or null where there is none
 * @throws {BrowserError} where `CHROMIUM_PATH` names no program
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
 * As findBrowser, and installs a browser where there is none: with apt-get on Debian as root, else with Playwright's installer.
 * @param {(line: string) => void} report told what is being installed
 * @returns {string} the browser's path
 * @throws {BrowserError} with a sentence that says what to do
 */
export function findOrInstallBrowser(report) {
  const found = findBrowser();
  if (found !== null) return found;
  for (const { what, commands } of installers()) {
    report(`No Chrome or Chromium found; installing one with ${what}.`);
    const succeeded = commands.every(
      ([program, parameters]) =>
        spawnSync(program, parameters, { stdio: "ignore", timeout: INSTALL_TIMEOUT_MS }).status ===
        0,
    );
    const installed = succeeded ? findBrowser() : null;
    if (installed !== null) return installed;
  }
  throw new BrowserError(
    "No Chrome or Chromium was found and none could be installed. Install one, or set CHROMIUM_PATH to it, and run the command again.",
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
  const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @returns {{ what: string; commands: [string, string[]][] }[]} */
function installers() {
  const playwright = createRequire(import.meta.url).resolve("@playwright/test/package.json");
  const ways = [
    {
      what: "Playwright's installer",
      commands: pair(process.execPath, [
        join(dirname(playwright), "cli.js"),
        "install",
        "chromium",
      ]),
    },
  ];
  if (isDebianAsRoot()) {
    ways.unshift({
      what: "apt-get",
      commands: [
        ...pair("apt-get", ["update"]),
        ...pair("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"]),
      ],
    });
  }
  return ways;
}

/**
 * @param {string} program
 * @param {string[]} parameters
 * @returns {[string, string[]][]}
 */
function pair(program, parameters) {
  return [[program, parameters]];
}

// Ubuntu's package of that name only points at a snap, which a container cannot run: Playwright's installer serves it better.
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
  // There, asking for the version opens a window instead.
  if (process.platform === "win32") return true;
  const { status, stdout } = spawnSync(path, ["--version"], {
    encoding: "utf8",
    timeout: PROBE_TIMEOUT_MS,
  });
  return status === 0 && /chrom|edge/i.test(stdout);
}
