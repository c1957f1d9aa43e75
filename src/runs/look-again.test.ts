import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createRig as rigOn, planFor } from "./testing/rig.ts";

const MINUTE_MS = 60_000;
const HOLD_MICRO_USD = 2375;

describe("a second look at unsettled tasks", () => {
  test("is free, and settles what has an answer by now", async () => {
    const rig = await unsettled(8, "dropped-after");
    const asked = rig.service.asked.length;
    expect(rig.tab.engine.status("sheet").heldMicroUsd).toBe(8 * HOLD_MICRO_USD);
    rig.heal();
    rig.keep();
    rig.tab.engine.lookAgain("sheet", { taskUuids: await rig.uuids(), mayPost: false });
    await rig.world.clock.pass(MINUTE_MS);
    expect(await rig.phases()).toEqual({ done: 8 });
    expect(rig.service.asked).toHaveLength(asked);
    const status = rig.tab.engine.status("sheet");
    expect(status).toMatchObject({ phase: "idle", spentMicroUsd: 8 * 1900, heldMicroUsd: 0 });
  });

  test("leaves them unsettled, with their hold, if there is still no answer", async () => {
    const rig = await unsettled(3, "dropped-after");
    const [asked, lookedUp] = [rig.service.asked.length, rig.service.lookedUp.length];
    rig.tab.engine.lookAgain("sheet", { taskUuids: await rig.uuids(), mayPost: false });
    await rig.world.clock.pass(MINUTE_MS);
    expect(await rig.phases()).toEqual({ unsettled: 3 });
    expect(rig.service.asked).toHaveLength(asked);
    expect(rig.service.lookedUp).toHaveLength(lookedUp + 3);
    expect(rig.tab.engine.status("sheet")).toMatchObject({
      phase: "idle",
      heldMicroUsd: 3 * HOLD_MICRO_USD,
    });
  });

  test("sends a young one again under its id, which is paid for once", async () => {
    const rig = await unsettled(3, "error");
    rig.heal();
    rig.tab.engine.lookAgain("sheet", { taskUuids: await rig.uuids(), mayPost: true });
    await rig.world.clock.passUntil(() => rig.service.billed.size === 3);
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 3 });
    expect((await rig.tasks()).length).toBe(3);
    expect(rig.billedTimes()).toEqual([1, 1, 1]);
    expect(rig.tab.engine.status("sheet").heldMicroUsd).toBe(0);
  });

  test("does not pay again for one that the service has, however it is asked", async () => {
    const rig = await unsettled(3, "dropped-after");
    rig.heal();
    rig.tab.engine.lookAgain("sheet", { taskUuids: await rig.uuids(), mayPost: true });
    await rig.world.clock.pass(5 * MINUTE_MS);
    expect(await rig.phases()).toEqual({ unsettled: 3 });
    expect(rig.billedTimes()).toEqual([1, 1, 1]);
  });

  test("only looks after ten minutes, whatever is allowed", async () => {
    const rig = await unsettled(3, "error");
    rig.heal();
    await rig.world.clock.pass(11 * MINUTE_MS);
    const asked = rig.service.asked.length;
    rig.tab.engine.lookAgain("sheet", { taskUuids: await rig.uuids(), mayPost: true });
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toHaveLength(asked);
    expect(await rig.phases()).toEqual({ unsettled: 3 });
  });

  test("asking the same once more sends a young one again under its id", async () => {
    const rig = await unsettled(3, "dropped-after");
    rig.heal();
    rig.keep();
    await rig.tab.engine.start({ ...planFor(3), unsettled: await rig.uuids() });
    await rig.world.clock.pass(MINUTE_MS);
    expect(await rig.phases()).toEqual({ done: 3 });
    expect(rig.billedTimes()).toEqual([1, 1, 1]);
  });

  test("asking the same after ten minutes pays again only if the user agrees", async () => {
    const rig = await unsettled(3, "dropped-after");
    rig.heal();
    await rig.world.clock.pass(11 * MINUTE_MS);
    await rig.tab.engine.start({ ...planFor(3), unsettled: await rig.uuids() });
    await rig.world.clock.pass(MINUTE_MS);
    expect(await rig.phases()).toEqual({ unsettled: 3 });
    expect(rig.service.billed.size).toBe(3);
    await rig.tab.engine.start(planFor(3));
    await rig.world.clock.passUntil(() => rig.service.billed.size === 6);
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ unsettled: 3, done: 3 });
    expect(rig.billedTimes()).toEqual(Array(6).fill(1));
  });

  test("a follower's wish is the driver's command", async () => {
    const rig = await unsettled(2, "error");
    rig.heal();
    const follower = rig.world.openTab(rig.service.client);
    follower.engine.open("sheet");
    await rig.world.clock.pass(1);
    follower.engine.lookAgain("sheet", { taskUuids: await rig.uuids(), mayPost: true });
    await rig.world.clock.passUntil(() => rig.service.billed.size === 2);
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 2 });
  });

  test("a task of another purse is left alone, and nothing is asked", async () => {
    const rig = await unsettled(2, "dropped-after");
    rig.tab.kill();
    const sandbox = rig.serviceWith({ purse: "sandbox" });
    const next = rig.world.openTab(sandbox.client);
    next.engine.open("sheet");
    await rig.world.clock.pass(1);
    next.engine.lookAgain("sheet", { taskUuids: await rig.uuids(), mayPost: true });
    await rig.world.clock.pass(MINUTE_MS);
    expect(await rig.phases()).toEqual({ unsettled: 2 });
    expect([...sandbox.asked, ...sandbox.lookedUp]).toEqual([]);
    expect(next.engine.status("sheet").phase).toBe("idle");
  });
});

/**
 * A sheet whose tasks are all unsettled, with a service that keeps no answers until a test says so.
 */
async function unsettled(images: number, trouble: "error" | "dropped-after") {
  let isWell = false;
  let keeps = false;
  const rig = await rigOn({
    images,
    disk: { ...createMemoryStorage(), keeping: "disk" },
    service: { keepsResults: () => keeps, trouble: () => (isWell ? null : trouble) },
  });
  await rig.tab.engine.start(planFor(images));
  await rig.untilIdle();
  expect(await rig.phases()).toEqual({ unsettled: images });
  return {
    ...rig,
    uuids: async () => (await rig.tasks()).map(({ taskUuid }) => taskUuid),
    heal: () => {
      isWell = true;
    },
    keep: () => {
      keeps = true;
    },
  };
}
