import { request } from "node:http";
import { expect, test } from "vitest";
import { captionTask, firstError, post, send, startApp, startProxy } from "./test-support.ts";

const json = { "Content-Type": "application/json" };
const MIB = 1024 * 1024;

test.each([
  ["the address itself", {}],
  ["a page of this server", { Origin: "self" }],
  [
    "a page behind a proxy that ends TLS",
    { Origin: "https://sheets.example.com", Host: "sheets.example.com" },
  ],
])(
  "a request from %s is taken",
  async (_, { Origin, Host }: { Origin?: string; Host?: string }) => {
    const app = await startApp({ settings: { allowedHosts: ["sheets.example.com"] } });
    const reply = await post(app.url, [captionTask()], {
      ...(Origin && { Origin: Origin === "self" ? app.url : Origin }),
      ...(Host && { Host }),
    });
    expect(reply.status).toBe(200);
  },
);

test.each([
  ["a foreign page", { Origin: "https://example.com" }, "forbiddenOrigin"],
  ["a page without an origin of its own", { Origin: "null" }, "forbiddenOrigin"],
  ["a page on another port of this machine", { Origin: "http://127.0.0.1:1" }, "forbiddenOrigin"],
  ["another site, by its fetch metadata", { "Sec-Fetch-Site": "cross-site" }, "forbiddenOrigin"],
  ["a domain pointed at this address", { Host: "rebound.example.com" }, "forbiddenHost"],
  ["a name that only ends like a loopback one", { Host: "127.0.0.1.example.com" }, "forbiddenHost"],
])("a request from %s is refused, its body unread", async (_, headers, code) => {
  const app = await startProxy("http://127.0.0.1:9/v1");
  const reply = await post(app.url, [captionTask()], headers);
  expect(reply.status).toBe(403);
  expect(firstError(reply)?.["code"]).toBe(code);
  expect(app.lines[0]).toContain("tasks=0 status=403");
});

test("the host guard covers the health answer too", async () => {
  const app = await startApp({});
  const reply = await send(`${app.url}/api/health`, { headers: { Host: "rebound.example.com" } });
  expect(reply.status).toBe(403);
});

