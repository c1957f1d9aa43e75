import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { loadEnv } from "vite";
import { defineConfig } from "vitest/config";
import { contentSecurityPolicy } from "./server/content-security-policy.ts";
import { nameFirstChunk } from "./server/vite/first-chunk.ts";
import { notices } from "./server/vite/notices.ts";
import { developmentApi } from "./server/vite/development-api.ts";
import { policyTag } from "./server/vite/policy-tag.ts";
import { precompress } from "./server/vite/precompress.ts";
import { DEFAULT_SERVICE_URL } from "./src/contract/endpoint.ts";
import { PROXIES_ADVICE, readProxyList } from "./src/contract/proxy-list.ts";

export default defineConfig(({ mode }) => {
  // The proxies that a build for a static host offers. A server names its own to the app when it starts.
  const proxyUrls = readProxyList(loadEnv(mode, import.meta.dirname)["VITE_PROXY_URLS"] ?? "");
  if (proxyUrls === null) throw new Error(`VITE_PROXY_URLS ${PROXIES_ADVICE}.`);
  const connect = [DEFAULT_SERVICE_URL, ...proxyUrls];
  // Unit tests start Vite too, and need no server of ours.
  const developmentPlugins = process.env["VITEST"] ? [] : [developmentApi()];
  const { main: noticesFile, worker: workerNotices } = notices({
    texts: { "libheif-js": join(import.meta.dirname, "public/licenses/libheif.txt") },
    styles: [join(import.meta.dirname, "node_modules/tailwindcss")],
  });
  return {
    // Relative, so that the build works under any path of any static host.
    base: "./",
    plugins: [
      react(),
      tailwindcss(),
      policyTag(connect),
      noticesFile,
      precompress(),
      ...developmentPlugins,
    ],
    build: {
      outDir: "dist/app",
      target: "es2023",
      // The policy allows no data: addresses for fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: nameFirstChunk, debugName: "first" }] } },
      },
    },
    worker: { format: "es", plugins: () => [workerNotices()] },
    server: {
      headers: {
        "Content-Security-Policy": contentSecurityPolicy({ connect, place: "development" }),
      },
    },
    test: {
      environment: "node",
      include: ["src/**/*.test.ts", "server/**/*.test.ts", "scripts/**/*.test.ts"],
    },
  };
});
