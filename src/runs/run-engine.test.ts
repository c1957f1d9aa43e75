import { describe, expect, test } from "vitest";
import type { RunSettings } from "#src/domain/sheet.ts";
import { hasEnded, type Task } from "#src/domain/task.ts";
import { exampleImage, exampleSheet } from "#src/storage/example-rows.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { RunEngine, RunPlan } from "./run-engine.ts";
import { createServiceDouble, type ServiceDouble, type ServiceOptions } from "./service-double.ts";
import { createWorld, type Tab, type World } from "./world-double.ts";

const MINUTE_MS = 60_000;

test("every image is answered once, four at a time at first, and the sum is the service's", async () => {
  const rig = await createRig({ images: 40 });
  await rig.tab.engine.start(planFor(40));
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ done: 40 });
  expect(rig.billedTimes()).toEqual(Array(40).fill(1));
  expect(rig.tab.engine.status("sheet")).toMatchObject({
    phase: "idle",
    stop: null,
    inFlight: 0,
    spentMicroUsd: 40 * 1900,
    heldMicroUsd: 0,
  });
  expect(rig.service.mostInFlight()).toBe(6);
  expect((await rig.disk.readSheet("sheet"))?.spentMicroUsd.runware).toBe(40 * 1900);
  expect(rig.world.clock.pending()).toBe(0);
});

test("a task is on disk as sent, with its UUID, before it leaves", async () => {
  const seen: (Task | undefined)[] = [];
  const disk = diskOf();
  const rig = await createRig({
    images: 12,
    disk,
    service: {
      trouble: ({ taskUuid }) => {
        void disk.readTasks("sheet", [taskUuid]).then(([row]) => seen.push(row));
        return null;
      },
    },
  });
  await rig.tab.engine.start(planFor(12));
  await rig.untilIdle();
  expect(seen.map((row) => row?.state.phase)).toEqual(Array(12).fill("sending"));
  expect(seen.every((row) => row?.times.firstSentAt !== null)).toBe(true);
});

test.each(["dropped-after", "broken-after", "timed-out-after", "dropped-before"] as const)(
  "after %s the same UUID is sent again, and nothing is paid twice",
  async (trouble) => {
    const rig = await createRig({
      images: 1,
      service: { trouble: (_order, nth) => (nth === 0 ? trouble : null) },
    });
    await rig.tab.engine.start(planFor(1));
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 1 });
    expect(new Set(rig.service.asked.map(({ taskUuid }) => taskUuid)).size).toBe(1);
    expect(rig.service.asked).toHaveLength(2);
    expect(rig.billedTimes()).toEqual([1]);
  },
);

test("what the service forgot is unsettled past its deadline, and keeps its hold", async () => {
  const rig = await createRig({
    images: 1,
    service: {
      trouble: (_order, nth) => (nth === 0 ? "dropped-after" : null),
      keepsResults: false,
    },
  });
  await rig.tab.engine.start(planFor(1));
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ unsettled: 1 });
  expect(rig.tab.engine.status("sheet")).toMatchObject({ spentMicroUsd: 0, heldMicroUsd: 2375 });
});

test("a task fails after four tries that were all turned away, and holds nothing", async () => {
  const rig = await createRig({ images: 1, service: { trouble: () => "error" } });
  await rig.tab.engine.start(planFor(1));
  await rig.untilIdle();
  expect(rig.service.asked).toHaveLength(4);
  expect(await rig.phases()).toEqual({ failed: 1 });
  expect(rig.tab.engine.status("sheet").heldMicroUsd).toBe(0);
});

test.each([
  [{ kind: "refused", code: "nsfwContentDetected", message: "" }, "refused"],
  [{ kind: "rejected", code: "invalidModel", message: "", parameter: "model" }, "failed"],
] as const)("%o is not asked again", async (failure, phase) => {
  const rig = await createRig({ images: 1, service: { trouble: () => failure } });
  await rig.tab.engine.start(planFor(1));
  await rig.untilIdle();
  expect(rig.service.asked).toHaveLength(1);
  expect(await rig.phases()).toEqual({ [phase]: 1 });
});

