import { defineConfig } from "vitest/config";

/** Apart from vite.config.ts, whose development server mounts the API: unit tests need neither. */
export default defineConfig({
  test: {
    environment: "node",
    // Generous, since a busy machine is no failure; a test that hangs still ends.
    testTimeout: 30_000,
    include: ["src/**/*.test.ts", "server/**/*.test.ts", "scripts/**/*.test.ts"],
  },
});
