import { defineConfig } from "vite";

/** Bundles the server, since Node 20 does not run TypeScript. Packages stay outside and come from node_modules. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: "server/main.ts",
    outDir: "dist/server",
    target: "node20",
    rolldownOptions: { output: { entryFileNames: "main.js" } },
  },
});