describe("what stops a run", () => {
  test("a key that is revoked stops it with one message; a new key goes on where it stood", async () => {
    let isRevoked = false;
    const rig = await createRig({
      images: 30,
      service: { trouble: () => (isRevoked ? { kind: "auth", code: "invalidApiKey" } : null) },
    });
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 10);
    isRevoked = true;
    await rig.until("paused");
    await rig.world.clock.passUntil(() => rig.service.inFlight() === 0);
    const stops = rig.tab.events.filter(
      (event) => event.type === "run-changed" && event.status.stop !== null,
    );
    expect(rig.tab.engine.status("sheet").stop).toEqual({
      kind: "failure",
      failure: { kind: "auth", code: "invalidApiKey" },
    });
    expect(stops.length).toBeGreaterThan(0);
    const phases = await rig.phases();
    expect(phases["failed"]).toBeUndefined();
    expect((phases["done"] ?? 0) + (phases["waiting"] ?? 0)).toBe(30);
    isRevoked = false;
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 30 });
    expect(rig.billedTimes()).toEqual(Array(30).fill(1));
  });

  test("the cap: spent and held never pass it, and it says by how much to raise it", async () => {
    const rig = await createRig({ images: 40, run: { capMicroUsd: 20 * 1900 } });
    await rig.tab.engine.start(planFor(40));
    await rig.until("paused");
    for (const event of rig.tab.events)
      if (event.type === "run-changed")
        expect(event.status.spentMicroUsd + event.status.heldMicroUsd).toBeLessThanOrEqual(38_000);
    const { stop } = rig.tab.engine.status("sheet");
    const done = (await rig.phases())["done"] ?? 0;
    expect(done).toBe(19);
    expect(stop).toEqual({
      kind: "cap",
      raiseByMicroUsd: done * 1900 + (40 - done) * 2375 - 38_000,
    });
    const raised = 38_000 + (stop?.kind === "cap" ? stop.raiseByMicroUsd : 0);
    rig.tab.engine.configure("sheet", { ...SETTINGS, capMicroUsd: raised });
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 40 });
  });

  test("an answer dearer than its hold pauses, says so, and teaches the next hold", async () => {
    const rig = await createRig({ images: 20, service: { costMicroUsd: () => 5000 } });
    await rig.tab.engine.start(planFor(20));
    await rig.until("paused");
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({
      kind: "dearer",
      costMicroUsd: 5000,
      holdMicroUsd: 2375,
    });
    await rig.world.clock.pass(MINUTE_MS);
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 20 });
    expect(rig.tab.events.some(holds(6250))).toBe(true);
  });

  test("answers of unknown cost keep their hold, so that the cap stays a cap", async () => {
    const rig = await createRig({
      images: 20,
      run: { capMicroUsd: 10_000 },
      service: { costMicroUsd: () => null },
    });
    await rig.tab.engine.start(planFor(20));
    await rig.until("paused");
    expect(await rig.phases()).toEqual({ done: 4, waiting: 16 });
  });

  test("a full disk loses no answer, and the run goes on when there is room", async () => {
    const rig = await createRig({ images: 20 });
    await rig.tab.engine.start(planFor(20));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 6);
    rig.world.setFull(true);
    await rig.until("paused");
    await rig.world.clock.passUntil(() => rig.service.inFlight() === 0);
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({
      failure: { kind: "storage-full" },
    });
    rig.world.setFull(false);
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 20 });
    expect(rig.billedTimes()).toEqual(Array(20).fill(1));
  });

  test("without a network it pauses, and goes on by itself when there is one", async () => {
    let isDown = false;
    const rig = await createRig({
      images: 20,
      service: { trouble: () => (isDown ? { kind: "offline" } : null) },
    });
    await rig.tab.engine.start(planFor(20));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 6);
    isDown = true;
    rig.world.setOnline(false);
    await rig.until("paused");
    expect(rig.tab.engine.status("sheet").stop).toEqual({ kind: "offline" });
    await rig.world.clock.pass(MINUTE_MS);
    isDown = false;
    rig.world.setOnline(true);
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 20 });
    expect(rig.billedTimes()).toEqual(Array(20).fill(1));
  });
});

describe("pause and cancel", () => {
  test("a pause sends nothing more, awaits what was sent, and holds after a reload too", async () => {
    const rig = await createRig({ images: 30 });
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
    rig.tab.engine.pause("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    const asked = rig.service.asked.length;
    expect(await rig.phases()).toEqual({ done: asked, waiting: 30 - asked });
    rig.tab.kill();
    const next = rig.world.openTab(rig.service.client);
    next.engine.open("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    expect(next.engine.status("sheet")).toMatchObject({
      phase: "paused",
      stop: { kind: "person" },
    });
    expect(rig.service.asked).toHaveLength(asked);
    next.engine.resume("sheet");
    await untilIdle(rig.world, next.engine);
    expect(await rig.phases()).toEqual({ done: 30 });
  });

  test("a cancel keeps what was sent, and ends the rest", async () => {
    const rig = await createRig({ images: 30 });
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
    rig.tab.engine.cancel("sheet");
    await rig.untilIdle();
    const paid = rig.service.billed.size;
    expect(rig.service.asked).toHaveLength(paid);
    expect(await rig.phases()).toEqual({ done: paid, cancelled: 30 - paid });
    expect(rig.tab.engine.status("sheet").heldMicroUsd).toBe(0);
  });

  test("what is doubtful when a run is cancelled is looked up, and not sent again", async () => {
    const rig = await createRig({ images: 1, service: { trouble: () => "dropped-after" } });
    await rig.tab.engine.start(planFor(1));
    await rig.world.clock.passUntil(() => rig.tab.events.some(isIn("resting")));
    rig.tab.engine.cancel("sheet");
    await rig.untilIdle();
    expect(rig.service.asked).toHaveLength(1);
    expect(await rig.phases()).toEqual({ done: 1 });
  });
});

