import { expect, test } from "vitest";
import type { Task } from "#src/domain/task.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import { createRig as rigOn, imageAt, planFor, type Rig } from "./testing/rig.ts";

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

test("tasks are asked in the order of the plan", async () => {
  const rig = await createRig({ images: 12 });
  await rig.tab.engine.start(planFor(12));
  await rig.untilIdle();
  const imageOf = new Map((await rig.tasks()).map((task) => [task.taskUuid, task.imageId]));
  expect(rig.service.asked.map(({ taskUuid }) => imageOf.get(taskUuid))).toEqual(
    planFor(12).questions.map(({ imageId }) => imageId),
  );
});

test("a task is on disk as sent, with its UUID, before it leaves", async () => {
  const seen: (Task | undefined)[] = [];
  const disk: Storage = { ...createMemoryStorage(), keeping: "disk" };
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

test("what the service forgot is unsettled after its deadline, and keeps its hold", async () => {
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
  const rig = await createRig({ images: 1, service: { trouble: () => "no-server" } });
  await rig.tab.engine.start(planFor(1));
  await rig.untilIdle();
  expect(rig.service.asked).toHaveLength(4);
  expect(await rig.phases()).toEqual({ failed: 1 });
  expect(rig.tab.engine.status("sheet").heldMicroUsd).toBe(0);
});

test.each([
  [{ kind: "refused", code: "nsfwContentDetected", message: "", saidBy: "service" }, "refused"],
  [
    {
      kind: "rejected",
      code: "invalidModel",
      message: "",
      parameter: "model",
      saidBy: "service",
    },
    "failed",
  ],
] as const)("%o is not asked again", async (failure, phase) => {
  const rig = await createRig({ images: 1, service: { trouble: () => failure } });
  await rig.tab.engine.start(planFor(1));
  await rig.untilIdle();
  expect(rig.service.asked).toHaveLength(1);
  expect(await rig.phases()).toEqual({ [phase]: 1 });
});

test("answers of this device are reused if that is wanted, and cost nothing", async () => {
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

test("of single tasks what waits is cancelled, what was sent is kept, and the rest goes on", async () => {
  const rig = await createRig({ images: 12, run: { mostInFlight: 2 } });
  await rig.tab.engine.start(planFor(12));
  await rig.world.clock.passUntil(() => rig.service.asked.length >= 2);
  const wanted = (await rig.tasks()).slice(0, 6);
  rig.tab.engine.cancelWaiting(
    "sheet",
    wanted.map(({ taskUuid }) => taskUuid),
  );
  await rig.untilIdle();
  const phases = await rig.phases();
  expect(phases.cancelled).toBeGreaterThan(0);
  expect(phases.cancelled).toBeLessThanOrEqual(4);
  expect((phases.done ?? 0) + (phases.cancelled ?? 0)).toBe(12);
  expect(rig.service.billed.size).toBe(phases.done);
  const ended = (await rig.tasks()).filter(({ state }) => state.phase === "cancelled");
  expect(ended.every(({ taskUuid }) => !rig.service.billed.has(taskUuid))).toBe(true);
  expect(ended.every((one) => wanted.some(({ taskUuid }) => taskUuid === one.taskUuid))).toBe(true);
});

test("once nothing waits any more, a paused run is over", async () => {
  const rig = await createRig({ images: 12, run: { mostInFlight: 2 } });
  await rig.tab.engine.start(planFor(12));
  await rig.world.clock.passUntil(() => rig.service.asked.length >= 2);
  rig.tab.engine.pause("sheet");
  await rig.world.clock.pass(60_000);
  expect(rig.tab.engine.status("sheet").phase).toBe("paused");
  const waiting = (await rig.tasks()).filter(({ state }) => state.phase !== "done");
  rig.tab.engine.cancelWaiting(
    "sheet",
    waiting.map(({ taskUuid }) => taskUuid),
  );
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ done: 12 - waiting.length, cancelled: waiting.length });
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

test("an engine that is stopped as soon as a run is idle has every answer on disk", async () => {
  const rig = await createRig({ images: 12 });
  await rig.tab.engine.start(planFor(12));
  await rig.world.clock.passUntil(() => rig.tab.engine.status("sheet").phase === "idle");
  expect(await rig.phases()).toEqual({ done: 12 });
});

test("an engine that is stopped in the middle leaves what was sent in the ledger as sent", async () => {
  const rig = await createRig({ images: 30 });
  await rig.tab.engine.start(planFor(30));
  await rig.world.clock.passUntil(() => rig.service.billed.size >= 10);
  await rig.tab.engine.stop();
  const { done = 0, sending = 0, waiting = 0, ...others } = await rig.phases();
  expect(others).toEqual({});
  expect(done + sending + waiting).toBe(30);
  expect(sending).toBeGreaterThanOrEqual(rig.service.billed.size - done);
  expect(rig.world.clock.pending()).toBe(0);
});

async function createRig({
  disk = { ...createMemoryStorage(), keeping: "disk" as const },
  ...options
}: Omit<Parameters<typeof rigOn>[0], "disk"> & { disk?: Storage }): Promise<
  Rig & { disk: Storage }
> {
  return { ...(await rigOn({ ...options, disk })), disk };
}
