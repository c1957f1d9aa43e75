// @ts-check
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { keepRows } from "../run/keep-rows.mjs";
import { buildPlace, place } from "../run/place.mjs";
import { median, rounded, share } from "../run/sums.mjs";

const SIZES = {
  full: {
    rounds: 5,
    requests: 200,
    inFlight: 4,
    bytes: 1_000_000,
    crowd: 100,
    crowdBytes: 5_000_000,
  },
  small: {
    rounds: 1,
    requests: 20,
    inFlight: 4,
    bytes: 1_000_000,
    crowd: 10,
    crowdBytes: 5_000_000,
  },
};
const GOALS = { p50: 2, p99: 3, peakMb: 300 };
const agent = new Agent({ keepAlive: true, maxSockets: 100 });

/**
 * Measures what a body costs on its way through the proxy: 1 MB compared with nginx, which forwards it unread, in front
 * of the same upstream and in alternating order; and the memory that a hundred bodies of 5 MB take at once. Prints a
 * table and writes bench/results/proxy.json. Needs nginx (Debian: apt-get install nginx-light).
 * @param {{ small: boolean }} options
 */
export async function run({ small }) {
  const size = small ? SIZES.small : SIZES.full;
  if (spawnSync("nginx", ["-v"]).error) {
    throw new Error("The proxy is measured against nginx: apt-get install nginx-light.");
  }
  await buildPlace();
  const upstream = await startNode([fileURLToPath(new URL("upstream.mjs", import.meta.url))], {});
  const proxy = await startNode([`${place}/dist/server/main.js`], {
    PORT: "0",
    RUNWARE_API_KEY: "a-key-for-the-bench",
    RUNWARE_API_URL: `${upstream.address}/v1`,
  });
  const nginx = await startNginx(upstream.address);
  try {
    const body = taskBody(size.bytes);
    /** @type {{ nginx: number[], proxy: number[] }[]} */
    const rounds = [];
    // The first round opens connections and warms both sides up; it is not counted.
    for (let done = 0; done <= size.rounds; done += 1) {
      const round = {
        nginx: await measure(`${nginx.address}/v1`, body, size),
        proxy: await measure(`${proxy.address}/api/v1`, body, size),
      };
      if (done > 0) rounds.push(round);
    }
    const beforeMb = memoryMb(proxy.pid, "VmRSS");
    await askAtOnce(`${proxy.address}/api/v1`, taskBody(size.crowdBytes), size.crowd);
    const rows = [
      ratioRow("1 MB, p50, proxy / nginx", rounds, 0.5, GOALS.p50),
      ratioRow("1 MB, p99, proxy / nginx", rounds, 0.99, GOALS.p99),
      {
        measure: "nginx p50, ms",
        value: rounded(median(rounds.flatMap((one) => one.nginx))),
        goal: null,
      },
      {
        measure: "proxy p50, ms",
        value: rounded(median(rounds.flatMap((one) => one.proxy))),
        goal: null,
      },
      { measure: "memory before the crowd, MB", value: beforeMb, goal: null },
      {
        measure: `peak memory, ${size.crowd} bodies of 5 MB at once, MB`,
        value: memoryMb(proxy.pid, "VmHWM"),
        goal: GOALS.peakMb,
      },
    ];
    keepRows("proxy", { small, size, rows });
    return rows;
  } finally {
    agent.destroy();
    await Promise.all([proxy.stop(), nginx.stop(), upstream.stop()]);
  }
}

/**
 * The median over the rounds of one round's ratio, so that a moment's load on the machine does not count
 * against one side.
 * @param {string} name
 * @param {readonly { nginx: readonly number[], proxy: readonly number[] }[]} rounds
 * @param {number} part
 * @param {number} goal
 */
function ratioRow(name, rounds, part, goal) {
  const ratios = rounds.map((round) => share(round.proxy, part) / share(round.nginx, part));
  return { measure: name, value: rounded(median(ratios)), goal };
}

/** @param {number} bytes */
function taskBody(bytes) {
  const task = {
    taskType: "caption",
    taskUUID: crypto.randomUUID(),
    model: "runware:152@2",
    prompt: "Describe the harbour.",
    includeCost: true,
    deliveryMethod: "sync",
    inputs: { image: `data:image/jpeg;base64,${"/9j+".repeat(bytes / 4)}` },
  };
  return Buffer.from(JSON.stringify([task]));
}

/**
 * Times of requests in milliseconds, with this many of them in flight.
 * @param {string} url
 * @param {Buffer} body
 * @param {{ requests: number, inFlight: number }} size
 */
async function measure(url, body, { requests, inFlight }) {
  /** @type {number[]} */
  const times = [];
  let left = requests;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left > 0) {
        left -= 1;
        const startedAt = performance.now();
        await post(url, body);
        times.push(performance.now() - startedAt);
      }
    }),
  );
  return times;
}

/**
 * @param {string} url
 * @param {Buffer} body
 * @param {number} count
 */
async function askAtOnce(url, body, count) {
  await Promise.all(Array.from({ length: count }, async () => post(url, body)));
}

/**
 * @param {string} url
 * @param {Buffer} body
 * @returns {Promise<void>}
 */
async function post(url, body) {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": body.byteLength };
    const outgoing = request(url, { method: "POST", agent, headers }, (incoming) => {
      incoming.resume().on("end", () => {
        if (incoming.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${incoming.statusCode}.`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/**
 * @param {readonly string[]} parameters
 * @param {Record<string, string>} environment
 */
async function startNode(parameters, environment) {
  const child = spawn(process.execPath, parameters, {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once("close", () => reject(new Error("A server ended before it was ready.")));
  });
  return { address, pid: child.pid ?? 0, stop: async () => end(child) };
}

/** @param {string} upstream */
async function startNginx(upstream) {
  const folder = mkdtempSync(join(tmpdir(), "contact-sheet-nginx-"));
  const port = await freePort();
  const config = join(folder, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join("\n");
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr error;
${process.getuid?.() === 0 ? "user root;" : ""}
events {}
http {
  access_log off; client_max_body_size 12m;
  ${temporary}
  upstream service { server ${new URL(upstream).host}; keepalive 32; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://service; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Authorization "Bearer a-key-for-the-bench";
    }
  }
}
`,
  );
  const child = spawn("nginx", ["-c", config, "-p", folder], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const address = `http://127.0.0.1:${port}`;
  const body = taskBody(4);
  for (;;) {
    const isUp = await post(`${address}/v1`, body).then(
      () => true,
      () => false,
    );
    if (isUp) break;
    if (child.exitCode !== null) throw new Error("nginx did not start.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    address,
    stop: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns {Promise<number>} */
async function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

/** @param {import("node:child_process").ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once("close", resolve);
  });
  child.kill("SIGTERM");
  await ended;
}

/**
 * What the kernel counts for a process, in MB.
 * @param {number} pid
 * @param {"VmRSS" | "VmHWM"} name the present amount, or the peak
 */
function memoryMb(pid, name) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
}
