import { defineConfig } from "vitest/config";

/** Apart from vite.config.ts, whose development server mounts the API: unit tests need neither. */
export default defineConfig({
  test: {
    environment: "node",
    include: ["src/**/*.test.ts", "server/**/*.test.ts", "scripts/**/*.test.ts"],
  },
});
