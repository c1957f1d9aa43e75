import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createServiceClient } from "#src/api/create-service-client.ts";
import { createRig, planFor, type Rig } from "#src/runs/testing/rig.ts";
import type { TaskClient } from "#src/runs/ports.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { ConnectionDropped } from "./sandbox/connection-dropped.ts";
import { createSandbox } from "./sandbox/create-sandbox.ts";
import { buildServer, KEY, spawnServer, startProxy, startStandIn } from "./test-support.ts";

// More than are in flight at first.
const IMAGES = 5;
// More than are out, or about to be, when the proxy ends.
const MANY = 14;
// In the engine's own time, which stands still while anything is under way. Each look-up within it is a real
// request.
const SETTLE_MS = 20_000;
const HOLD_MICRO_USD = 2375;
const HANGS_AFTER_MS = 60_000;

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
  ["the connection cut, then a body without meaning", null, { status: 400, body: "{}" }],
  ["the connection cut, then a refusal", null, coded(400, "invalidModel")],
  ["a 500 with a code, then a refusal", coded(500, "inferenceError"), coded(400, "invalidModel")],
  ["a page of a 404, then a refusal", page(404), coded(400, "invalidModel")],
  ["a page of a 502, then a refusal", page(502), coded(400, "invalidModel")],
];

describe.each([
  { way: "straight to it", keepsAnswers: false, cases: CASES },
  // The outcome of each case is seen with a direct connection. What the proxy makes of it is checked if
  // answers are kept.
  { way: "through our proxy", keepsAnswers: false, cases: CASES.slice(-1) },
  { way: "through our proxy", keepsAnswers: true, cases: CASES },
])("$way, a service that keeps its answers: $keepsAnswers", ({ way, keepsAnswers, cases }) => {
  const apiOf = async (serviceUrl: string) =>
    way === "straight to it"
      ? serviceUrl.replace(/\/v1$/u, "")
      : `${(await startProxy(serviceUrl)).url}/api`;

  test.each(cases)("%s", async (_case, first, later) => {
    const service = await startBillingService(keepsAnswers, (nth) =>
      nth === 1 ? { works: true, says: first } : { works: false, says: later },
    );
    const { rig, openTab, untilIdle } = await openSheet(IMAGES);
    const tab = openTab(await apiOf(service.url));
    await tab.engine.start(planFor(IMAGES));
    await untilIdle(tab);
    // Billed, and either found or reported as unsettled, with the money for it held.
    expect(service.bill()).toEqual(Array(IMAGES).fill(1));
    expect(await rig.phases()).toEqual({ [keepsAnswers ? "done" : "unsettled"]: IMAGES });
    const { spentMicroUsd, heldMicroUsd } = tab.engine.status("sheet");
    expect(spentMicroUsd).toBe(keepsAnswers ? service.billedMicroUsd() : 0);
    expect(heldMicroUsd).toBe(keepsAnswers ? 0 : IMAGES * HOLD_MICRO_USD);
  });
});

test("if a proxy loses the service after the work, again and again, nothing is paid twice", async () => {
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

describe("a proxy that is stopped while tasks are out, and started again", () => {
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "contact-sheet-killed-"));
    await buildServer(folder);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Ends the proxy with four tasks out while the engine waits for it, and starts another at its address. */
  const endAndStart = async (signal: "SIGTERM" | "SIGKILL", keepsAnswers: boolean) => {
    const hold = createHold();
    // Two are answered, so that there is a known price. Four wait for their answers, and their work is done.
    const service = await startBillingService(keepsAnswers, (nth, asked) =>
      nth === 1 && asked > 2 ? { works: true, says: "the answer", after: hold.wait() } : null,
    );
    const environment = { RUNWARE_API_KEY: KEY, RUNWARE_API_URL: service.url };
    const proxy = await spawnServer(folder, environment);
    const sheet = await openSheet(MANY);
    const tab = sheet.openTab(`${proxy.url}/api`);
    await tab.engine.start(planFor(MANY));
    await sheet.until(() => hold.waiting() >= 4, hold.reached(4));
    const ended = proxy.end(signal);
    if (signal === "SIGTERM") {
      await expect
        .poll(async () => isAnswering(proxy.url), { timeout: HANGS_AFTER_MS })
        .toBe(false);
      // What is answered while the page still waits reaches it. The page gives up on the rest.
      hold.letGo(2);
    }
    await sheet.until(() => tab.engine.status("sheet").stop?.kind === "outage");
    await ended;
    hold.open();
    return {
      ...sheet,
      service,
      tab,
      startAgain: () => spawnServer(folder, { ...environment, PORT: new URL(proxy.url).port }),
    };
  };

  test.each([
    { signal: "SIGKILL", keepsAnswers: true },
    { signal: "SIGKILL", keepsAnswers: false },
    { signal: "SIGTERM", keepsAnswers: true },
    { signal: "SIGTERM", keepsAnswers: false },
  ] as const)("$signal, a service that keeps its answers: $keepsAnswers", async (way) => {
    const joined = await endAndStart(way.signal, way.keepsAnswers);
    const { rig, service, tab } = joined;
    await joined.startAgain();
    await joined.untilIdle(tab);
    const { done = 0, unsettled = 0 } = await rig.phases();
    expect(done + unsettled).toBe(MANY);
    expect(unsettled > 0).toBe(!way.keepsAnswers);
    await expectHonest(joined);
    expect(service.bill()).toEqual(Array(MANY).fill(1));
  });

  test.each(["SIGKILL", "SIGTERM"] as const)(
    "%s, and cancelled before it is back: a task that is called cancelled was not billed",
    async (signal) => {
      const joined = await endAndStart(signal, true);
      const { rig, service, tab } = joined;
      tab.engine.cancel("sheet");
      await joined.startAgain();
      await joined.untilIdle(tab);
      // A try that met nobody at the proxy's address is in doubt, too: the page can't tell it from one that was cut.
      const { done = 0, unsettled = 0, cancelled = 0 } = await rig.phases();
      expect(done + unsettled + cancelled).toBe(MANY);
      expect(cancelled).toBeGreaterThan(0);
      expect(service.bill().every((times) => times === 1)).toBe(true);
      await expectHonest(joined);
    },
  );
});

