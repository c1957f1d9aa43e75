import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createRig as rigOn, planFor, untilIdle, type Rig } from "./testing/rig.ts";
import type { ServiceOptions } from "./testing/service-double.ts";

const REVOKED = { kind: "auth", code: "invalidApiKey", saidBy: "service" } as const;

const MINUTE_MS = 60_000;

describe("asking about one image while the run is stopped", () => {
  test("after a pause: it alone is answered, and the rest stays paused, also after a reload", async () => {
    const rig = await createRig({ images: 30 });
    const paused = await pauseAfter(rig, 8);
    await rig.tab.engine.start(planFor(1));
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toHaveLength(paused + 1);
    expect(await rig.phases()).toEqual({ done: paused + 1, waiting: 30 - paused });
    expect(rig.tab.engine.status("sheet")).toMatchObject({
      phase: "paused",
      stop: { kind: "person" },
    });
    rig.tab.kill();
    const next = rig.world.openTab(rig.service.client);
    next.engine.open("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toHaveLength(paused + 1);
    next.engine.resume("sheet");
    await untilIdle(rig.world, next.engine);
    expect(await rig.phases()).toEqual({ done: 31 });
    expect(rig.billedTimes()).toEqual(Array(31).fill(1));
  });

  test("after an answer that was dearer than its hold: that is still shown", async () => {
    const rig = await createRig({ images: 20, service: { costMicroUsd: () => 5000 } });
    await rig.tab.engine.start(planFor(20));
    await rig.until("paused");
    await rig.world.clock.pass(MINUTE_MS);
    const asked = rig.service.asked.length;
    await rig.tab.engine.start(planFor(1));
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toHaveLength(asked + 1);
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({ kind: "dearer" });
  });

  test("if the cap has no room for it, that is said", async () => {
    const rig = await createRig({ images: 30, run: { capMicroUsd: 100_000 } });
    const paused = await pauseAfter(rig, 4);
    rig.tab.engine.configure("sheet", { mostInFlight: 6, delivery: "sync", capMicroUsd: 100 });
    await rig.tab.engine.start(planFor(1));
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toHaveLength(paused);
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({ kind: "cap" });
  });

  test("a run that was paused and has nothing left starts again", async () => {
    const rig = await createRig({ images: 4 });
    await rig.tab.engine.start(planFor(4));
    await rig.world.clock.passUntil(() => rig.service.inFlight() === 4);
    rig.tab.engine.pause("sheet");
    await rig.untilIdle();
    await rig.tab.engine.start(planFor(4));
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 8 });
  });
});

test("a pause stays after a reload, whatever was said since", async () => {
  let isRevoked = false;
  const rig = await createRig({
    images: 30,
    service: { trouble: () => (isRevoked ? REVOKED : null) },
  });
  const paused = await pauseAfter(rig, 8);
  isRevoked = true;
  await rig.tab.engine.start(planFor(1));
  await rig.world.clock.pass(MINUTE_MS);
  expect(rig.tab.engine.status("sheet").stop).toMatchObject({ kind: "failure" });
  isRevoked = false;
  rig.tab.kill();
  const next = rig.world.openTab(rig.service.client);
  next.engine.open("sheet");
  await rig.world.clock.pass(MINUTE_MS);
  expect(next.engine.status("sheet")).toMatchObject({ phase: "paused", stop: { kind: "person" } });
  expect(rig.service.billed.size).toBe(paused);
});

