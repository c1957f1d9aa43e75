import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createRig as rigOn, planFor, untilIdle, type Rig } from "./testing/rig.ts";
import type { Tab } from "./testing/world-double.ts";

const MINUTE_MS = 60_000;

describe("after a crash", () => {
  test.each([true, false])(
    "in the middle of a run nothing is lost or paid twice (results kept: %s)",
    async (keepsResults) => {
      const rig = await createRig({ images: 30, service: { keepsResults } });
      await rig.tab.engine.start(planFor(30));
      await rig.world.clock.passUntil(() => rig.service.billed.size >= 12);
      rig.tab.kill();
      const next = rig.world.openTab(rig.service.client);
      next.engine.open("sheet");
      await untilIdle(rig.world, next.engine);
      const phases = await rig.phases();
      expect(rig.billedTimes()).toEqual(Array(30).fill(1));
      if (keepsResults) expect(phases).toEqual({ done: 30 });
      else expect((phases["done"] ?? 0) + (phases["unsettled"] ?? 0)).toBe(30);
      expect(next.engine.status("sheet").spentMicroUsd).toBe((phases["done"] ?? 0) * 1900);
    },
  );

  test("a task that had not reached the service is sent, with the UUID it had", async () => {
    const rig = await createRig({ images: 1, service: { trouble: () => "dropped-before" } });
    await rig.tab.engine.start(planFor(1));
    await rig.world.clock.passUntil(() => rig.service.asked.length === 1);
    rig.tab.kill();
    const healthy = await restarted(rig);
    expect(await rig.phases()).toEqual({ done: 1 });
    expect(healthy.lookedUp).toHaveLength(1);
    expect(healthy.asked[0]?.taskUuid).toBe(rig.service.asked[0]?.taskUuid);
  });

  test("one that was answered in the meantime is found by its first look-up, and not sent again", async () => {
    const rig = await createRig({ images: 1 });
    await rig.tab.engine.start(planFor(1));
    await rig.world.clock.passUntil(() => rig.service.billed.size === 1);
    rig.tab.kill();
    await rig.world.clock.pass(MINUTE_MS);
    const next = rig.world.openTab(rig.service.client);
    next.engine.open("sheet");
    await untilIdle(rig.world, next.engine);
    expect(rig.service.asked).toHaveLength(1);
    expect(await rig.phases()).toEqual({ done: 1 });
  });

  test("after ten minutes nothing is sent again: it is unsettled", async () => {
    const rig = await createRig({ images: 1, service: { keepsResults: false } });
    await rig.tab.engine.start(planFor(1));
    await rig.world.clock.passUntil(() => rig.service.billed.size === 1);
    rig.tab.kill();
    await rig.world.clock.pass(11 * MINUTE_MS);
    const next = rig.world.openTab(rig.service.client);
    next.engine.open("sheet");
    await untilIdle(rig.world, next.engine);
    expect(rig.service.asked).toHaveLength(1);
    expect(await rig.phases()).toEqual({ unsettled: 1 });
    expect(next.engine.status("sheet")).toMatchObject({ spentMicroUsd: 0, heldMicroUsd: 2375 });
  });

  test("what was asked with another purse waits for it, and nothing goes to the wrong one", async () => {
    const rig = await createRig({ images: 10, service: { purse: "sandbox" } });
    await rig.tab.engine.start(planFor(10));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 4);
    rig.tab.kill();
    const real = rig.serviceWith({ purse: "runware" });
    const next = rig.world.openTab(real.client);
    next.engine.open("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    expect(next.engine.status("sheet")).toMatchObject({
      phase: "paused",
      stop: { kind: "purse", asked: "sandbox", isSent: true },
    });
    expect([...real.asked, ...real.lookedUp]).toEqual([]);
    next.kill();
    const again = rig.world.openTab(rig.service.client);
    again.engine.open("sheet");
    await rig.world.clock.pass(1);
    again.engine.resume("sheet");
    await untilIdle(rig.world, again.engine);
    expect(await rig.phases()).toEqual({ done: 10 });
    expect(rig.billedTimes()).toEqual(Array(10).fill(1));
  });

  test("an asynchronous task is polled for again", async () => {
    const rig = await createRig({
      images: 3,
      run: { delivery: "async" },
      service: { serviceMs: 30_000 },
    });
    await rig.tab.engine.start(planFor(3));
    await rig.world.clock.pass(5000);
    rig.tab.kill();
    const next = rig.world.openTab(rig.service.client);
    next.engine.open("sheet");
    await untilIdle(rig.world, next.engine);
    expect(await rig.phases()).toEqual({ done: 3 });
    expect(rig.billedTimes()).toEqual([1, 1, 1]);
    expect(rig.service.asked).toHaveLength(3);
  });
});

