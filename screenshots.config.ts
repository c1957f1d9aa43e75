import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

/** Drives the app like the end-to-end tests, to take the README's pictures of it. */
export default defineConfig({
  ...base,
  testDir: "e2e/screenshots",
  testIgnore: [],
  outputDir: "test-results/screenshots",
});
