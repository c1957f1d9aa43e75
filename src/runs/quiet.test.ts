import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createRig as rigOn, planFor, type Rig } from "./testing/rig.ts";
import { namedWaitMs } from "./retry-policy.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe("a quiet that the service asks for", () => {
  test("makes the run wait with one message, and it carries on by itself at that time", async () => {
    const { rig, busy } = await runningRig(5 * MINUTE_MS);
    await rig.world.clock.passUntil(() => rig.tab.engine.status("sheet").quietUntil !== null);
    const until = rig.world.clock.now() + 5 * MINUTE_MS;
    expect(rig.tab.engine.status("sheet")).toMatchObject({ phase: "running", stop: null });
    expect(rig.tab.engine.status("sheet").quietUntil).toBe(until);
    busy.now = false;
    const asked = rig.service.asked.length;
    await rig.world.clock.pass(4 * MINUTE_MS);
    // No row has its own message.
    expect(Object.keys(await rig.phases()).toSorted()).toEqual(["done", "waiting"]);
    expect(rig.service.asked.length - asked).toBeLessThanOrEqual(6);
    const waiting = (await rig.tasks()).filter(({ state }) => state.phase === "waiting");
    expect(waiting.every(({ times }) => times.firstSentAt === null)).toBe(true);
    await rig.untilIdle();
    expect(rig.tab.engine.status("sheet").quietUntil).toBeNull();
    expect(await rig.phases()).toEqual({ done: 30 });
    expect(rig.billedTimes()).toEqual(Array(30).fill(1));
    expect(rig.world.clock.pending()).toBe(0);
  });

  test.each([30 * 24 * HOUR_MS, Number.MAX_VALUE, Infinity])(
    "of %d ms becomes one hour, after which the service is asked again",
    async (retryAfterMs) => {
      const { rig } = await runningRig(retryAfterMs);
      await rig.world.clock.passUntil(() => rig.tab.engine.status("sheet").quietUntil !== null);
      await rig.world.clock.pass(MINUTE_MS);
      const asked = rig.service.asked.length;
      await rig.world.clock.pass(HOUR_MS - 2 * MINUTE_MS);
      expect(rig.service.asked).toHaveLength(asked);
      await rig.world.clock.pass(2 * MINUTE_MS);
      expect(rig.service.asked.length).toBeGreaterThan(asked);
      expect((await rig.phases())["failed"]).toBeUndefined();
    },
  );

  test("is kept by every tab and sheet of the connection, and shown in each", async () => {
    const { rig } = await runningRig(5 * MINUTE_MS);
    const other = rig.world.openTab(rig.service.client);
    await rig.copySheet("other");
    other.engine.open("other");
    await rig.world.clock.passUntil(() => rig.tab.engine.status("sheet").quietUntil !== null);
    await rig.world.clock.pass(1);
    await other.engine.start(planFor(5, "other"));
    await rig.world.clock.pass(MINUTE_MS);
    expect(other.engine.status("other").quietUntil).not.toBeNull();
    expect(other.engine.status("other").inFlight).toBe(0);
  });

  test("can be cancelled", async () => {
    const { rig } = await runningRig(5 * MINUTE_MS);
    await rig.world.clock.passUntil(() => rig.tab.engine.status("sheet").quietUntil !== null);
    await rig.world.clock.pass(MINUTE_MS);
    rig.tab.engine.cancel("sheet");
    await rig.world.clock.pass(1);
    expect(rig.tab.engine.status("sheet").phase).toBe("idle");
  });
});

test.each([
  [Number.NaN, null],
  [-5, null],
  [0, 0],
  [2000, 2000],
  [2 ** 31, HOUR_MS],
  [Infinity, HOUR_MS],
])("a named wait of %d ms counts as %d", (retryAfterMs, expected) => {
  expect(namedWaitMs({ kind: "rate-limited", retryAfterMs })).toBe(expected);
});

/** A rig in the middle of its run, whose service turns everything away for as long as it is busy. */
async function runningRig(retryAfterMs: number): Promise<{ rig: Rig; busy: { now: boolean } }> {
  const busy = { now: false };
  const rig = await rigOn({
    images: 30,
    disk: { ...createMemoryStorage(), keeping: "disk" },
    service: {
      trouble: () => (busy.now ? { kind: "rate-limited", retryAfterMs, saidBy: "service" } : null),
    },
  });
  await rig.tab.engine.start(planFor(30));
  await rig.world.clock.passUntil(() => rig.service.billed.size >= 8);
  busy.now = true;
  return { rig, busy };
}
