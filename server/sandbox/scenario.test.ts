import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { readAnswerMark } from "#src/contract/answer-mark.ts";
import { ConnectionDropped } from "./connection-dropped.ts";
import { createSandbox } from "./create-sandbox.ts";
import { createSandboxControl } from "./sandbox-control.ts";
import type { Fault, ScenarioInput } from "./scenario.ts";
import { captionOf, dataUri, drawLandscape, post } from "./test-support.ts";

const picture = dataUri(await drawLandscape());
const canned = (scenario: ScenarioInput) =>
  createSandbox({ scenario: { pixelWork: false, ...scenario } });

async function raw(sandbox: ReturnType<typeof createSandbox>, task: object) {
  const body = JSON.stringify([task]);
  return sandbox.fetch(new Request("http://sandbox/v1", { method: "POST", body }));
}

test.each([
  ["rate-limited", 429, "rateLimitExceeded", null],
  ["rate-limited-with-wait", 429, "rateLimitExceeded", "7"],
  ["server-error", 500, "internalServerError", null],
  ["error-in-200", 200, "serviceUnavailable", null],
  ["refused", 400, "contentPolicyViolation", null],
  ["out-of-credit", 400, "insufficientCredits", null],
  ["wrong-key", 401, "invalidApiKey", null],
  ["rejected", 400, "invalidPrompt", null],
  ["not-found", 404, "modelNotFound", null],
] as const)("%s comes before the work: nothing accepted, the UUID still free", async (...row) => {
  const [fault, status, code, retryAfter] = row;
  const sandbox = canned({ next: [fault], retryAfterSeconds: 7 });
  const task = captionOf(picture);
  const reply = await post(sandbox, [task]);
  expect([reply.status, reply.errors[0]?.code, reply.retryAfter]).toEqual([
    status,
    code,
    retryAfter,
  ]);
  expect(sandbox.report()).toMatchObject({ accepted: 0, billedMicroUsd: 0 });
  expect((await post(sandbox, [task])).status).toBe(200);
});

test("html-unavailable is a page, marked as the sandbox's like everything else", async () => {
  const response = await raw(canned({ next: ["html-unavailable"] }), captionOf(picture));
  expect(response.status).toBe(503);
  expect(response.headers.get("Content-Type")).toBe("text/html");
  expect(readAnswerMark(response.headers.get("X-Contact-Sheet-Answer"), "x")).toBe("sandbox");
});

test.each([
  ["closed-before", 0],
  ["closed-after", 1],
] as const)("%s drops the connection, with %i task billed", async (fault, accepted) => {
  const sandbox = canned({ next: [fault] });
  const task = captionOf(picture);
  await expect(raw(sandbox, task)).rejects.toThrow(ConnectionDropped);
  expect(sandbox.report().accepted).toBe(accepted);
  expect((await post(sandbox, [task])).status).toBe(accepted === 1 ? 400 : 200);
});

test.each(["timed-out", "broken-json", "empty-body"] as const)(
  "%s spoils the reply of work that is billed and can be looked up",
  async (fault) => {
    const sandbox = canned({ next: [fault] });
    const task = captionOf(picture);
    const response = await raw(sandbox, task);
    expect(response.status).toBe(fault === "timed-out" ? 504 : 200);
    await expect(response.text().then((text) => JSON.parse(text).data[0])).rejects.toThrow();
    expect(sandbox.report().tasks[task.taskUUID]?.billedMicroUsd).toBeGreaterThan(0);
    const found = await post(sandbox, [{ taskType: "getResponse", taskUUID: task.taskUUID }]);
    expect(found.data[0]?.status).toBe("success");
  },
);

test("an answer may come without text, or without its cost", async () => {
  const sandbox = canned({ next: ["no-text", "no-cost"] });
  const [noText] = (await post(sandbox, [captionOf(picture)])).data;
  const [noCost] = (await post(sandbox, [captionOf(picture)])).data;
  expect([noText?.text, noText?.cost === null]).toEqual(["", false]);
  expect([noCost?.text === "", noCost?.cost]).toEqual([false, null]);
});

