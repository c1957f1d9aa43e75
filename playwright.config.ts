import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

// choose-browser.ts sets this before a worker reads it. Nothing is searched for here, since knip and tsc read this
// file, too.
const browserPath = process.env["CHROMIUM_PATH"];

const LONG = /@long\b/;

export default defineConfig({
  testDir: "e2e",
  // Pictures for the README, taken by their own command.
  testIgnore: "screenshots/**",
  outputDir: "test-results",
  globalSetup: "./e2e/fixtures/choose-browser.ts",
  projects: [
    { name: "chromium", grepInvert: LONG },
    // What takes longer than anyone waits for: npm run e2e:long.
    { name: "long", grep: LONG },
  ],
  // Each worker drives its own browser and server, so if there are more than cores, they only wait for each other.
  workers: Math.min(4, availableParallelism()),
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // A test that passes at its second try has found something: it fails.
  retries: 0,
  // These only end a hang and state no expectation: a busy machine takes its time. CI allows 60 minutes for
  // a suite.
  timeout: 10 * 60_000,
  globalTimeout: 60 * 60_000,
  expect: { timeout: 60_000 },
  reporter: "list",
  use: {
    headless: true,
    video: "off",
    // Recording one costs every test time. For a failure that its message and its picture don't explain: --trace on.
    trace: "off",
    screenshot: "only-on-failure",
    viewport: { width: 1360, height: 860 },
    launchOptions: {
      // In a container that names no locale, a browser can't write the name of a file with an umlaut.
      env: { ...process.env, LC_ALL: "C.UTF-8" },
      ...(browserPath && { executablePath: browserPath }),
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
