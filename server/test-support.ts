import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type AppOptions, createApp } from "./create-app.ts";
import { listen } from "./listen.ts";
import { createServiceProxy, type ServiceProxyOptions } from "./service-proxy.ts";

/** A key that must turn up only at the stand-in for the service. */
export const KEY = "secret-key-0123456789";

export interface StandInCall {
  headers: IncomingMessage["headers"];
  body: string;
}

/** A stand-in for the service on a real socket that keeps what it was sent. */
export async function startStandIn(
  reply: (response: ServerResponse, call: StandInCall) => void,
): Promise<{ url: string; calls: StandInCall[] }> {
  const calls: StandInCall[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const call = { headers: incoming.headers, body: Buffer.concat(chunks).toString("utf8") };
      calls.push(call);
      reply(response, call);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port.");
  return { url: `http://127.0.0.1:${address.port}/v1`, calls };
}

/** Our whole server on a real socket, with the lines it logged. */
export async function startApp(
  overrides: Partial<Omit<AppOptions, "settings">> & { settings?: Partial<AppOptions["settings"]> },
): Promise<{ url: string; lines: string[]; stop: () => Promise<void> }> {
  const lines: string[] = [];
  const settings = { host: "127.0.0.1", allowedHosts: [], allowedOrigins: [], proxyUrls: [] };
  const app = createApp({
    upstream: { kind: "sandbox", answer: async () => Response.json({ data: [] }) },
    version: "1.2.3",
    files: null,
    log: (line) => lines.push(line),
    now: () => performance.now(),
    ...overrides,
    settings: { ...settings, ...overrides.settings },
  });
  const { url, stop } = await listen({
    fetch: app.fetch,
    host: "127.0.0.1",
    port: 0,
    graceMs: 100,
    onGraceOver: () => {},
  });
  onTestFinished(stop);
  return { url, lines, stop };
}

/** Our server in front of a stand-in for the service. */
export async function startProxy(
  serviceUrl: string,
  options: Partial<ServiceProxyOptions> & Pick<Parameters<typeof startApp>[0], "settings"> = {},
): ReturnType<typeof startApp> {
  const { settings = {}, ...overrides } = options;
  const upstream = createServiceProxy({
    key: KEY,
    serviceUrl,
    // oxlint-disable-next-line no-restricted-globals -- these tests speak HTTP over real sockets
    fetch,
    deadlineMs: 5_000,
    stopping: new AbortController().signal,
    ...overrides,
  });
  return startApp({ upstream, settings });
}

/** Builds the server into an empty folder, with a page of one line and this folder's packages. */
export async function buildServer(folder: string): Promise<void> {
  const root = join(import.meta.dirname, "..");
  // Written before the build, which must be the newer of the two.
  writeFileSync(
    join(folder, "package.json"),
    '{"version":"9.9.9","type":"module","engines":{"node":">=20.19"}}',
  );
  // Most tests of the server need no build.
  const { build } = await import("vite");
  const outDir = join(folder, "dist/server");
  const configFile = join(root, "vite.server.config.ts");
  await build({ root, configFile, build: { outDir, emptyOutDir: true }, logLevel: "silent" });
  mkdirSync(join(folder, "dist/app"));
  writeFileSync(join(folder, "dist/app/index.html"), "<!doctype html><title>Sheet</title>");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
}

/**
 * A server that was built into a folder, in a process of its own. It resolves once the server
 * answers.
 */
export async function spawnServer(
  folder: string,
  environment: Record<string, string>,
): Promise<{ url: string; end: (signal: "SIGTERM" | "SIGKILL") => Promise<void> }> {
  const child = spawn(process.execPath, [join(folder, "dist/server/main.js")], {
    env: { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = new Promise<void>((resolve) => child.once("close", () => resolve()));
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += String(chunk);
      const [found] = /http:\/\/127\.0\.0\.1:\d+(?=\n)/u.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    exit.then(() => reject(new Error("The server ended before it was ready.")), reject);
  });
  return {
    url,
    end: (signal) => {
      child.kill(signal);
      return exit;
    },
  };
}

export interface RawReply {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

/** One request with headers that fetch would not let a caller set, such as Host. */
export async function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const { method = "GET", headers = {}, body } = options;
    const outgoing = request(url, { method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const status = incoming.statusCode ?? 0;
        resolve({ status, headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Posts tasks as the app does. */
export async function post(
  url: string,
  tasks: unknown,
  headers: Record<string, string> = {},
): Promise<RawReply> {
  return send(`${url}/api/v1`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(tasks),
  });
}

/** A caption task that every rule allows. */
export function captionTask(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    taskType: "caption",
    taskUUID: crypto.randomUUID(),
    model: "runware:152@2",
    prompt: "Describe the harbour.",
    includeCost: true,
    deliveryMethod: "sync",
    inputs: { image: "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD" },
    ...overrides,
  };
}

/** The error of a reply in the service's shape; undefined if it has none. */
export function firstError(reply: RawReply): Record<string, unknown> | undefined {
  const parsed: { errors?: Record<string, unknown>[] } = JSON.parse(reply.body);
  return parsed.errors?.[0];
}