test("rates hold over many requests, are the same for the same seed, and spare other task types", async () => {
  const rates = { "rate-limited": 0.1, "server-error": 0.05, "closed-after": 0.05 };
  const outcomes = async (seed: number) => {
    const sandbox = canned({ seed, rates });
    const found: string[] = [];
    for (let index = 0; index < 1_000; index += 1) {
      const reply = await post(sandbox, [captionOf(picture)]).catch(() => null);
      found.push(reply === null ? "closed" : String(reply.status));
    }
    return found;
  };
  const one = await outcomes(11);
  const share = (outcome: string) => one.filter((found) => found === outcome).length / 1_000;
  expect(share("429")).toBeCloseTo(0.1, 1);
  expect(share("500")).toBeCloseTo(0.05, 1);
  expect(share("closed")).toBeCloseTo(0.05, 1);
  expect(share("200")).toBeGreaterThan(0.75);
  expect(await outcomes(11)).toEqual(one);
  expect(await outcomes(12)).not.toEqual(one);
  const account = {
    taskType: "accountManagement",
    operation: "getDetails",
    taskUUID: randomUUID(),
  };
  const always = canned({ rates: { "server-error": 1 } });
  expect((await post(always, [account])).status).toBe(200);
});

test("a task can be spared after a number of faults", async () => {
  const sandbox = canned({ rates: { "server-error": 1 }, mostFaultsPerTask: 2 });
  const task = captionOf(picture);
  const statuses = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    statuses.push((await post(sandbox, [task])).status);
  }
  expect(statuses).toEqual([500, 500, 200]);
});

test("sync results that are not kept cannot be looked up, and a UUID stays in use only for a time", async () => {
  let now = 0;
  const sandbox = createSandbox({
    now: () => now,
    scenario: { pixelWork: false, keepSyncResults: false, uuidInUseMs: 1_000 },
  });
  const task = captionOf(picture);
  await post(sandbox, [task]);
  const lookUp = { taskType: "getResponse", taskUUID: task.taskUUID };
  expect((await post(sandbox, [lookUp])).data).toEqual([]);
  now = 999;
  expect((await post(sandbox, [task])).status).toBe(400);
  now = 1_000;
  expect((await post(sandbox, [task])).status).toBe(200);
  expect(sandbox.report().tasks[task.taskUUID]?.timesAccepted).toBe(2);
});

test("answers dearer than the catalogue, confidence in percent, labels with words before them", async () => {
  const age = captionOf(picture, { model: "runware:154@1" });
  const [plain] = (await post(createSandbox(), [age])).data;
  const odd = createSandbox({
    scenario: { costFactor: 2.5, confidence: "percentage", prefixedLabels: true },
  });
  const [item] = (await post(odd, [{ ...age, taskUUID: randomUUID() }])).data;
  expect(item?.cost).toBe(0.0015);
  const group = plain?.structuredData?.ageGroup ?? "?";
  expect(item?.structuredData?.ageGroup).toMatch(
    new RegExp(`^[A-Z][A-Za-z ]+ ${group.replace("+", "\\+")}$`, "u"),
  );
  expect(item?.structuredData?.confidence).toBe((plain?.structuredData?.confidence ?? 0) * 100);
});

test("a required key is asked for, by header or by task, and not by both", async () => {
  const sandbox = canned({ requiredKey: "right" });
  const authentication = { taskType: "authentication", apiKey: "right" };
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
  const code = async (tasks: object[], headers = {}) =>
    (await post(sandbox, [...tasks, captionOf(picture)], headers)).errors[0]?.code;
  expect(await code([])).toBe("missingApiKey");
  expect(await code([], bearer("wrong"))).toBe("invalidApiKey");
  expect(await code([authentication], bearer("right"))).toBe("conflictingAuthentication");
  expect(await code([], bearer("right"))).toBeUndefined();
  expect(await code([authentication])).toBeUndefined();
});

