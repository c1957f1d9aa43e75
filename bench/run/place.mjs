// @ts-check
import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const place = `${root}dist/bench/run`;

/** A separate installation: the built server, the built app and, beside it on the same origin, the measuring page. */
export async function buildPlace() {
  rmSync(place, { recursive: true, force: true });
  await build({
    configFile: `${root}vite.config.ts`,
    root,
    logLevel: "error",
    build: { outDir: `${place}/dist/app`, emptyOutDir: true },
  });
  await build({
    configFile: false,
    root: `${root}bench/run/page`,
    base: "./",
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: `${place}/dist/app/bench`, target: "es2023", emptyOutDir: true },
  });
  await build({
    configFile: `${root}vite.server.config.ts`,
    root,
    logLevel: "error",
    build: { outDir: `${place}/dist/server` },
  });
  writeFileSync(`${place}/package.json`, JSON.stringify({ version: "0.0.0", type: "module" }));
}

/** @returns {Promise<{ address: string, stop: () => Promise<void> }>} */
export async function startServer() {
  const child = spawn(process.execPath, [`${place}/dist/server/main.js`], {
    env: { PATH: process.env["PATH"], PORT: "0", CONTACT_SHEET_TEST_CONTROL: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => {
    child.once("close", resolve);
  });
  const address = await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error("The server ended before it was ready.")));
  });
  return {
    address,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/**
 * @param {string} address
 * @param {number} serviceMs
 */
export async function setScenario(address, serviceMs) {
  const reply = await fetch(`${address}/api/sandbox/scenario`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ serviceMs, pixelWork: false }),
  });
  if (!reply.ok) throw new Error(`The sandbox refused the scenario: ${await reply.text()}`);
}