test("answers of this device are reused where that is wished, and cost nothing", async () => {
  const rig = await createRig({ images: 5 });
  await rig.tab.engine.start(planFor(5));
  await rig.untilIdle();
  await rig.tab.engine.start({ ...planFor(5), reuse: true });
  await rig.untilIdle();
  const tasks = await rig.tasks();
  expect(tasks).toHaveLength(10);
  expect(rig.service.billed.size).toBe(5);
  expect(
    tasks.filter(({ state }) => state.phase === "done" && state.source === "reused"),
  ).toHaveLength(5);
  await rig.tab.engine.start(planFor(5));
  await rig.untilIdle();
  expect(rig.service.billed.size).toBe(10);
});

test("an image that was removed before its turn is not sent", async () => {
  const rig = await createRig({ images: 2 });
  await rig.disk.write({ images: [{ ...imageAt(1), deletedAt: 5 }] });
  await rig.tab.engine.start(planFor(2));
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ done: 1, cancelled: 1 });
});

test("asynchronous delivery: accepted, polled, answered once, within the limit", async () => {
  const rig = await createRig({
    images: 20,
    run: { delivery: "async" },
    service: { serviceMs: 5000 },
  });
  await rig.tab.engine.start(planFor(20));
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ done: 20 });
  expect(rig.billedTimes()).toEqual(Array(20).fill(1));
  expect(rig.service.mostInFlight()).toBeLessThanOrEqual(6);
});

export interface Rig {
  world: World;
  service: ServiceDouble;
  disk: Storage;
  tab: Tab;
  tasks: () => Promise<Task[]>;
  phases: () => Promise<Record<string, number>>;
  billedTimes: () => number[];
  until: (phase: "idle" | "paused") => Promise<void>;
  untilIdle: () => Promise<void>;
}

const SETTINGS: RunSettings = { mostInFlight: 6, delivery: "sync", capMicroUsd: null };

function diskOf(): Storage {
  return { ...createMemoryStorage(), keeping: "disk" };
}

async function createRig(options: {
  images: number;
  run?: Partial<RunSettings>;
  disk?: Storage;
  service?: Partial<ServiceOptions>;
}): Promise<Rig> {
  const disk = options.disk ?? diskOf();
  await disk.write({
    sheets: [exampleSheet({ run: { ...SETTINGS, ...options.run } })],
    images: Array.from({ length: options.images }, (_, at) => imageAt(at)),
  });
  const world = createWorld(disk);
  const service = createServiceDouble({ clock: world.clock, ...options.service });
  const tab = world.openTab(service.client);
  tab.engine.open("sheet");
  const tasks = async () => (await disk.readSheet("sheet"))?.tasks ?? [];
  return {
    world,
    service,
    disk,
    tab,
    tasks,
    phases: async () => {
      const counts: Record<string, number> = {};
      for (const { state } of await tasks()) counts[state.phase] = (counts[state.phase] ?? 0) + 1;
      return counts;
    },
    billedTimes: () => [...service.billed.values()].map(({ length }) => length),
    until: (phase) => world.clock.passUntil(() => tab.engine.status("sheet").phase === phase),
    untilIdle: () => untilIdle(world, tab.engine),
  };
}

async function untilIdle(world: World, engine: RunEngine): Promise<void> {
  await world.clock.passUntil(() => engine.status("sheet").phase === "idle");
  await world.clock.pass(1);
}

function imageAt(at: number) {
  return exampleImage({
    id: `image ${at}`,
    frame: at + 1,
    preparation: { phase: "ready", pictureHash: `hash ${at}` },
  });
}

function planFor(images: number): RunPlan {
  return {
    sheetId: "sheet",
    askedBy: "caption",
    reuse: false,
    questions: Array.from({ length: images }, (_, at) => ({
      imageId: `image ${at}`,
      recipe: { modelId: "runware:152@2", prompt: "Say what you see.", sentSize: "auto" },
      repeat: 1,
    })),
  };
}

function isIn(phase: string): (event: Tab["events"][number]) => boolean {
  return (event) => event.type === "task-changed" && event.task.state.phase === phase;
}

function holds(microUsd: number): (event: Tab["events"][number]) => boolean {
  return (event) => event.type === "task-changed" && event.task.holdMicroUsd === microUsd;
}

void hasEnded;
