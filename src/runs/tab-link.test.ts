import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import { createRig as rigOn, planFor, SETTINGS, untilIdle, type Rig } from "./testing/rig.ts";
import type { Tab } from "./testing/world-double.ts";

const MINUTE_MS = 60_000;

describe("orders that come while no tab is known to run the sheet", () => {
  test("a pause that is pressed as the running tab dies holds in the tab that takes over", async () => {
    const rig = await createRig(30);
    const follower = await follow(rig);
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
    const asked = rig.service.asked.length;
    rig.tab.kill();
    follower.engine.pause("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toHaveLength(asked);
    expect(follower.engine.status("sheet")).toMatchObject({
      phase: "paused",
      following: false,
      stop: { kind: "person" },
    });
    follower.engine.resume("sheet");
    await untilIdle(rig.world, follower.engine);
    expect(rig.billedTimes()).toEqual(Array(30).fill(1));
  });

  test("a cancel that is pressed in a third tab is obeyed by the one that takes over", async () => {
    const rig = await createRig(30);
    const heir = await follow(rig);
    const third = await follow(rig);
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
    const asked = rig.service.asked.length;
    rig.tab.kill();
    third.engine.cancel("sheet");
    await untilIdle(rig.world, heir.engine);
    expect(heir.engine.status("sheet").following).toBe(false);
    expect(rig.service.asked).toHaveLength(asked);
    // What the dead tab had under way is in doubt, and only looked up.
    const { done = 0, unsettled = 0, ...others } = await rig.phases();
    expect(done + unsettled).toBeLessThan(20);
    expect(others).toEqual({ cancelled: 30 - done - unsettled });
  });

  test("what is asked for, and then paused, while the driver reads the disk is taken in that order", async () => {
    const disk = slowDisk();
    const rig = await createRig(30, disk);
    const follower = rig.world.openTab(rig.service.client);
    follower.engine.open("sheet");
    await rig.world.clock.pass(1);
    expect(rig.tab.engine.status("sheet").phase).toBe("idle");
    await follower.engine.start(planFor(30));
    follower.engine.pause("sheet");
    await rig.world.clock.pass(1);
    disk.answer();
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toEqual([]);
    expect(rig.tab.engine.status("sheet")).toMatchObject({
      phase: "paused",
      stop: { kind: "person" },
    });
    follower.engine.resume("sheet");
    await rig.untilIdle();
    expect(await rig.phases()).toEqual({ done: 30 });
  });

  test("a cap that is lowered while the driver reads the disk is kept", async () => {
    const disk = slowDisk();
    const rig = await createRig(30, disk);
    const follower = rig.world.openTab(rig.service.client);
    follower.engine.open("sheet");
    await rig.world.clock.pass(1);
    await follower.engine.start(planFor(30));
    follower.engine.configure("sheet", { ...SETTINGS, capMicroUsd: 10_000 });
    await rig.world.clock.pass(1);
    disk.answer();
    await rig.until("paused");
    expect(rig.tab.engine.status("sheet").stop).toMatchObject({ kind: "cap" });
    expect(rig.tab.engine.status("sheet").spentMicroUsd).toBeLessThanOrEqual(10_000);
  });

  test("what was obeyed is not obeyed again by the tab that takes over", async () => {
    const rig = await createRig(30);
    const follower = await follow(rig);
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
    follower.engine.pause("sheet");
    await rig.until("paused");
    rig.tab.engine.resume("sheet");
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 16);
    rig.tab.kill();
    await untilIdle(rig.world, follower.engine);
    expect(await rig.phases()).toEqual({ done: 30 });
  });

  test("a pause right after a resume is the last word", async () => {
    const rig = await createRig(30);
    await rig.tab.engine.start(planFor(30));
    await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
    rig.tab.engine.pause("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    const asked = rig.service.asked.length;
    rig.tab.engine.resume("sheet");
    rig.tab.engine.pause("sheet");
    await rig.world.clock.pass(MINUTE_MS);
    expect(rig.service.asked).toHaveLength(asked);
    expect(rig.tab.engine.status("sheet").stop).toEqual({ kind: "person" });
  });
});

function createRig(images: number, disk = diskDouble()): Promise<Rig> {
  return rigOn({ images, disk });
}

function diskDouble(): Storage {
  return { ...createMemoryStorage(), keeping: "disk" };
}

async function follow(rig: Rig): Promise<Tab> {
  await rig.world.clock.pass(1);
  const tab = rig.world.openTab(rig.service.client);
  tab.engine.open("sheet");
  await rig.world.clock.pass(1);
  return tab;
}

/** A disk that answers the driver only when it is told to. */
function slowDisk(): Storage & { answer: () => void } {
  const disk = diskDouble();
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  return {
    ...disk,
    answer,
    readRun: async (sheetId) => {
      await answered;
      return disk.readRun(sheetId);
    },
  };
}
