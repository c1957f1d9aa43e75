import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import { createRig as rigOn, isIn, planFor, SETTINGS, untilIdle, type Rig } from "./testing/rig.ts";
import type { Tab } from "./testing/world-double.ts";

const REVOKED = { kind: "auth", code: "invalidApiKey", saidBy: "service" } as const;

const MINUTE_MS = 60_000;

describe("what stops a run", () => {
  test("a key that is revoked stops it with one message; with a new key it carries on from there", async () => {
    let isRevoked = false;
    const rig = await createRig({
      images: 30,
      service: { trouble: () => (isRevoked ? REVOKED : null) },
    });
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 10);
    isRevoked = true;
    await rig.until("paused");
    await rig.world.clock.pass(MINUTE_MS);
    const stops = rig.tab.events.flatMap((event) =>
      event.type === "run-changed" && event.status.stop !== null ? [event.status.stop] : [],
    );
    expect(rig.tab.engine.status("sheet").stop).toEqual({
      kind: "failure",
      failure: REVOKED,
    });
    expect(new Set(stops).size).toBe(1);
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

  test("a cap of ten cents holds with eight in flight, even if every answer costs six times its hold", async () => {
    const capMicroUsd = 100_000;
    const rig = await createRig({
      images: 40,
      run: { capMicroUsd, mostInFlight: 8 },
      service: { costMicroUsd: () => 14_250 },
      engine: { startAt: 8 },
    });
    await rig.tab.engine.start(planFor(40));
    for (let word = 0; word < 12; word += 1) {
      await rig.until("paused");
      await rig.world.clock.pass(MINUTE_MS);
      if (rig.tab.engine.status("sheet").stop?.kind === "cap") break;
      rig.tab.engine.resume("sheet");
      await rig.world.clock.pass(1);
    }
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({ kind: "cap" });
    expect(rig.tab.engine.status("sheet").spentMicroUsd).toBeLessThanOrEqual(capMicroUsd);
    expect(rig.tab.engine.status("sheet").spentMicroUsd).toBeGreaterThan(capMicroUsd / 2);
  });

  test("what one sheet learns about a price, every other sheet of the tab holds at once", async () => {
    const rig = await createRig({ images: 4, service: { costMicroUsd: () => 14_250 } });
    await rig.copySheet("other");
    rig.tab.engine.open("other");
    await rig.world.clock.pass(1);
    await rig.tab.engine.start(planFor(4));
    await rig.until("paused");
    await rig.world.clock.pass(MINUTE_MS);
    await rig.tab.engine.start(planFor(4, "other"));
    await rig.world.clock.passUntil(() => rig.tab.engine.status("other").phase === "idle");
    const asked = rig.tab.events.flatMap((event) =>
      event.type === "task-changed" && event.sheetId === "other" ? [event.task.holdMicroUsd] : [],
    );
    expect(new Set(asked)).toEqual(new Set([17_813]));
  });

  test("one absurd price does not stop its model for ever", async () => {
    let answers = 0;
    const rig = await createRig({
      images: 5,
      run: { capMicroUsd: 1_000_000 },
      service: { costMicroUsd: () => (answers++ === 0 ? 9e15 : 1900) },
    });
    await rig.copySheet("other");
    rig.tab.engine.open("other");
    await rig.tab.engine.start(planFor(1));
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.tab.engine.status("sheet").spentMicroUsd).toBe(9e15);
    await rig.tab.engine.start(planFor(5, "other"));
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.tab.engine.status("other")).toMatchObject({ stop: null, spentMicroUsd: 5 * 1900 });
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

  test("a full disk loses no answer, and the run carries on when there is room", async () => {
    const rig = await createRig({ images: 20 });
    await rig.tab.engine.start(planFor(20));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 6);
    rig.world.setFull(true);
    await rig.until("paused");
    await rig.world.clock.passUntil(() => rig.service.inFlight() === 0);
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({
      failure: { kind: "storage-full" },
    });
    const asked = rig.service.asked.length;
    await rig.world.clock.pass(5 * MINUTE_MS);
    expect(rig.service.asked).toHaveLength(asked);
    rig.world.setFull(false);
    await rig.world.clock.pass(11_000);
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 20 });
    expect(rig.billedTimes()).toEqual(Array(20).fill(1));
    expect(rig.world.clock.pending()).toBe(0);
  });

  test("if a disk fills with the last answers, they are kept until there is room, even if nobody checks any more", async () => {
    const rig = await createRig({ images: 3 });
    await rig.tab.engine.start(planFor(3));
    await rig.world.clock.passUntil(() => rig.service.inFlight() === 3);
    rig.world.setFull(true);
    await rig.until("paused");
    rig.letGo();
    await rig.world.clock.pass(5 * MINUTE_MS);
    expect((await rig.phases())["done"]).toBeUndefined();
    rig.world.setFull(false);
    await rig.world.clock.pass(11_000);
    expect(await rig.phases()).toEqual({ done: 3 });
    expect(rig.tab.engine.status("sheet")).toMatchObject({ phase: "idle", stop: null });
  });

  test("a pause outlasts a full disk", async () => {
    const rig = await createRig({ images: 20 });
    await rig.tab.engine.start(planFor(20));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 6);
    rig.world.setFull(true);
    await rig.until("paused");
    rig.tab.engine.pause("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    rig.world.setFull(false);
    const asked = rig.service.asked.length;
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.tab.engine.status("sheet").stop).toEqual({ kind: "person" });
    expect(rig.service.asked).toHaveLength(asked);
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 20 });
    expect(rig.billedTimes()).toEqual(Array(20).fill(1));
  });

  test("without a network it pauses, and carries on by itself when there is one", async () => {
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
  test("a pause sends nothing more, awaits what was sent, and also holds after a reload", async () => {
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

  test("a cancel of one run lets the others carry on", async () => {
    const rig = await createRig({ images: 30 });
    const first = await rig.tab.engine.start(planFor(30));
    const second = await rig.tab.engine.start(planFor(10));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
    rig.tab.engine.cancel("sheet", first);
    await rig.untilIdle();
    const paid = rig.service.billed.size;
    expect(await rig.phases()).toEqual({ done: paid, cancelled: 40 - paid });
    const others = (await rig.tasks()).filter(({ runId }) => runId === second);
    expect(others.map(({ state }) => state.phase)).toEqual(Array(10).fill("done"));
    expect(rig.billedTimes()).toEqual(Array(paid).fill(1));
  });

  test("a cancel of one run leaves the others paused as they are", async () => {
    const rig = await createRig({ images: 30 });
    await rig.tab.engine.start(planFor(10));
    const second = await rig.tab.engine.start(planFor(30));
    rig.tab.engine.pause("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    const asked = rig.service.asked.length;
    rig.tab.engine.cancel("sheet", second);
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toHaveLength(asked);
    expect(rig.tab.engine.status("sheet")).toMatchObject({
      phase: "paused",
      stop: { kind: "person" },
    });
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 10, cancelled: 30 });
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

async function createRig({
  disk = { ...createMemoryStorage(), keeping: "disk" as const },
  ...options
}: Omit<Parameters<typeof rigOn>[0], "disk"> & { disk?: Storage }): Promise<
  Rig & { disk: Storage }
> {
  return { ...(await rigOn({ ...options, disk })), disk };
}

function holds(microUsd: number): (event: Tab["events"][number]) => boolean {
  return (event) => event.type === "task-changed" && event.task.holdMicroUsd === microUsd;
}
