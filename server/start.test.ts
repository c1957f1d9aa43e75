import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { buildServer, captionTask, KEY, post, startStandIn } from "./test-support.ts";

// A busy machine takes its time.
const HANGS_AFTER_MS = 25_000;
const ROOT = join(import.meta.dirname, "..");
let installation = "";

// A copy that is already built: start.mjs finds no sources newer than the build, so it builds nothing.
beforeAll(async () => {
  installation = mkdtempSync(join(tmpdir(), "Kontaktbögen am Start "));
  await buildServer(installation);
  mkdirSync(join(installation, "scripts"));
  for (const name of ["start.mjs", "check-node.mjs"]) {
    cpSync(join(ROOT, "scripts", name), join(installation, "scripts", name));
  }
}, 30_000);

afterAll(() => {
  rmSync(installation, { recursive: true });
});

interface Run {
  process: ChildProcess;
  output: () => string;
  url: () => string;
  exit: Promise<number | null>;
}

function run(
  environment: Record<string, string>,
  folder = installation,
  preload: string[] = [],
  user: { uid?: number; gid?: number } = {},
): Run {
  const child = spawn(process.execPath, [...preload, "scripts/start.mjs"], {
    cwd: folder,
    ...user,
    env: { PATH: process.env["PATH"], PORT: "0", ...environment },
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const exit = new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    process: child,
    output: () => output,
    url: () => /http:\/\/[\d.:]+/u.exec(output)?.[0] ?? "",
    exit,
  };
}

async function untilReady({ output }: Run): Promise<void> {
  await expect.poll(output, { timeout: HANGS_AFTER_MS }).toContain("Connection: ");
}

test("without a key it prints its address and that the sandbox answers, and serves the page", async () => {
  const server = run({});
  await untilReady(server);
  expect(server.output()).toMatch(
    /^Contact Sheet is at http:\/\/127\.0\.0\.1:\d+\nConnection: sandbox, .*simulated/u,
  );
  expect(await (await fetch(server.url())).text()).toContain("<title>Sheet</title>");
  const health = await fetch(`${server.url()}/api/health`);
  expect(await health.json()).toEqual({ upstream: "sandbox", version: "9.9.9" });
});

test("with a key beyond the loopback it says who can spend it, and never the key", async () => {
  const server = run({ HOST: "0.0.0.0", RUNWARE_API_KEY: KEY });
  await untilReady(server);
  expect(server.output()).toMatch(/Connection: proxy to https:.* Anyone who can reach .* spend/u);
  expect(server.output()).not.toContain(KEY);
});

test("SIGTERM lets a request in flight be answered, then ends with code 0", async () => {
  const held: ServerResponse[] = [];
  const service = await startStandIn((response) => held.push(response));
  const server = run({ RUNWARE_API_KEY: KEY, RUNWARE_API_URL: service.url });
  await untilReady(server);
  const reply = post(server.url(), [captionTask()]);
  await expect.poll(() => held, { timeout: HANGS_AFTER_MS }).toHaveLength(1);
  server.process.kill("SIGTERM");
  await expect
    .poll(
      async () =>
        fetch(server.url()).then(
          () => "open",
          () => "closed",
        ),
      { timeout: HANGS_AFTER_MS },
    )
    .toBe("closed");
  held[0]?.end('{"data":[]}');
  expect(await reply).toMatchObject({ status: 200, body: '{"data":[]}' });
  expect(await server.exit).toBe(0);
});

test("a taken port is one sentence and exit code 1", async () => {
  const first = run({});
  await untilReady(first);
  const PORT = new URL(first.url()).port;
  const second = run({ PORT });
  expect(await second.exit).toBe(1);
  expect(second.output()).toMatch(new RegExp(`^Port ${PORT} is taken: .*\\.\\n$`, "u"));
});

test.each([
  { PORT: "abc" },
  { RUNWARE_API_URL: "nonsense", RUNWARE_API_KEY: KEY },
  { ALLOWED_ORIGINS: "*" },
])("the malformed variable in %j is one sentence and exit code 1", async (environment) => {
  const server = run(environment);
  expect(await server.exit).toBe(1);
  const [name] = Object.keys(environment);
  expect(server.output()).toMatch(new RegExp(`^${name} must .*\\.\\n$`, "u"));
});

function copyInstallation(): string {
  const copy = mkdtempSync(join(tmpdir(), "contact-sheet-start-"));
  onTestFinished(() => {
    rmSync(copy, { recursive: true });
  });
  cpSync(installation, copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  return copy;
}

test("an unreadable page, or a broken server, is one sentence and exit code 1", async () => {
  const noPage = copyInstallation();
  rmSync(join(noPage, "dist/app/index.html"));
  mkdirSync(join(noPage, "dist/app/index.html"));
  const withoutPage = run({}, noPage);
  const broken = copyInstallation();
  writeFileSync(join(broken, "dist/server/main.js"), "import './gone.js';");
  const withBroken = run({}, broken);
  expect([await withoutPage.exit, await withBroken.exit]).toEqual([1, 1]);
  expect(withoutPage.output()).toMatch(/^The build in .* can't be read: delete .*\.\n$/u);
  expect(withBroken.output()).toMatch(/^The server's build can't be run: delete .*\.\n$/u);
});

test("a missing build, without the tools to make it, says how to get them", async () => {
  const copy = copyInstallation();
  rmSync(join(copy, "dist"), { recursive: true });
  rmSync(join(copy, "node_modules"));
  const server = run({}, copy);
  expect(await server.exit).toBe(1);
  expect(server.output()).toBe(
    "The app can’t be built: the build tools are not installed: run npm ci --include=dev first.\n",
  );
});

test("a build that fails says so, and is not taken for a finished one the next time", async () => {
  const copy = copyInstallation();
  const page = join(copy, "dist/app/index.html");
  mkdirSync(join(copy, "src"));
  const server = run({}, copy);
  expect(await server.exit).toBe(1);
  expect(server.output()).toMatch(/The app could not be built: .*\.\n$/u);
  expect(existsSync(page)).toBe(false);
});

/** As after `npm ci --omit=dev`: only what package.json calls dependencies can be imported. */
function omitTools(copy: string): void {
  const modules = join(copy, "node_modules");
  rmSync(modules);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name), "junction");
  }
}

