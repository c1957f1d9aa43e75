import type { ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { createServiceClient } from "#src/api/create-service-client.ts";
import { createRig, planFor, type Rig } from "#src/runs/engine-rig.ts";
import type { TaskClient } from "#src/runs/ports.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { ConnectionDropped } from "./sandbox/connection-dropped.ts";
import { createSandbox } from "./sandbox/create-sandbox.ts";
import { startProxy, startStandIn } from "./test-support.ts";

const IMAGES = 8;
const HOLD_MICRO_USD = 2375;

const coded = (status: number, code: string) => ({
  status,
  body: JSON.stringify({ errors: [{ code, message: "No." }] }),
});
const page = (status: number) => ({ status, body: `<html><h1>${status}</h1></html>` });

// What the service says once the work is done and billed, and what it says to every later try.
const CASES: [string, Act["says"], Act["says"]][] = [
  ["the connection cut, then a 500 with a code", null, coded(500, "internalServerError")],
  ["the connection cut, then a page of a 404", null, page(404)],
  ["the connection cut, then a 409", null, coded(409, "somethingNew")],
  ["the connection cut, then an id that exists", null, coded(400, "taskUUIDAlreadyExists")],
  ["the connection cut, then a body that says nothing", null, { status: 400, body: "{}" }],
  ["the connection cut, then a refusal", null, coded(400, "invalidModel")],
  ["a 500 with a code, then a refusal", coded(500, "inferenceError"), coded(400, "invalidModel")],
  ["a page of a 404, then a refusal", page(404), coded(400, "invalidModel")],
  ["a page of a 502, then a refusal", page(502), coded(400, "invalidModel")],
];

describe.each([
  { way: "straight to it", keepsAnswers: false },
  { way: "through our proxy", keepsAnswers: false },
  { way: "through our proxy", keepsAnswers: true },
])("$way, a service that keeps its answers: $keepsAnswers", ({ way, keepsAnswers }) => {
  const apiOf = async (serviceUrl: string) =>
    way === "straight to it"
      ? serviceUrl.replace(/\/v1$/u, "")
      : `${(await startProxy(serviceUrl)).url}/api`;

  test.each(CASES)("%s", async (_case, first, later) => {
    const service = await startBillingService(keepsAnswers, (nth) =>
      nth === 1 ? { works: true, says: first } : { works: false, says: later },
    );
    const { rig, openTab, untilIdle } = await openSheet(IMAGES);
    const tab = openTab(await apiOf(service.url));
    await tab.engine.start(planFor(IMAGES));
    await untilIdle(tab);
    // Billed, and either found or said to be unsettled, with the money for it set aside.
    expect(service.bill()).toEqual(Array(IMAGES).fill(1));
    expect(await rig.phases()).toEqual({ [keepsAnswers ? "done" : "unsettled"]: IMAGES });
    const { spentMicroUsd, heldMicroUsd } = tab.engine.status("sheet");
    expect(spentMicroUsd).toBe(keepsAnswers ? service.billedMicroUsd() : 0);
    expect(heldMicroUsd).toBe(keepsAnswers ? 0 : IMAGES * HOLD_MICRO_USD);
  });
});

test("a proxy that loses the service after the work, again and again, has nothing paid twice", async () => {
  const service = await startBillingService(true, () => ({ works: true, says: null }));
  const { url } = await startProxy(service.url);
  const { rig, openTab, untilIdle } = await openSheet(IMAGES);
  const tab = openTab(`${url}/api`);
  await tab.engine.start(planFor(IMAGES));
  await untilIdle(tab);
  expect(service.bill()).toEqual(Array(IMAGES).fill(1));
  expect(await rig.phases()).toEqual({ done: IMAGES });
  expect(tab.engine.status("sheet").spentMicroUsd).toBe(service.billedMicroUsd());
});

test("what our proxy refused before forwarding was not sent: it failed, and holds nothing", async () => {
  const service = await startBillingService(true, () => null);
  const { url } = await startProxy(service.url, { stopping: AbortSignal.abort() });
  const { rig, openTab, untilIdle } = await openSheet(IMAGES);
  const tab = openTab(`${url}/api`);
  await tab.engine.start(planFor(IMAGES));
  await untilIdle(tab);
  expect(service.asked).toEqual([]);
  expect(await rig.phases()).toEqual({ failed: IMAGES });
  expect(tab.engine.status("sheet").heldMicroUsd).toBe(0);
});

/** What a service does with a caption: works or not, then says this, or (null) cuts the connection. */
interface Act {
  works: boolean;
  says: { status: number; body: string } | null;
}

/** A service over real HTTP that keeps a bill: the sandbox, in whose way a test may stand. */
interface BillingService {
  url: string;
  /** How often each task was accepted. */
  bill: () => number[];
  billedMicroUsd: () => number;
  /** The ids that captions were asked under, in order. */
  asked: string[];
  lookedUp: () => number;
}

/** `act` says what becomes of the nth try (from 1) of a caption; null lets the sandbox answer. */
async function startBillingService(
  keepsAnswers: boolean,
  act: (nth: number) => Act | null,
): Promise<BillingService> {
  const sandbox = createSandbox({
    scenario: { pixelWork: false, keepSyncResults: keepsAnswers },
    keepsReceived: true,
  });
  const tries = new Map<string, number>();
  const asked: string[] = [];
  const answer = async (response: ServerResponse, body: string): Promise<void> => {
    const tasks: { taskType: string; taskUUID: string }[] = JSON.parse(body);
    const [task] = tasks;
    let doing: Act | null = null;
    if (task?.taskType === "caption") {
      const nth = (tries.get(task.taskUUID) ?? 0) + 1;
      tries.set(task.taskUUID, nth);
      asked.push(task.taskUUID);
      doing = act(nth);
    }
    const reply =
      doing?.works === false ? null : await sandbox.answer({ tasks, headers: new Headers() });
    if (doing !== null && doing.says === null) {
      response.destroy();
      return;
    }
    response.writeHead(doing?.says?.status ?? reply?.status ?? 200);
    response.end(doing?.says?.body ?? (await reply?.text()));
  };
  const { url } = await startStandIn((response, { body }) => {
    answer(response, body).catch((thrown: unknown) => {
      if (!(thrown instanceof ConnectionDropped)) throw thrown;
      response.destroy();
    });
  });
  return {
    url,
    asked,
    bill: () => Object.values(sandbox.report().tasks).map(({ timesAccepted }) => timesAccepted),
    billedMicroUsd: () => sandbox.report().billedMicroUsd,
    lookedUp: () =>
      sandbox.report().received.filter(({ taskType }) => taskType === "getResponse").length,
  };
}

/** The app's own client, over real HTTP. */
function clientOf(baseUrl: string): TaskClient {
  return createServiceClient({
    connection: { kind: "proxy", baseUrl, upstream: "runware" },
    key: () => null,
    fetch: (url, init) => fetch(url, init),
    isOnline: () => true,
    now: Date.now,
    newUuid: () => crypto.randomUUID(),
  });
}

/** A sheet of images and the engine's tabs, on a clock that stands still while anything is under way over HTTP. */
interface PaidSheet {
  rig: Rig;
  /** Opens the sheet in a tab, by way of this API (ending in /api or, for the service itself, in nothing). */
  openTab: (baseUrl: string) => Rig["tab"];
  /** Lets time pass until the condition holds. */
  until: (condition: () => boolean) => Promise<void>;
  /** Lets time pass until nothing is under way any more. */
  untilIdle: (tab: Rig["tab"]) => Promise<void>;
}

async function openSheet(images: number): Promise<PaidSheet> {
  const rig = await createRig({ images, disk: { ...createMemoryStorage(), keeping: "disk" } });
  // Only its double of the service would answer that one.
  rig.tab.kill();
  const underWay = new Set<Promise<unknown>>();
  const watched = <Word>(call: Promise<Word>): Promise<Word> => {
    const over = call.catch(() => undefined).finally(() => underWay.delete(over));
    underWay.add(over);
    return call;
  };
  const { clock } = rig.world;
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      if (underWay.size > 0) await Promise.race(underWay);
      // oxlint-disable-next-line no-await-in-loop -- the same
      await afterword();
      // oxlint-disable-next-line no-await-in-loop -- the same
      await clock.passUntil(() => condition() || underWay.size > 0 || clock.pending() === 0);
    }
  };
  return {
    rig,
    openTab: (baseUrl) => {
      const client = clientOf(baseUrl);
      const tab = rig.world.openTab({
        connection: client.connection,
        ask: (order, limits) => watched(client.ask(order, limits)),
        lookUp: (taskUuid, limits) => watched(client.lookUp(taskUuid, limits)),
      });
      onTestFinished(tab.kill);
      tab.engine.open("sheet");
      return tab;
    },
    until,
    untilIdle: async ({ engine }) => {
      await until(() => engine.status("sheet").phase === "idle");
      await clock.pass(1);
    },
  };
}

// What an answer sets going within the page, its writes included, takes some turns of the event loop.
async function afterword(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- turns come one after the other
    await new Promise((resolve) => setImmediate(resolve));
  }
}
