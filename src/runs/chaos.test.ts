import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createRig as rigOn, planFor, untilIdle, type Rig } from "./testing/rig.ts";
import { seeded, type Trouble } from "./testing/service-double.ts";

const IMAGES = 300;
const TROUBLES: readonly Trouble[] = [
  "dropped-before",
  "dropped-after",
  "broken-before",
  "broken-after",
  "timed-out-after",
  "rate-limited",
  "busy",
  "error",
  "no-server",
];

describe.each([1, 2, 3, 4, 5])("chaos, seed %i: one request in five goes wrong", (seed) => {
  test.each(["sync", "async"] as const)(
    "%s: four crashes and an outage, and every image is answered and billed once",
    async (delivery) => {
      const { rig, spent } = await throughChaos(seed, { delivery, keepsResults: true });
      expect(await rig.phases()).toEqual({ done: IMAGES });
      expect(rig.billedTimes()).toEqual(Array(IMAGES).fill(1));
      expect(spent).toBe(IMAGES * 1900);
      expect((await rig.tasks()).length).toBe(IMAGES);
    },
  );

  test("if the service keeps no results, none is billed twice, and the rest is unsettled", async () => {
    const { rig, spent } = await throughChaos(seed, { delivery: "sync", keepsResults: false });
    const { done = 0, unsettled = 0, ...others } = await rig.phases();
    expect(others).toEqual({});
    expect(done + unsettled).toBe(IMAGES);
    expect(unsettled).toBeGreaterThan(0);
    expect(Math.max(...rig.billedTimes())).toBe(1);
    expect(spent).toBe(done * 1900);
  });
});

async function throughChaos(
  seed: number,
  how: { delivery: "sync" | "async"; keepsResults: boolean },
): Promise<{ rig: Rig; spent: number }> {
  const chance = seeded(seed);
  let isDown = false;
  // An error from the service four times in a row is a failure that the user retries, and is not tested
  // here.
  const errors = new Map<string, number>();
  const rig = await rigOn({
    images: IMAGES,
    disk: { ...createMemoryStorage(), keeping: "disk" },
    run: { delivery: how.delivery },
    service: {
      keepsResults: how.keepsResults,
      trouble: ({ taskUuid }) => {
        if (isDown) return { kind: "offline" };
        if (chance() > 0.2) return null;
        const trouble = TROUBLES[Math.floor(chance() * TROUBLES.length)] ?? null;
        const count = (errors.get(taskUuid) ?? 0) + 1;
        errors.set(taskUuid, count);
        return count > 3 ? null : trouble;
      },
    },
  });
  const { clock } = rig.world;
  await rig.tab.engine.start(planFor(IMAGES));
  let { tab } = rig;
  for (const share of [0.2, 0.4, 0.6, 0.8]) {
    await clock.passUntil(() => rig.service.billed.size >= IMAGES * share);
    tab.kill();
    await clock.pass(chance() * 20_000);
    tab = rig.world.openTab(rig.service.client);
    tab.engine.open("sheet");
  }
  isDown = true;
  rig.world.setOnline(false);
  await clock.pass(60_000);
  isDown = false;
  rig.world.setOnline(true);
  await untilIdle(rig.world, tab.engine);
  return { rig, spent: tab.engine.status("sheet").spentMicroUsd };
}