describe("two tabs", () => {
  test("one runs the sheet, the other follows live and takes over when it is gone", async () => {
    const rig = await createRig({ images: 40 });
    const follower = rig.world.openTab(rig.service.client);
    follower.engine.open("sheet");
    await rig.world.clock.pass(1);
    // Nothing runs, so nothing is followed: either tab may start.
    expect(follower.engine.status("sheet").phase).toBe("idle");
    await rig.tab.engine.start(planFor(40));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 15);
    expect(follower.engine.status("sheet")).toMatchObject({ phase: "running", following: true });
    expect(follower.engine.status("sheet").inFlight).toBeGreaterThan(0);
    const seenDone = follower.events.flatMap((event) =>
      event.type === "tasks-added" ? event.tasks.filter(({ state }) => state.phase === "done") : [],
    );
    expect(seenDone.length).toBeGreaterThan(4);
    rig.tab.kill();
    await untilIdle(rig.world, follower.engine);
    expect(await rig.phases()).toEqual({ done: 40 });
    expect(rig.billedTimes()).toEqual(Array(40).fill(1));
  });

  test("a tab is told if others may have written something it did not hear of", async () => {
    const rig = await createRig({ images: 4 });
    await rig.world.clock.pass(1);
    const follower = rig.world.openTab(rig.service.client);
    follower.engine.open("sheet");
    await rig.world.clock.pass(1);
    const seatsOf = ({ events }: Tab) =>
      events.flatMap((event) => (event.type === "sheet-linked" ? event.alone : []));
    expect(seatsOf(rig.tab)).toEqual([true]);
    expect(seatsOf(follower)).toEqual([false]);
    rig.tab.kill();
    await rig.world.clock.pass(1);
    expect(seatsOf(follower)).toEqual([false, false]);
  });

  test("a follower's orders are obeyed, and the other tab runs them", async () => {
    const rig = await createRig({ images: 20 });
    const follower = rig.world.openTab(rig.service.client);
    follower.engine.open("sheet");
    await rig.world.clock.pass(1);
    await follower.engine.start(planFor(20));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 4);
    follower.engine.pause("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.tab.engine.status("sheet").phase).toBe("paused");
    expect(follower.engine.status("sheet")).toMatchObject({
      phase: "paused",
      stop: { kind: "person" },
      following: true,
    });
    follower.engine.resume("sheet");
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 12);
    follower.engine.cancel("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    const phases = await rig.phases();
    expect((phases["done"] ?? 0) + (phases["cancelled"] ?? 0)).toBe(20);
    expect(rig.billedTimes()).toEqual(Array(phases["done"]).fill(1));
  });

  test("the limit in flight is one for all tabs and sheets of a connection", async () => {
    const rig = await createRig({ images: 30 });
    const other = rig.world.openTab(rig.service.client);
    await rig.copySheet("second");
    await rig.tab.engine.start(planFor(30));
    await other.engine.start(planFor(30, "second"));
    await rig.world.clock.passUntil(() => rig.service.billed.size === 60);
    expect(rig.service.mostInFlight()).toBeLessThanOrEqual(6);
  });

  test("one tab that is slowed down slows the other", async () => {
    let isBusy = false;
    const rig = await createRig({
      images: 60,
      service: { trouble: () => (isBusy ? "rate-limited" : null) },
    });
    const other = rig.world.openTab(rig.service.client);
    await rig.copySheet("second");
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 20);
    isBusy = true;
    await rig.world.clock.passUntil(() => rig.tab.engine.status("sheet").slowedDown);
    isBusy = false;
    await rig.world.clock.pass(1);
    expect(other.engine.status("second").slowedDown).toBe(true);
    await untilIdle(rig.world, rig.tab.engine);
  });

  test("no other tab hears of a memory-only sheet, and no lock is requested by its name", async () => {
    const heard: unknown[] = [];
    const locked: string[] = [];
    const rig = await createRig({
      images: 4,
      isMemoryOnly: true,
      engine: {
        channel: { post: (message) => heard.push(message), listen: () => () => undefined },
        locks: {
          request: async (name, _options, work) => {
            locked.push(name);
            await work({ name });
          },
        },
      },
    });
    await rig.tab.engine.start(planFor(4));
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 4 });
    expect(heard).toEqual([]);
    expect(locked.length).toBeGreaterThan(0);
    expect(locked.every((name) => name.startsWith("contact-sheet slot"))).toBe(true);
  });
});

async function createRig({
  isMemoryOnly = false,
  ...options
}: Omit<Parameters<typeof rigOn>[0], "disk"> & { isMemoryOnly?: boolean }): Promise<Rig> {
  const disk = createMemoryStorage();
  return rigOn({ ...options, disk: isMemoryOnly ? disk : { ...disk, keeping: "disk" } });
}

async function restarted(rig: Rig) {
  const healthy = rig.serviceWith({});
  const next = rig.world.openTab(healthy.client);
  next.engine.open("sheet");
  await untilIdle(rig.world, next.engine);
  return healthy;
}
