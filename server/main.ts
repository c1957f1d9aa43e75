import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { formatUsd } from "#src/domain/money.ts";
import { createApp, pageMayCall } from "./create-app.ts";
import { createUpstream } from "./create-upstream.ts";
import { listen } from "./listen.ts";
import { OperatorError } from "./operator-error.ts";
import { isLoopback } from "./request-hosts.ts";
import { readSettings, type Settings } from "./settings.ts";
import { readStaticFiles } from "./static-files.ts";

// Tools that stop the server wait 5 s before killing it.
const GRACE_MS = 4_000;

try {
  await start();
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  const root = findRoot();
  const stopping = new AbortController();
  const now = (): number => performance.now();
  const app = createApp({
    settings,
    upstream: await createUpstream({ settings, fetch, stopping: stopping.signal }),
    version: readVersion(root),
    files: readStaticFiles(join(root, "dist/app"), pageMayCall(settings.proxyUrls)),
    log: print,
    now,
  });
  const server = await listen({
    fetch: app.fetch,
    host: settings.host,
    port: settings.port,
    graceMs: GRACE_MS,
    onGraceOver: () => {
      stopping.abort();
    },
  });
  stopOnSignals(server.stop);
  print(`Contact Sheet is at ${server.url}`);
  print(`Connection: ${describeUpstream(settings)}`);
}

function describeUpstream({ upstream, host, spending }: Settings): string {
  if (upstream.kind === "sandbox") {
    return "sandbox, whose answers are simulated (set RUNWARE_API_KEY to ask the service)";
  }
  const connection = `proxy to ${upstream.serviceUrl} with the key in RUNWARE_API_KEY`;
  const bounds = describeBounds(spending);
  if (isLoopback(host)) return bounds === null ? connection : `${connection}, ${bounds}`;
  return `${connection}. Anyone who can reach this address can spend that key's balance, ${bounds ?? "without a bound"}`;
}

/** Says as well what a restart resets, since it is counted in memory. */
function describeBounds({ mostPerMinute, spendPerDay }: Settings["spending"]): string | null {
  const bounds = [
    mostPerMinute === null ? null : `at most ${mostPerMinute} tasks a minute for each client`,
    spendPerDay === null ? null : `${formatUsd(spendPerDay)} a day (UTC, counted since this start)`,
  ].filter((bound) => bound !== null);
  return bounds.length === 0 ? null : bounds.join(" and ");
}

function stopOnSignals(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      // A second Ctrl+C means that the user does not want to wait.
      if (isStopping) process.exit(1);
      isStopping = true;
      // Exit explicitly, since connections kept open to the service would delay it.
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** The folder of package.json: one level up from the sources, two up from the build. */
function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) {
    folder = dirname(folder);
  }
  return folder;
}

function readVersion(root: string): string {
  const text = readFileSync(join(root, "package.json"), "utf8");
  return v.parse(v.object({ version: v.string() }), JSON.parse(text)).version;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