/** What is shown for each task matches its bill: paid once if answered, held if in doubt, otherwise nothing. */
async function expectHonest({
  rig,
  service,
  tab,
}: Pick<PaidSheet, "rig"> & { service: BillingService; tab: Rig["tab"] }): Promise<void> {
  const sums = { spentMicroUsd: 0, heldMicroUsd: 0 };
  for (const { taskUuid, state, holdMicroUsd } of await rig.tasks()) {
    const times = service.timesAccepted(taskUuid);
    if (state.phase === "done") {
      expect(times).toBe(1);
      sums.spentMicroUsd += state.costMicroUsd ?? Number.NaN;
    } else if (state.phase === "unsettled") {
      expect(times).toBeLessThanOrEqual(1);
      expect(holdMicroUsd).toBeGreaterThan(0);
      sums.heldMicroUsd += holdMicroUsd;
    } else expect([state.phase, times]).toEqual(["cancelled", 0]);
  }
  expect(tab.engine.status("sheet")).toMatchObject(sums);
  expect(sums.spentMicroUsd + sums.heldMicroUsd).toBeGreaterThanOrEqual(service.billedMicroUsd());
}

async function isAnswering(url: string): Promise<boolean> {
  // oxlint-disable-next-line no-restricted-globals -- this test speaks HTTP over real sockets
  return fetch(url).then(
    () => true,
    () => false,
  );
}

/** A place where answers wait until they are released, first come, first served. */
function createHold() {
  const waiting: (() => void)[] = [];
  let isOpen = false;
  const marks: { count: number; tell: () => void }[] = [];
  return {
    waiting: () => waiting.length,
    wait: () =>
      new Promise<void>((resolve) => {
        if (isOpen) return resolve();
        waiting.push(resolve);
        for (const { count, tell } of marks) if (waiting.length >= count) tell();
      }),
    /** Resolves once this many wait. */
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        if (waiting.length >= count) resolve();
        else marks.push({ count, tell: resolve });
      }),
    letGo: (count: number) => {
      for (const goOn of waiting.splice(0, count)) goOn();
    },
    /** From now on nothing waits. */
    open: () => {
      isOpen = true;
      for (const goOn of waiting) goOn();
    },
  };
}

/**
 * What a service does with a caption: it does the work or not, then says this or, if null, cuts the
 * connection.
 */
interface Act {
  works: boolean;
  says: { status: number; body: string } | "the answer" | null;
  /** What it waits for before it says so. */
  after?: Promise<void>;
}

/** A service over real HTTP that keeps a bill: the sandbox, with a test able to step in. */
interface BillingService {
  url: string;
  /** How often each task was accepted. */
  bill: () => number[];
  timesAccepted: (taskUuid: string) => number;
  billedMicroUsd: () => number;
  /** The ids that captions were asked under, in order. */
  asked: string[];
  lookedUp: () => number;
}

/**
 * `act` decides what happens at the nth try (from 1) of a caption; `asked` counts all captions asked so far. Null
 * lets the sandbox answer.
 */
async function startBillingService(
  keepsAnswers: boolean,
  act: (nth: number, asked: number) => Act | null,
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
      doing = act(nth, asked.length);
    }
    const reply =
      doing?.works === false ? null : await sandbox.answer({ tasks, headers: new Headers() });
    await doing?.after;
    const says = doing === null ? "the answer" : doing.says;
    if (says === null) {
      response.destroy();
      return;
    }
    const isOwn = says === "the answer";
    response.writeHead(isOwn ? (reply?.status ?? 200) : says.status);
    response.end(isOwn ? await reply?.text() : says.body);
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
    timesAccepted: (taskUuid) => sandbox.report().tasks[taskUuid]?.timesAccepted ?? 0,
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
  /** Opens the sheet in a tab, through this API (ending in /api or, for the service itself, in nothing). */
  openTab: (baseUrl: string) => Rig["tab"];
  /**
   * Lets time pass until the condition holds. `word` arrives if the condition may begin to hold because of
   * something elsewhere.
   */
  until: (condition: () => boolean, word?: Promise<void>) => Promise<void>;
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
  const until: PaidSheet["until"] = async (condition, word) => {
    while (!condition()) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      if (underWay.size > 0) await Promise.race(word ? [...underWay, word] : underWay);
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
      const tab = rig.world.openTab(
        {
          connection: client.connection,
          ask: (order, limits) => watched(client.ask(order, limits)),
          lookUp: (taskUuid, limits) => watched(client.lookUp(taskUuid, limits)),
        },
        { timing: { settleMs: SETTLE_MS } },
      );
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

// What an answer sets off within the page, including its writes, takes some turns of the event loop.
async function afterword(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- turns come one after the other
    await new Promise((resolve) => setImmediate(resolve));
  }
}
