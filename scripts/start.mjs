import { spawn } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SHARED_SOURCES = ["package.json", "package-lock.json", "src/contract", "src/domain"];
const BUILDS = [
  {
    name: "app",
    config: "vite.config.ts",
    result: "dist/app/index.html",
    sources: [
      "index.html",
      "public",
      "src",
      "server/content-security-policy.ts",
      "server/vite",
      "tailwind.config.js",
      "vite.config.ts",
      ...SHARED_SOURCES,
    ],
  },
  {
    name: "server",
    config: "vite.server.config.ts",
    result: "dist/server/main.js",
    sources: ["server", "src/catalog", "src/lib", "vite.server.config.ts", ...SHARED_SOURCES],
  },
];

try {
  for (const build of BUILDS) if (isStale(build)) await runBuild(build);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
await runServer();

/** True where the build is missing, or older than the newest file or folder it is made of. */
function isStale({ result, sources }) {
  const built = statSync(join(ROOT, result), { throwIfNoEntry: false });
  return built === undefined || sources.some((source) => newestMs(source) > built.mtimeMs);
}

/** When a file, or anything under a folder, last changed; a deleted file shows in its folder's own time. */
function newestMs(path) {
  const found = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return path.includes(".test.") ? 0 : found.mtimeMs;
  const inside = readdirSync(join(ROOT, path)).map((name) => newestMs(join(path, name)));
  return Math.max(found.mtimeMs, ...inside);
}

async function runBuild({ name, config, result }) {
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  if (!existsSync(vite)) {
    throw new Error("The build tools are not installed: run npm ci --include=dev first.");
  }
  process.stdout.write(`Building the ${name} …\n`);
  // A process of its own, so that the server does not keep the build tools' memory.
  const build = spawn(process.execPath, [vite, "build", "--config", config, "--logLevel", "warn"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stop = () => build.kill();
  process.once("SIGTERM", stop).once("SIGINT", stop);
  const [code, signal] = await new Promise((resolve, reject) => {
    build.once("error", reject);
    build.once("exit", (...outcome) => resolve(outcome));
  });
  process.off("SIGTERM", stop).off("SIGINT", stop);
  if (code !== 0) {
    // What a broken build left behind would pass for a fresh one the next time.
    rmSync(join(ROOT, result), { force: true });
    if (signal !== null) process.exit(0);
    throw new Error(
      `The ${name} could not be built: mend what is reported above, then start again.`,
    );
  }
}

async function runServer() {
  try {
    await import(new URL("../dist/server/main.js", import.meta.url));
  } catch {
    process.stderr.write(
      "The server's build can't be run: delete the folder dist and run npm ci && npm start.\n",
    );
    process.exit(1);
  }
}
