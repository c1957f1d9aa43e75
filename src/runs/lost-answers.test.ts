import { expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createRig, isIn, planFor } from "./testing/rig.ts";

const IMAGES = 40;
// More than are taken at once, so that only these are under way for a while.
const LOST = 12;

function rigThatLoses() {
  return createRig({
    images: IMAGES,
    disk: { ...createMemoryStorage(), keeping: "disk" },
    service: { keepsResults: false, trouble: (_, nth) => (nth < LOST ? "dropped-after" : null) },
  });
}

// Well under the two minutes after which a lost answer is given up.
const SOON_MS = 40_000;

test("answers that are lost for good keep no other image waiting", async () => {
  const rig = await rigThatLoses();
  await rig.tab.engine.start(planFor(IMAGES));
  await rig.world.clock.pass(SOON_MS);
  expect(rig.service.billed.size).toBe(IMAGES);
  const { done = 0, polling = 0, ...others } = await rig.phases();
  expect(others).toEqual({});
  expect(polling).toBeGreaterThan(0);
  expect(done + polling).toBe(IMAGES);
});

test("nor do they after a reload", async () => {
  const rig = await rigThatLoses();
  await rig.tab.engine.start(planFor(IMAGES));
  await rig.world.clock.passUntil(() => rig.tab.events.filter(isIn("polling")).length >= 6);
  rig.tab.kill();
  const next = rig.world.openTab(rig.service.client);
  next.engine.open("sheet");
  await rig.world.clock.pass(SOON_MS);
  expect(rig.service.billed.size).toBe(IMAGES);
  expect(rig.billedTimes()).toEqual(Array(IMAGES).fill(1));
});
