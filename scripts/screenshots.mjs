// @ts-check
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BrowserError, findOrInstallBrowser } from "./find-browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
/**
 * @param {string} name
 * @param {string} path
 */
const inPackage = (name, path) => join(dirname(require.resolve(`${name}/package.json`)), path);

const vite = inPackage("vite", "bin/vite.js");
const playwright = inPackage("@playwright/test", "cli.js");

try {
  const environment = { ...process.env, CHROMIUM_PATH: await findOrInstallBrowser() };
  const commands = [
    [vite, "build"],
    [vite, "build", "--config", "vite.server.config.ts"],
    [playwright, "test", "--config", "screenshots.config.ts", ...process.argv.slice(2)],
  ];
  const succeeded = commands.every(
    (command) =>
      spawnSync(process.execPath, command, { cwd: root, env: environment, stdio: "inherit" })
        .status === 0,
  );
  process.exitCode = succeeded ? 0 : 1;
} catch (error) {
  console.error(error instanceof BrowserError ? error.message : error);
  process.exitCode = 1;
}
