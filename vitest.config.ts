import { defineConfig } from "vitest/config";

/**
 * Folders whose modules keep nothing between tests: starting a separate process for each file would take most of the
 * time.
 */
const PURE =
  "src/{api,catalog,contract,domain,exports,features,images,lib,runs,sheet,statistics}/**/*.test.ts";

/**
 * Separate from vite.config.ts, whose development server mounts the API: unit tests need neither.
 */
export default defineConfig({
  test: {
    environment: "node",
    // Generous, since a busy machine is no failure; a test that hangs still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: { name: "pure", include: [PURE], pool: "threads", isolate: false },
      },
      {
        extends: true,
        test: {
          name: "apart",
          include: ["src/**/*.test.ts", "server/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: [PURE],
        },
      },
    ],
  },
});