test("a page from ALLOWED_ORIGINS may ask, and reads the headers it needs", async () => {
  const Origin = "https://sheets.example.com";
  const app = await startApp({ settings: { allowedOrigins: [Origin] } });
  const preflight = await send(`${app.url}/api/v1`, {
    method: "OPTIONS",
    headers: { Origin, "Access-Control-Request-Method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers["access-control-allow-origin"]).toBe(Origin);
  expect(preflight.headers["access-control-allow-headers"]).toContain("Content-Type");
  const reply = await post(app.url, [captionTask()], { Origin });
  expect(reply.status).toBe(200);
  expect(reply.headers["access-control-allow-origin"]).toBe(Origin);
  expect(reply.headers["vary"]).toContain("Origin");
  const exposed = String(reply.headers["access-control-expose-headers"]).split(", ");
  expect(exposed).toEqual([
    "Retry-After",
    "Server-Timing",
    "X-Contact-Sheet-Answer",
    "X-Contact-Sheet-Proxy",
  ]);
});

test("without ALLOWED_ORIGINS a preflight is refused", async () => {
  const app = await startApp({});
  const headers = { Origin: "https://example.com", "Access-Control-Request-Method": "POST" };
  const reply = await send(`${app.url}/api/v1`, { method: "OPTIONS", headers });
  expect(reply.status).toBe(403);
  expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
});

test.each([undefined, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])(
  "a body declared as %s is refused with 415",
  async (type) => {
    const app = await startApp({});
    const headers: Record<string, string> = type === undefined ? {} : { "Content-Type": type };
    const reply = await send(`${app.url}/api/v1`, { method: "POST", headers, body: "[]" });
    expect(reply.status).toBe(415);
  },
);

test.each(["", "{}", "null", "[]", "[{", "\u0000"])(
  "the body %j is no task array",
  async (body) => {
    const app = await startApp({});
    const reply = await send(`${app.url}/api/v1`, { method: "POST", headers: json, body });
    expect(reply.status).toBe(400);
    expect(firstError(reply)?.["code"]).toBe("invalidBody");
  },
);

test("20 tasks are taken and 21 are refused", async () => {
  const app = await startApp({});
  const tasks = (count: number) => Array.from({ length: count }, () => captionTask());
  expect((await post(app.url, tasks(20))).status).toBe(200);
  const refused = await post(app.url, tasks(21));
  expect([refused.status, firstError(refused)?.["code"]]).toEqual([400, "tooManyTasks"]);
});

test("a body just inside the bound is taken, one beyond it is refused by its declared size", async () => {
  const app = await startApp({});
  const inside = await post(app.url, [captionTask({ prompt: "a".repeat(12 * MIB - 1_000) })]);
  expect(inside.status).toBe(200);
  const beyond = await post(app.url, [captionTask({ prompt: "a".repeat(12 * MIB) })]);
  expect([beyond.status, firstError(beyond)?.["code"]]).toEqual([413, "requestTooLarge"]);
});

test("a chunked body that declares no size is cut off at the bound", async () => {
  const app = await startApp({});
  const status = await new Promise((resolve, reject) => {
    const outgoing = request(`${app.url}/api/v1`, {
      method: "POST",
      headers: { ...json, "Transfer-Encoding": "chunked" },
    });
    outgoing.on("response", (incoming) => resolve(incoming.statusCode));
    outgoing.on("error", reject);
    // Never ended: the refusal must not wait for the rest.
    for (let sent = 0; sent <= 12; sent += 1) outgoing.write(Buffer.alloc(MIB, "a"));
  });
  expect(status).toBe(413);
});

test("health gives the upstream, the version and the operator's proxies", async () => {
  const bare = await startApp({});
  const health = await send(`${bare.url}/api/health`);
  expect(JSON.parse(health.body)).toEqual({ upstream: "sandbox", version: "1.2.3" });
  const proxyUrls = ["https://sheets.example.com/api"];
  const proxy = await startProxy("http://127.0.0.1:9/v1", { settings: { proxyUrls } });
  const full = await send(`${proxy.url}/api/health`);
  expect(JSON.parse(full.body)).toEqual({
    upstream: "runware",
    version: "1.2.3",
    proxies: proxyUrls,
  });
});

test.each([
  ["GET", "/api/v1"],
  ["GET", "/api"],
  ["GET", "/api/healthy"],
  ["POST", "/api/health"],
  ["DELETE", "/api/v1"],
  ["POST", "/api/sandbox/scenario"],
])("%s %s is a 404 in the error shape", async (method, path) => {
  const app = await startApp({});
  const reply = await send(`${app.url}${path}`, { method });
  expect(reply.status).toBe(404);
  expect(firstError(reply)?.["code"]).toBe("routeNotFound");
});

test("an upstream that throws is a 500 in the error shape, and the log does not repeat what it said", async () => {
  const answer = async (): Promise<Response> => {
    throw new TypeError("about the harbour");
  };
  const app = await startApp({ upstream: { kind: "sandbox", answer } });
  const reply = await post(app.url, [captionTask()]);
  expect([reply.status, firstError(reply)?.["code"]]).toEqual([500, "internalServerError"]);
  expect(app.lines.join("\n")).toMatch(/error=TypeError at [^]*status=500/u);
  expect(app.lines.join() + reply.body).not.toContain("harbour");
});

test("bodies without room wait unread for their turn, and small ones pass them by", async () => {
  const answers: (() => void)[] = [];
  const answer = async (): Promise<Response> =>
    new Promise((resolve) => {
      answers.push(() => resolve(Response.json({ data: [] })));
    });
  const bodies = { deadlineMs: 30_000, roomBytes: 250_000 };
  const app = await startApp({ upstream: { kind: "sandbox", answer }, bodies });
  const large = captionTask({ prompt: "a".repeat(100_000) });
  const replies = [1, 2, 3].map(async () => post(app.url, [large]));
  await expect.poll(() => answers).toHaveLength(2);
  const small = post(app.url, [captionTask()]);
  // The small one came last, and is already here.
  await expect.poll(() => answers).toHaveLength(3);
  for (const give of answers) give();
  expect((await small).status).toBe(200);
  await expect.poll(() => answers).toHaveLength(4);
  answers[3]?.();
  expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([200, 200, 200]);
});

test("a body that stops arriving is given up, with the room it took", async () => {
  const app = await startApp({ bodies: { deadlineMs: 50, roomBytes: 4 * MIB } });
  const reply = await new Promise((resolve, reject) => {
    const headers = { ...json, "Content-Length": String(2 * MIB) };
    const outgoing = request(`${app.url}/api/v1`, { method: "POST", headers });
    outgoing.on("response", (incoming) => resolve(incoming.statusCode));
    outgoing.on("error", reject);
    outgoing.write("[");
  });
  expect(reply).toBe(400);
});
