import { type ServerResponse, createServer, request } from "node:http";
import { describe, expect, test } from "vitest";
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

test("the key is added, and none of the caller's headers or authentication passes", async () => {
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

test("status, body and Retry-After pass unchanged; other headers of the service do not", async () => {
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

test("Server-Timing says how long the service took", async () => {
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
  "an account that comes through getResponse, as %s, is cut down as well",
  async (taskType) => {
    const item = { ...account, taskType, balance: 1 };
    const service = await startStandIn(replyJson({ data: [{ ...item, team }] }));
    const proxy = await startProxy(service.url);
    const reply = await post(proxy.url, [{ taskType: "getResponse", taskUUID: account.taskUUID }]);
    expect(JSON.parse(reply.body)).toEqual({ data: [item] });
  },
);

test.each<[string, unknown]>([
  [
    "without a balance",
    { data: [{ taskUUID: account.taskUUID, team, email: "someone@example.com" }] },
  ],
  ["one level deeper", { data: [{ taskUUID: account.taskUUID, result: { balance: 1, team } }] }],
  ["as one object", { data: { taskUUID: account.taskUUID, members: team.members } }],
  ["inside an answer", { data: [{ text: "A boat.", structuredData: { ageGroup: "0-12", team } }] }],
  ["beside the answers", { data: [], organization: team }],
  ["in an error", { errors: [{ code: "x", context: team }], error: { message: "No.", team } }],
  ["in no shape of a reply", { data: "none", team }],
])("a look-up that finds an account, %s, passes none of it on", async (_, body) => {
  const service = await startStandIn(replyJson(body));
  const proxy = await startProxy(service.url);
  const reply = await post(proxy.url, [{ taskType: "getResponse", taskUUID: account.taskUUID }]);
  expect(reply.body).not.toMatch(/someone|Studio/u);
});

test("a look-up that finds a broken account passes none of it on", async () => {
  const service = await startStandIn((response) => response.end(`{"team":${JSON.stringify(team)}`));
  const proxy = await startProxy(service.url);
  const reply = await post(proxy.url, [{ taskType: "getResponse", taskUUID: account.taskUUID }]);
  expect(reply.status).toBe(502);
  expect(reply.body).not.toContain("someone");
});

test("a look-up passes on all that an answer holds", async () => {
  const taskUUID = crypto.randomUUID();
  const data = [
    { taskType: "imageCaption", taskUUID, status: "success", text: "A boat.", cost: 0.0019 },
    { taskUUID, structuredData: { ageGroup: "21-44", confidence: 0.98 }, cost: 0 },
    { taskUUID, mediaUUID: crypto.randomUUID(), mediaURL: "https://example.com/a.jpg" },
    { taskUUID, status: "error", error: { code: "inferenceError", message: "No." } },
  ];
  const errors = [{ code: "notFound", message: "No.", parameter: "taskUUID", taskUUID }];
  const service = await startStandIn(replyJson({ data, errors }));
  const proxy = await startProxy(service.url);
  const reply = await post(proxy.url, [{ taskType: "getResponse", taskUUID }]);
  expect(JSON.parse(reply.body)).toEqual({ data, errors });
});

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

test("a service that can't be reached becomes a 502 that repeats nothing", async () => {
  const proxy = await startProxy(await addressOfNobody());
  const reply = await post(proxy.url, [captionTask()]);
  expect(reply.status).toBe(502);
  expect(firstError(reply)?.["code"]).toBe("serviceUnreachable");
  expect(reply.body).not.toContain(KEY);
});

async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1`;
}

describe("the proxy's own reply says whether it had forwarded the task", () => {
  const wordOn = async (
    serviceUrl: string,
    options: Parameters<typeof startProxy>[1] = {},
    tasks: unknown = [captionTask()],
  ) => {
    const proxy = await startProxy(serviceUrl, options);
    return (await post(proxy.url, tasks)).headers["x-contact-sheet-proxy"];
  };

  test("before: refused, nobody there, no such name, stopping already", async () => {
    const service = await startStandIn(replyJson({ data: [] }));
    const stopping = AbortSignal.abort();
    expect(await wordOn(service.url, {}, [captionTask({ model: "none" })])).toBe("before");
    expect(await wordOn(service.url, {}, "nothing")).toBe("before");
    expect(await wordOn(service.url, { stopping })).toBe("before");
    expect(service.calls).toEqual([]);
    expect(await wordOn(await addressOfNobody())).toBe("before");
    // Nobody has a name in .invalid (RFC 6761, 6.4).
    expect(await wordOn("http://service.invalid/v1")).toBe("before");
  });

  test("before: nobody at any of the addresses that a name stands for", async () => {
    const refused = (at: string) =>
      Object.assign(new Error(at), { code: "ECONNREFUSED", syscall: "connect" });
    const lost = Object.assign(new Error("read"), { code: "ECONNRESET", syscall: "read" });
    const failing = (errors: Error[]) => async () => {
      throw new TypeError("fetch failed", { cause: new AggregateError(errors) });
    };
    expect(
      await wordOn("http://x", { fetch: failing([refused("::1"), refused("127.0.0.1")]) }),
    ).toBe("before");
    expect(await wordOn("http://x", { fetch: failing([refused("::1"), lost]) })).toBe("after");
    expect(await wordOn("http://x", { fetch: failing([]) })).toBe("after");
  });

  test("after: cut, too late, stopped while waiting, redirected, endless", async () => {
    const cutting = await startStandIn((response) => response.destroy());
    expect(await wordOn(cutting.url)).toBe("after");
    const silent = await startStandIn(() => {});
    expect(await wordOn(silent.url, { deadlineMs: 50 })).toBe("after");
    const stopping = new AbortController();
    const stopped = await startStandIn(() => stopping.abort());
    expect(await wordOn(stopped.url, { stopping: stopping.signal })).toBe("after");
    const redirecting = await startStandIn(replyJson({}, 307, { Location: silent.url }));
    expect(await wordOn(redirecting.url)).toBe("after");
    const endless = await startStandIn((response) => {
      response.end(Buffer.alloc(5 * 1024 * 1024, " "));
    });
    expect(await wordOn(endless.url)).toBe("after");
  });

  test("nothing: passed on, whatever it is", async () => {
    for (const status of [200, 400, 404, 500, 502]) {
      const service = await startStandIn(
        replyJson({}, status, { "X-Contact-Sheet-Proxy": "before" }),
      );
      // oxlint-disable-next-line no-await-in-loop -- one after the other reads best
      expect(await wordOn(service.url)).toBeUndefined();
    }
  });
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
  // Its answer shows that the server has seen the other connection close.
  await send(`${proxy.url}/api/health`);
  expect(held[0]?.destroyed).toBe(false);
  held[0]?.end(JSON.stringify({ data: [] }));
  await expect.poll(() => proxy.lines).toHaveLength(1);
  expect(proxy.lines[0]).toContain("tasks=1 status=200");
});

test("the log has one line per request, with counts and sizes and nothing of what was said", async () => {
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
