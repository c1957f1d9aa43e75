import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/find-browser.mjs";

const executablePath = findBrowser();
if (executablePath === null) {
  throw new Error(
    "No Chrome or Chromium was found: install one, or set CHROMIUM_PATH to it. npm test installs one where it can.",
  );
}

export default defineConfig({
  testDir: "e2e",
  // Pictures for the README, taken by a command of their own.
  testIgnore: "screenshots/**",
  outputDir: "test-results",
  // Each worker drives a browser and a server of its own, so that more of them than cores only wait for each other.
  workers: Math.min(4, availableParallelism()),
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // A test that passes at its second try has found something: it fails.
  retries: 0,
  timeout: 60_000,
  globalTimeout: 18 * 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    headless: true,
    video: "off",
    trace: "retain-on-failure",
    viewport: { width: 1360, height: 860 },
    launchOptions: {
      executablePath,
      args: [
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
      ],
    },
  },
});
