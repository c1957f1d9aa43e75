import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

// Set by choose-browser.ts before a worker reads this. Nothing is looked for here: knip and tsc read this file, too.
const browserPath = process.env["CHROMIUM_PATH"];

const LONG = /@long\b/;

export default defineConfig({
  testDir: "e2e",
  // Pictures for the README, taken by a command of their own.
  testIgnore: "screenshots/**",
  outputDir: "test-results",
  globalSetup: "./e2e/fixtures/choose-browser.ts",
  projects: [
    { name: "chromium", grepInvert: LONG },
    // What takes longer than a person waits for: npm run e2e:long.
    { name: "long", grep: LONG },
  ],
  // Each worker drives a browser and a server of its own, so that more of them than cores only wait for each other.
  workers: Math.min(4, availableParallelism()),
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // A test that passes at its second try has found something: it fails.
  retries: 0,
  // These end a hang, and are no expectation: a busy machine takes its time. CI bears 60 minutes of a suite.
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
