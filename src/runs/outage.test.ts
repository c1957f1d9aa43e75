import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createRig as rigOn, planFor, untilIdle, type Rig } from "./testing/rig.ts";

const MINUTE_MS = 60_000;
const IN_FLIGHT = 6;

describe.each([
  [8, 120],
  [30, 120],
  [180, 150],
])("the way to the service is down for %i s, with %i images", (seconds, images) => {
  test("the run waits, carries on by itself, and every image is answered and billed once", async () => {
    const { rig, down } = await runningRig(images);
    const asked = rig.service.asked.length;
    down.now = true;
    await rig.until("paused");
    expect(rig.tab.engine.status("sheet").stop).toEqual({ kind: "outage", silent: "proxy" });
    await rig.world.clock.pass(seconds * 1000);
    // Only what was in flight when the connection broke, or tried before that was clear, is in doubt; the rest is
    // not sent.
    expect((await inDoubt(rig)).length).toBeLessThanOrEqual(2 * IN_FLIGHT);
    expect(rig.service.asked.length - asked).toBeLessThanOrEqual(2 * IN_FLIGHT);
    expect((await rig.phases())["unsettled"]).toBeUndefined();
    expect(rig.tab.engine.status("sheet").stop).toEqual({ kind: "outage", silent: "proxy" });
    down.now = false;
    await rig.world.clock.passUntil(
      () => rig.tab.engine.status("sheet").phase !== "paused",
      11_000,
    );
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: images });
    expect(rig.billedTimes()).toEqual(Array(images).fill(1));
    expect(rig.tab.engine.status("sheet").heldMicroUsd).toBe(0);
    expect(rig.world.clock.pending()).toBe(0);
  });

  test("if a service keeps no answers, only those that were cut after the work are in doubt", async () => {
    const { rig, down } = await runningRig(images, { keepsResults: false });
    const cut = rig.service.inFlight();
    down.now = true;
    await rig.until("paused");
    await rig.world.clock.pass(seconds * 1000);
    down.now = false;
    await rig.untilIdle();
    const { done = 0, unsettled = 0, ...others } = await rig.phases();
    expect(others).toEqual({});
    expect(done + unsettled).toBe(images);
    expect(unsettled).toBeLessThanOrEqual(cut);
    expect(Math.max(...rig.billedTimes())).toBe(1);
  });
});

test("an outage longer than the window leaves no doubt either: what was sent is looked up once somebody answers", async () => {
  const { rig, down } = await runningRig(30);
  down.now = true;
  await rig.world.clock.pass(30 * MINUTE_MS);
  expect((await rig.phases())["unsettled"]).toBeUndefined();
  down.now = false;
  await rig.untilIdle();
  const { done = 0, unsettled = 0, ...others } = await rig.phases();
  expect(others).toEqual({});
  // What never arrived may not be sent again so late, and nobody can tell that it did not arrive.
  expect(unsettled).toBeLessThanOrEqual(IN_FLIGHT);
  expect(done).toBe(30 - unsettled);
  expect(rig.billedTimes()).toEqual(Array(done).fill(1));
});

test("a single image is not given up either", async () => {
  const down = { now: true };
  const rig = await createRig(1, down);
  await rig.tab.engine.start(planFor(1));
  await rig.until("paused");
  await rig.world.clock.pass(3 * MINUTE_MS);
  expect(rig.service.asked).toHaveLength(3);
  down.now = false;
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ done: 1 });
});

test("a page that is loaded during an outage waits too, and concludes nothing", async () => {
  const { rig, down } = await runningRig(30);
  down.now = true;
  await rig.until("paused");
  rig.tab.kill();
  await rig.world.clock.pass(15 * MINUTE_MS);
  const next = rig.world.openTab(rig.service.client);
  next.engine.open("sheet");
  await rig.world.clock.pass(5 * MINUTE_MS);
  expect(next.engine.status("sheet").stop).toMatchObject({ kind: "outage" });
  expect((await rig.phases())["unsettled"]).toBeUndefined();
  down.now = false;
  await untilIdle(rig.world, next.engine);
  expect(Math.max(...rig.billedTimes())).toBe(1);
});

test("asynchronous answers are waited for through an outage", async () => {
  const { rig, down } = await runningRig(30, { serviceMs: 5000, delivery: "async" });
  down.now = true;
  await rig.world.clock.pass(3 * MINUTE_MS);
  down.now = false;
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ done: 30 });
  expect(rig.billedTimes()).toEqual(Array(30).fill(1));
});

test("what is asked for in the meantime joins in, a pause holds, and a resume tries at once", async () => {
  const { rig, down } = await runningRig(30);
  down.now = true;
  await rig.until("paused");
  await rig.tab.engine.start(planFor(5));
  expect(rig.tab.engine.status("sheet").stop).toMatchObject({ kind: "outage" });
  rig.tab.engine.pause("sheet");
  await rig.world.clock.pass(1);
  down.now = false;
  await rig.world.clock.pass(MINUTE_MS);
  expect(rig.tab.engine.status("sheet").stop).toEqual({ kind: "person" });
  rig.tab.engine.resume("sheet");
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ done: 35 });
});

interface Service {
  keepsResults?: boolean;
  serviceMs?: number;
  delivery?: "sync" | "async";
}

function createRig(
  images: number,
  down: { now: boolean },
  { delivery = "sync", ...service }: Service = {},
): Promise<Rig> {
  return rigOn({
    images,
    run: { delivery },
    disk: { ...createMemoryStorage(), keeping: "disk" },
    service: { ...service, isDown: () => down.now },
  });
}

/** A rig in the middle of its run, and a way to take its service away. */
async function runningRig(
  images: number,
  service: Service = {},
): Promise<{ rig: Rig; down: { now: boolean } }> {
  const down = { now: false };
  const rig = await createRig(images, down, service);
  await rig.tab.engine.start(planFor(images));
  await rig.world.clock.passUntil(() => rig.service.billed.size >= images / 5);
  return { rig, down };
}

async function inDoubt(rig: Rig): Promise<unknown[]> {
  const tasks = await rig.tasks();
  return tasks.filter(
    ({ state, times }) => state.phase === "waiting" && times.firstSentAt !== null,
  );
}
