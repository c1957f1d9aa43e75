import { expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createRig, planFor } from "./testing/rig.ts";

const QUARTER_HOUR_MS = 900_000;

test("a pause that the service asked for takes no UUID past the ten minutes in which it may be posted again", async () => {
  const rig = await createRig({
    images: 2,
    disk: { ...createMemoryStorage(), keeping: "disk" },
    service: {
      keepsResults: false,
      trouble: (_order, nth) => {
        if (nth === 0) return "dropped-after";
        return nth === 1
          ? { kind: "rate-limited", retryAfterMs: QUARTER_HOUR_MS, saidBy: "service" }
          : null;
      },
    },
  });
  await rig.tab.engine.start(planFor(2));
  await rig.untilIdle();
  const [lost, turnedAway] = rig.service.asked.map(({ taskUuid }) => taskUuid);
  expect(rig.service.asked.map(({ taskUuid }) => taskUuid)).toEqual([lost, turnedAway, turnedAway]);
  expect(await rig.phases()).toEqual({ unsettled: 1, done: 1 });
});