test("a key is revoked from the n-th request on; a new one works", async () => {
  const sandbox = canned({ revokedFromRequest: 3 });
  const status = async (key: string) =>
    (await post(sandbox, [captionOf(picture)], { Authorization: `Bearer ${key}` })).status;
  const statuses = [];
  for (const key of ["old", "old", "old", "new", "old"]) statuses.push(await status(key));
  expect(statuses).toEqual([200, 200, 401, 200, 401]);
});

test("a retired model is unknown while the others answer", async () => {
  const sandbox = canned({ retiredModels: ["runware:150@2"] });
  const reply = await post(sandbox, [
    captionOf(picture, { model: "runware:150@2" }),
    captionOf(picture),
  ]);
  expect([reply.data.length, reply.errors[0]?.code]).toEqual([1, "invalidModel"]);
});

test("what is held up is accepted, and worked through with the next scenario or a reset", async () => {
  const sandbox = canned({ holdAfter: 1 });
  expect((await post(sandbox, [captionOf(picture)])).data).toHaveLength(1);
  const held = [captionOf(picture), captionOf(picture)].map((task) => post(sandbox, [task]));
  await expect.poll(() => sandbox.report().accepted).toBe(3);
  const { billedMicroUsd: billedForOne } = sandbox.report();
  sandbox.setScenario({ pixelWork: false });
  for (const reply of await Promise.all(held)) expect(reply.data).toHaveLength(1);
  expect(sandbox.report().billedMicroUsd).toBe(3 * billedForOne);

  sandbox.setScenario({ pixelWork: false, holdAfter: 0 });
  const last = post(sandbox, [captionOf(picture)]);
  await expect.poll(() => sandbox.report().accepted).toBe(4);
  sandbox.reset();
  expect((await last).data).toHaveLength(1);
});

test("latency, jitter and service time are waited for, and a stop ends every wait", async () => {
  vi.useFakeTimers();
  const stopping = new AbortController();
  const sandbox = createSandbox({
    stopping: stopping.signal,
    scenario: { pixelWork: false, latencyMs: 100, latencyJitterMs: 50, serviceMs: 1_000 },
  });
  const settled = vi.fn<() => void>();
  const first = post(sandbox, [captionOf(picture), captionOf(picture)]).then(settled);
  await vi.advanceTimersByTimeAsync(2_099);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(52);
  await first;
  const second = post(sandbox, [captionOf(picture)]);
  stopping.abort();
  expect((await second).status).toBe(200);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("its memory is bounded: the oldest tasks are forgotten", { timeout: 180_000 }, async () => {
  const sandbox = canned({});
  const first = captionOf(picture);
  await post(sandbox, [first]);
  for (let batch = 0; batch < 10; batch += 1) {
    await post(
      sandbox,
      Array.from({ length: 2_000 }, () => captionOf("iVBORw0KGgoAAAANSUhEUgAAAAUA")),
    );
  }
  const lookUp = { taskType: "getResponse", taskUUID: first.taskUUID };
  expect((await post(sandbox, [lookUp])).data).toEqual([]);
});

test("the control takes a scenario, reports what arrived, and forgets", async () => {
  const sandbox = createSandbox({ keepsReceived: true });
  const control = createSandboxControl(sandbox);
  const send = (path: string, body: unknown) =>
    control.request(path, { method: "POST", body: JSON.stringify(body) });
  const faults: Fault[] = ["server-error"];
  expect((await send("/scenario", { next: faults })).status).toBe(200);
  expect((await send("/scenario", { netx: faults })).status).toBe(400);
  expect((await post(sandbox, [captionOf(picture, { prompt: "Why?" })])).status).toBe(500);
  expect(await (await control.request("/ledger")).json()).toMatchObject({
    requests: 1,
    accepted: 0,
    received: [{ prompt: "Why?", pictureForm: "data-uri", pictureCharacters: picture.length }],
  });
  expect((await send("/reset", {})).status).toBe(204);
  expect(sandbox.report()).toMatchObject({ requests: 0, received: [] });
});
