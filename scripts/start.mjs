import "./check-node.mjs";
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";

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

/** True if the build is missing, or older than the newest file or folder it is made from. */
function isStale({ result, sources }) {
  const built = statSync(join(ROOT, result), { throwIfNoEntry: false });
  return built === undefined || sources.some((source) => newestMs(source) > built.mtimeMs);
}

/** When a file, or anything in a folder, last changed. A deleted file shows in its folder's own time. */
function newestMs(path) {
  const found = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return path.includes(".test.") ? 0 : found.mtimeMs;
  const inside = readdirSync(join(ROOT, path)).map((name) => newestMs(join(path, name)));
  return Math.max(found.mtimeMs, ...inside);
}

async function runBuild({ name, config, result }) {
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const obstacle = existsSync(vite)
    ? obstacleToWriting(result)
    : "the build tools are not installed: run npm ci --include=dev first";
  if (obstacle !== null) {
    if (!existsSync(join(ROOT, result)))
      throw new Error(`The ${name} can’t be built: ${obstacle}.`);
    // An installation without build tools (npm ci --omit=dev, a read-only disk) was built elsewhere, and must
    // run.
    process.stderr.write(
      `The ${name} is older than its sources and is served as it is, since ${obstacle}.\n`,
    );
    return;
  }
  process.stdout.write(`Building the ${name} …\n`);
  // A separate process, so that the server does not keep the build tools' memory.
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
    // Otherwise the remains of a broken build would pass for a fresh one the next time.
    try {
      rmSync(join(ROOT, result), { force: true });
    } catch {
      // It can't be removed, so the build did not begin to write it either.
    }
    if (signal !== null) process.exit(0);
    throw new Error(
      `The ${name} could not be built: fix what is reported above, then start again.`,
    );
  }
}

/** Why a build can't be written, as the second half of a sentence; null if it can. */
function obstacleToWriting(result) {
  // The build empties its folder first. A folder that does not exist yet is created in the one
  // above.
  const folders = [".", "dist", dirname(result)];
  const present = folders.filter((folder) => existsSync(join(ROOT, folder)));
  const needed = present.length === 1 ? present : present.slice(1);
  const locked = needed.find((folder) => !isWritable(join(ROOT, folder)));
  if (locked === undefined) return null;
  const place = locked === "." ? "the folder of Contact Sheet" : `the folder ${locked}`;
  return `${place} can’t be written: make it yours, or start as the user who owns it`;
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
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
