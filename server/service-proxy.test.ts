import type { ServerResponse } from "node:http";
import { request } from "node:http";
import { expect, test } from "vitest";
import { MODELS } from "#src/catalog/models.ts";
import {
  captionTask,
  firstError,
  KEY,
  post,
  send,
  startProxy,
  startStandIn,
} from "./test-support.ts";

function replyJson(body: unknown, status = 200, headers: Record<string, string> = {}) {
  return (response: ServerResponse): void => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

test("the key is added, and of the caller's headers and authentication nothing passes", async () => {
  const service = await startStandIn(replyJson({ data: [] }));
  const proxy = await startProxy(service.url);
  const caption = captionTask();
  const reply = await post(proxy.url, [{ taskType: "authentication", apiKey: "theirs" }, caption], {
    Authorization: "Bearer theirs",
    Cookie: "session=theirs",
    "X-Forwarded-For": "theirs",
  });
  expect(reply.status).toBe(200);
  const [call] = service.calls;
  expect(call?.headers["authorization"]).toBe(`Bearer ${KEY}`);
  expect(JSON.parse(call?.body ?? "")).toEqual([caption]);
  expect(JSON.stringify(service.calls)).not.toContain("theirs");
  expect(JSON.stringify(reply)).not.toContain(KEY);
});

test("status, body and Retry-After pass as they are; other headers of the service do not", async () => {
  const body = { errors: [{ code: "tooManyRequestsRateLimit", message: "Wait." }] };
  const headers = { "Retry-After": "7", "Set-Cookie": "a=b", "X-Contact-Sheet-Answer": "sandbox" };
  const service = await startStandIn(replyJson(body, 429, headers));
  const proxy = await startProxy(service.url);
  const reply = await post(proxy.url, [captionTask()]);
  expect(reply.status).toBe(429);
  expect(JSON.parse(reply.body)).toEqual(body);
  expect(reply.headers["retry-after"]).toBe("7");
  expect(reply.headers["set-cookie"]).toBeUndefined();
  expect(reply.headers["x-contact-sheet-answer"]).toBeUndefined();
});

test("a page of HTML and broken JSON pass with their status, for the client to judge", async () => {
  const service = await startStandIn((response) => {
    response.writeHead(503, { "Content-Type": "text/html" });
    response.end("<h1>Busy");
  });
  const proxy = await startProxy(service.url);
  const reply = await post(proxy.url, [captionTask()]);
  expect([reply.status, reply.body]).toEqual([503, "<h1>Busy"]);
});

test("Server-Timing tells how long the service took", async () => {
  const service = await startStandIn((response) => {
    setTimeout(() => response.end("{}"), 60);
  });
  const proxy = await startProxy(service.url);
  const reply = await post(proxy.url, [captionTask()]);
  const serviceMs = Number(
    /^service;dur=(\d+)$/u.exec(String(reply.headers["server-timing"]))?.[1],
  );
  expect(serviceMs).toBeGreaterThanOrEqual(55);
  expect(serviceMs).toBeLessThan(1_000);
});

test("a dry run stays one", async () => {
  const service = await startStandIn(replyJson({ data: [] }));
  const proxy = await startProxy(service.url);
  await post(proxy.url, [captionTask()], { "X-Runware-Dry-Run": "1" });
  await post(proxy.url, [captionTask()]);
  expect(service.calls.map((call) => call.headers["x-runware-dry-run"])).toEqual(["1", undefined]);
});

test.each([
  ["an unknown task type", { taskType: "imageInference" }, "unsupportedTaskType"],
  ["a model outside the catalogue", { model: "runware:100@1" }, "invalidModel"],
  ["a webhook", { webhookURL: "https://example.com" }, "unsupportedParameter"],
  ["an upload address", { uploadEndpoint: "https://example.com" }, "unsupportedParameter"],
  ["a field the contract lacks", { numberResults: 50 }, "invalidParameter"],
  ["a task id that is no UUID v4", { taskUUID: "1" }, "invalidParameter"],
])("%s is refused before the key is used", async (_, change, code) => {
  const service = await startStandIn(replyJson({ data: [] }));
  const proxy = await startProxy(service.url);
  const reply = await post(proxy.url, [captionTask(), captionTask(change)]);
  expect(reply.status).toBe(400);
  expect(firstError(reply)?.["code"]).toBe(code);
  expect(reply.body).not.toContain("harbour");
  expect(service.calls).toEqual([]);
});

test("every task type of the app and every model of the catalogue is let through", async () => {
  const service = await startStandIn(replyJson({ data: [] }));
  const proxy = await startProxy(service.url);
  const taskUUID = crypto.randomUUID();
  const image = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg";
  const tasks = [
    ...MODELS.map(({ id }) => captionTask({ model: id })),
    { taskType: "getResponse", taskUUID },
    { taskType: "imageUpload", taskUUID, image },
    { taskType: "mediaStorage", operation: "upload", taskUUID, media: image },
  ];
  expect((await post(proxy.url, tasks)).status).toBe(200);
  expect(JSON.parse(service.calls[0]?.body ?? "")).toEqual(tasks);
});

const account = { taskType: "accountManagement", taskUUID: crypto.randomUUID() };
const team = { name: "Studio", members: [{ email: "someone@example.com" }] };

test.each([12.5, { amount: 12.5, freeBalance: 2, currency: "USD" }])(
  "of the account only the balance passes: %j",
  async (balance) => {
    const service = await startStandIn(replyJson({ data: [{ ...account, balance, team }], team }));
    const proxy = await startProxy(service.url);
    const reply = await post(proxy.url, [{ ...account, operation: "getDetails" }]);
    expect(JSON.parse(reply.body)).toEqual({ data: [{ ...account, balance }] });
  },
);

test.each(["accountManagement", "getResponse"])(
  "an account that comes by way of getResponse, as %s, is cut down as well",
  async (taskType) => {
    const item = { ...account, taskType, balance: 1 };
    const service = await startStandIn(replyJson({ data: [{ ...item, team }] }));
    const proxy = await startProxy(service.url);
    const reply = await post(proxy.url, [{ taskType: "getResponse", taskUUID: account.taskUUID }]);
    expect(JSON.parse(reply.body)).toEqual({ data: [item] });
  },
);

test("an account reply that is not the service's JSON does not pass", async () => {
  const service = await startStandIn((response) =>
    response.end(`${JSON.stringify(team)} -- broken`),
  );
  const proxy = await startProxy(service.url);
  const reply = await post(proxy.url, [{ ...account, operation: "getDetails" }]);
  expect(reply.status).toBe(502);
  expect(reply.body).not.toContain("someone");
});

test("an account beside other tasks, or another operation on it, is refused", async () => {
  const service = await startStandIn(replyJson({ data: [] }));
  const proxy = await startProxy(service.url);
  const beside = await post(proxy.url, [{ ...account, operation: "getDetails" }, captionTask()]);
  const other = await post(proxy.url, [{ ...account, operation: "createApiKey" }]);
  expect([beside.status, other.status]).toEqual([400, 400]);
  expect(service.calls).toEqual([]);
});

test("a service that takes too long becomes a 504 in its own error shape", async () => {
  const service = await startStandIn(() => {});
  const proxy = await startProxy(service.url, { deadlineMs: 50 });
  const reply = await post(proxy.url, [captionTask()]);
  expect(reply.status).toBe(504);
  expect(firstError(reply)?.["code"]).toBe("gatewayTimeout");
});

test("the deadline covers the body of the answer, not its headers alone", async () => {
  const service = await startStandIn((response) => {
    response.write('{"data":');
  });
  const proxy = await startProxy(service.url, { deadlineMs: 80 });
  expect((await post(proxy.url, [captionTask()])).status).toBe(504);
});

test("a service that is not there becomes a 502 that repeats nothing", async () => {
  const proxy = await startProxy("http://127.0.0.1:9/v1");
  const reply = await post(proxy.url, [captionTask()]);
  expect(reply.status).toBe(502);
  expect(firstError(reply)?.["code"]).toBe("serviceUnreachable");
  expect(reply.body).not.toContain(KEY);
});

test("a redirect is not followed: the key and the pictures stay with the named service", async () => {
  const elsewhere = await startStandIn(replyJson({ data: [] }));
  const service = await startStandIn(replyJson({}, 307, { Location: elsewhere.url }));
  const proxy = await startProxy(service.url);
  expect((await post(proxy.url, [captionTask()])).status).toBe(502);
  expect(elsewhere.calls).toEqual([]);
});

test("an endless answer is given up on", async () => {
  const service = await startStandIn((response) => {
    response.end(Buffer.alloc(5 * 1024 * 1024, " "));
  });
  const proxy = await startProxy(service.url);
  expect((await post(proxy.url, [captionTask()])).status).toBe(502);
});

test("a caption goes on to its end when the caller leaves, and is logged", async () => {
  const held: ServerResponse[] = [];
  const service = await startStandIn((response) => held.push(response));
  const proxy = await startProxy(service.url);
  const caller = request(`${proxy.url}/api/v1`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
  });
  const left = new Promise((resolve) => caller.on("error", () => {}).on("close", resolve));
  caller.end(JSON.stringify([captionTask()]));
  await expect.poll(() => held).toHaveLength(1);
  caller.destroy();
  await left;
  // By its answer the server has seen the other connection close.
  await send(`${proxy.url}/api/health`);
  expect(held[0]?.destroyed).toBe(false);
  held[0]?.end(JSON.stringify({ data: [] }));
  await expect.poll(() => proxy.lines).toHaveLength(1);
  expect(proxy.lines[0]).toContain("tasks=1 status=200");
});

test("the log has one line a request, with counts and sizes and nothing of what was said", async () => {
  const service = await startStandIn(replyJson({ data: [{ text: "A blue boat." }] }));
  const proxy = await startProxy(service.url);
  const tasks = [captionTask(), captionTask()];
  await post(proxy.url, tasks);
  await send(`${proxy.url}/api/v1`, { method: "POST", body: "{}" });
  expect(proxy.lines).toHaveLength(2);
  const bytes = `${JSON.stringify(tasks).length}/34`;
  expect(proxy.lines[0]).toMatch(
    new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z tasks=2 status=200 ms=\\d+ bytes=${bytes}$`, "u"),
  );
  expect(proxy.lines[1]).toContain("tasks=0 status=415");
  expect(proxy.lines.join()).not.toMatch(/harbour|base64|boat|secret/u);
});