describe("who pays", () => {
  test("what one tab asks the sandbox, the tab that runs the sheet asks nobody else", async () => {
    const rig = await createRig({ images: 10 });
    const sandbox = rig.serviceWith({ purse: "sandbox" });
    const follower = rig.world.openTab(sandbox.client);
    follower.engine.open("sheet");
    await rig.world.clock.pass(1);
    await follower.engine.start(planFor(10));
    await rig.world.clock.pass(MINUTE_MS);
    follower.engine.resume("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    const stop = { kind: "purse", asked: "sandbox", isSent: false };
    expect(rig.service.asked).toEqual([]);
    expect(rig.tab.engine.status("sheet")).toMatchObject({ phase: "paused", stop });
    expect(follower.engine.status("sheet").stop).toEqual(stop);
    // In the tab whose connection pays, this is the user's consent.
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect((await rig.tasks()).map(({ purse }) => purse)).toEqual(Array(10).fill("runware"));
    expect(rig.service.billed.size).toBe(10);
  });

  test("a connection that is changed in mid-run gets nothing that was made ready for the other", async () => {
    const { rig, real, turnTo } = await rigThatSwitches(30);
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
    turnTo(real);
    await rig.world.clock.pass(MINUTE_MS);
    expect(real.asked).toEqual([]);
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({ kind: "purse", asked: "sandbox" });
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect(rig.service.billed.size + real.billed.size).toBe(30);
    expect(await rig.phases()).toEqual({ done: 30 });
  });

  test("nor does it after an outage", async () => {
    const down = { now: false };
    const { rig, real, turnTo } = await rigThatSwitches(20, {
      trouble: () => (down.now ? { kind: "offline" } : null),
    });
    await rig.tab.engine.start(planFor(20));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 6);
    down.now = true;
    rig.world.setOnline(false);
    await rig.until("paused");
    turnTo(real);
    rig.world.setOnline(true);
    await rig.world.clock.pass(MINUTE_MS);
    expect(real.asked).toEqual([]);
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({ kind: "purse" });
  });

  test("what the other is working on is asked nowhere else, and found when it is back", async () => {
    const { rig, real, turnTo } = await rigThatSwitches(4, { serviceMs: 20_000 }, "async");
    await rig.tab.engine.start(planFor(4));
    await rig.world.clock.pass(5_000);
    turnTo(real);
    await rig.world.clock.pass(MINUTE_MS);
    expect(real.lookedUp).toEqual([]);
    expect(rig.tab.engine.status("sheet")).toMatchObject({
      phase: "paused",
      stop: { kind: "purse", asked: "sandbox", isSent: true },
    });
    turnTo(rig.service);
    rig.tab.engine.resume("sheet");
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 4 });
    expect(rig.service.asked).toHaveLength(4);
  });

  test("the sums are those of the purse in use, as soon as it is in use", async () => {
    const { rig, real, turnTo } = await rigThatSwitches(3);
    await rig.tab.engine.start(planFor(3));
    await rig.untilIdle();
    const before = rig.tab.events.length;
    turnTo(real);
    expect(rig.tab.events.slice(before)).toMatchObject([
      { type: "run-changed", status: { phase: "idle", spentMicroUsd: 0, heldMicroUsd: 0 } },
    ]);
  });
});

function createRig(options: Omit<Parameters<typeof rigOn>[0], "disk">): Promise<Rig> {
  return rigOn({ ...options, disk: { ...createMemoryStorage(), keeping: "disk" } });
}

/** A rig that asks the sandbox until it is switched to the real service. */
async function rigThatSwitches(
  images: number,
  service: Partial<ServiceOptions> = {},
  delivery: "sync" | "async" = "sync",
) {
  const listeners: (() => void)[] = [];
  let inUse: Rig["service"] | null = null;
  const rig = await createRig({
    images,
    run: { delivery },
    service: { ...service, purse: "sandbox" },
    engine: {
      client: () => (inUse ?? rig.service).client,
      onConnectionChange: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    },
  });
  const real = rig.serviceWith({ purse: "runware" });
  const turnTo = (other: Rig["service"]): void => {
    inUse = other;
    for (const listener of listeners) listener();
  };
  return { rig, real, turnTo };
}

/** Runs all images, pauses after some, and lets what was sent arrive. Returns how many those were. */
async function pauseAfter(rig: Rig, billed: number): Promise<number> {
  await rig.tab.engine.start(planFor(30));
  await rig.world.clock.passUntil(() => rig.service.billed.size >= billed);
  rig.tab.engine.pause("sheet");
  await rig.world.clock.pass(MINUTE_MS);
  return rig.service.asked.length;
}
