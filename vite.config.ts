import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Relative, so that the build works under any path of any static host.
  base: "./",
  plugins: [react(), tailwindcss()],
  build: { outDir: "dist/app", target: "es2023" },
  worker: { format: "es" },
  test: {
    environment: "node",
    include: ["src/**/*.test.ts", "server/**/*.test.ts", "scripts/**/*.test.ts"],
  },
});