function touchSources(copy: string): void {
  const soon = new Date(Date.now() + 60_000);
  utimesSync(join(copy, "package.json"), soon, soon);
}

test("an older build without the tools to make a new one is served, and said to be older", async () => {
  const copy = copyInstallation();
  omitTools(copy);
  touchSources(copy);
  const server = run({}, copy);
  await untilReady(server);
  expect(server.output()).toMatch(/^The app is older than its sources .* tools are not installed/u);
  expect(await (await fetch(server.url())).text()).toContain("<title>Sheet</title>");
});

// Root may write everywhere.
const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

// In root's own home, a server run as another user finds no build tools, and says so instead.
function isReadableByNobody(): boolean {
  const read = `require("node:fs").accessSync(${JSON.stringify(import.meta.filename)})`;
  return spawnSync(process.execPath, ["-e", read], { cwd: "/", ...asNobody }).status === 0;
}

test("a locked dist is one sentence, or an older build as it is", async ({ skip }) => {
  skip(process.platform === "win32", "Windows locks no folder by its mode");
  skip(!isReadableByNobody(), "root runs this in a place that no other user may read");
  const copy = copyInstallation();
  touchSources(copy);
  const lock = () => {
    chmodSync(copy, 0o755);
    for (const folder of ["dist", "dist/app"]) chmodSync(join(copy, folder), 0o555);
  };
  lock();
  onTestFinished(() => {
    for (const folder of ["dist", "dist/app"]) chmodSync(join(copy, folder), 0o755);
  });
  const server = run({}, copy, [], asNobody);
  await untilReady(server);
  expect(server.output()).toMatch(/^The app is older .* the folder dist can’t be written: /u);
  chmodSync(join(copy, "dist/app"), 0o755);
  rmSync(join(copy, "dist/app/index.html"));
  lock();
  const without = run({}, copy, [], asNobody);
  expect(await without.exit).toBe(1);
  expect(without.output()).toMatch(
    /^The app can’t be built: the folder dist can’t be written: .*\.\n$/u,
  );
});

test("an old Node is one sentence and exit code 1", async () => {
  const pretend = "Object.defineProperty(process.versions, 'node', { value: '18.20.8' })";
  const server = run({}, installation, ["--import", `data:text/javascript,${pretend}`]);
  expect(await server.exit).toBe(1);
  expect(server.output()).toMatch(
    /^Contact Sheet needs Node\.js 20\.19 or newer, .* 18\.20\.8: .*\.\n$/u,
  );
});
