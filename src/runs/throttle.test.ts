import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createLocksDouble } from "./testing/locks-double.ts";
import { createClockDouble, type ClockDouble } from "./testing/clock-double.ts";
import { createSlotPool, createSpeedLimit, createThrottles, type SlotPool } from "./throttle.ts";

const DIRECT = { kind: "direct" } as const;
const PROXY = { kind: "proxy", baseUrl: "http://here/api", upstream: "runware" } as const;

test("a sheet that changes to another connection takes its limit along", () => {
  const throttles = createThrottles({
    locks: createLocksDouble().tab().locks,
    clock: createClockDouble(),
    onSlowedDown: () => undefined,
    onQuiet: () => undefined,
  });
  throttles.allow("sheet", DIRECT, 1);
  throttles.allow("other", DIRECT, 3);
  expect(throttles.of(DIRECT).limit()).toBe(1);
  throttles.allow("sheet", PROXY, 1);
  expect(throttles.of(DIRECT).limit()).toBe(3);
  expect(throttles.of(PROXY).limit()).toBe(1);
  throttles.allow("sheet", PROXY, null);
  throttles.allow("other", PROXY, null);
  expect(throttles.of(DIRECT).limit()).toBe(4);
  expect(throttles.of(PROXY).limit()).toBe(4);
});

const NEVER = new AbortController().signal;

test("no more than the limit at once, urgent ones first, the others in turn", async () => {
  const rig = createRig(2);
  const order: string[] = [];
  const held: (() => void)[] = [];
  const queue = (name: string, urgent = false): void =>
    void rig.pool.take({ urgent, signal: NEVER }).then((giveBack) => {
      order.push(name);
      held.push(giveBack);
    });
  for (const name of ["a", "b", "c", "d"]) queue(name);
  queue("urgent", true);
  await rig.clock.pass(0);
  expect(order).toHaveLength(2);
  while (order.length < 5) {
    held.shift()?.();
    await rig.clock.pass(0);
  }
  expect(order.toSorted()).toEqual(["a", "b", "c", "d", "urgent"]);
  expect(order.indexOf("urgent")).toBeLessThan(order.indexOf("b"));
  expect(order.indexOf("c")).toBeLessThan(order.indexOf("d"));
});

test("a limit that shrinks is kept as slots are given back, and leaves no lock behind", async () => {
  const rig = createRig(4);
  const held = await rig.takeMany(4);
  rig.limit = 1;
  let taken = 0;
  for (let waiting = 0; waiting < 3; waiting += 1)
    void rig.pool.take({ urgent: false, signal: NEVER }).then(() => (taken += 1));
  for (const giveBack of held.slice(1)) giveBack();
  await rig.clock.pass(0);
  expect(taken).toBe(0);
  held[0]?.();
  await rig.clock.pass(0);
  expect(taken).toBe(1);
});

test("giving back twice gives back once", async () => {
  const rig = createRig(1);
  const [first] = await rig.takeMany(1);
  first?.();
  const [second] = await rig.takeMany(1);
  first?.();
  let isTaken = false;
  void rig.pool.take({ urgent: false, signal: NEVER }).then(() => (isTaken = true));
  await rig.clock.pass(0);
  expect(isTaken).toBe(false);
  second?.();
  await rig.clock.pass(0);
  expect(isTaken).toBe(true);
});

test("a turn that is called off rejects at once and takes no slot", async () => {
  const rig = createRig(1);
  const [held] = await rig.takeMany(1);
  const controller = new AbortController();
  const turn = rig.pool.take({ urgent: false, signal: controller.signal });
  controller.abort();
  await expect(turn).rejects.toMatchObject({ failure: { kind: "cancelled" } });
  held?.();
  await rig.takeMany(1);
});

test("while the service asked for quiet, no slot is given", async () => {
  const rig = createRig(2);
  rig.pool.quietUntil(rig.clock.now() + 5000);
  let taken = 0;
  void rig.pool.take({ urgent: true, signal: NEVER }).then(() => (taken += 1));
  await rig.clock.pass(4999);
  expect(taken).toBe(0);
  await rig.clock.pass(1);
  expect(taken).toBe(1);
});

test("a clock that is set back lengthens no quiet and no lease", async () => {
  const rig = createRig(1);
  rig.pool.quietUntil(rig.clock.now() + 5000);
  rig.setBackMs = 3_600_000;
  let taken = 0;
  const take = (pool: SlotPool) =>
    pool.take({ urgent: false, signal: NEVER }).then((giveBack) => {
      taken += 1;
      return giveBack;
    });
  const first = take(rig.pool);
  await rig.clock.pass(5000);
  expect(taken).toBe(1);
  rig.setBackMs *= 2;
  void take(rig.pool);
  void take(rig.anotherTab());
  (await first)();
  await rig.clock.pass(0);
  expect(taken).toBe(2);
  rig.setBackMs = 0;
});

test("a tab that is busy without end lets another have its turn within a lease", async () => {
  const rig = createRig(1);
  const other = rig.anotherTab();
  const over = new AbortController();
  let turns = 0;
  const busy = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const giveBack = await rig.pool.take({ urgent: false, signal: NEVER });
      turns += 1;
      await new Promise<void>((resolve) => rig.clock.after(100, resolve));
      giveBack();
    }
  };
  void Promise.all([busy(), busy()]);
  await rig.clock.pass(150);
  let hadTurn = false;
  void other.take({ urgent: false, signal: NEVER }).then((giveBack) => {
    hadTurn = true;
    giveBack();
  });
  await rig.clock.pass(1200);
  expect(hadTurn).toBe(true);
  const before = turns;
  await rig.clock.pass(500);
  expect(turns).toBeGreaterThan(before);
  over.abort();
  await rig.clock.pass(500);
});

interface Rig {
  limit: number;
  /** How far back the device's clock was set. */
  setBackMs: number;
  clock: ClockDouble;
  pool: SlotPool;
  anotherTab: () => SlotPool;
  takeMany: (count: number) => Promise<(() => void)[]>;
}

function createRig(limit: number): Rig {
  const clock = createClockDouble();
  const locks = createLocksDouble();
  const shown = { ...clock, now: () => clock.now() - rig.setBackMs };
  const anotherTab = (): SlotPool =>
    createSlotPool({
      onQuietOver: () => undefined,
      name: "slot",
      limit: () => rig.limit,
      locks: locks.tab().locks,
      clock: shown,
    });
  const rig: Rig = {
    limit,
    setBackMs: 0,
    clock,
    pool: anotherTab(),
    anotherTab,
    takeMany: async (count) => {
      const turns = Array.from({ length: count }, () =>
        rig.pool.take({ urgent: false, signal: NEVER }),
      );
      await clock.pass(0);
      return Promise.all(turns);
    },
  };
  return rig;
}

test("starts at four, and a round of successes earns one more, up to what the user allows", () => {
  const speed = createSpeedLimit({ most: 6 });
  expect(speed.limit()).toBe(4);
  for (let success = 0; success < 4; success += 1) speed.succeeded();
  expect(speed.limit()).toBe(5);
  for (let success = 0; success < 50; success += 1) speed.succeeded();
  expect([speed.limit(), speed.isSlowedDown()]).toEqual([6, false]);
});

test("the first of a burst to be turned away halves the limit, the others of that burst do not", () => {
  const speed = createSpeedLimit({ most: 8, start: 8 });
  expect(speed.slowDown(100, 200)).toBe(true);
  expect(speed.slowDown(150, 210)).toBe(false);
  expect([speed.limit(), speed.isSlowedDown()]).toEqual([4, true]);
  expect(speed.slowDown(205, 300)).toBe(true);
  expect(speed.limit()).toBe(2);
});

test("it counts as slowed down until it is back where it was", () => {
  const speed = createSpeedLimit({ most: 8, start: 8 });
  speed.slowDown(1, 2);
  speed.slowDown(3, 4);
  for (let success = 0; success < 2 + 3 + 4 + 5 + 6; success += 1) speed.succeeded();
  expect([speed.limit(), speed.isSlowedDown()]).toEqual([7, true]);
  for (let success = 0; success < 7; success += 1) speed.succeeded();
  expect([speed.limit(), speed.isSlowedDown()]).toEqual([8, false]);
});

test("a user who allows less is obeyed at once", () => {
  const speed = createSpeedLimit({ most: 8, start: 8 });
  speed.setMost(2);
  expect(speed.limit()).toBe(2);
});

test("whatever happens, it stays between one and what is allowed", () => {
  const step = fc.constantFrom("succeeded", "slowed", "more", "less");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const speed = createSpeedLimit({ most: 6 });
      let most = 6;
      steps.forEach((name, at) => {
        if (name === "succeeded") speed.succeeded();
        else if (name === "slowed") speed.slowDown(at, at);
        else {
          most = name === "more" ? 16 : 1;
          speed.setMost(most);
        }
        expect(speed.limit()).toBeGreaterThanOrEqual(1);
        expect(speed.limit()).toBeLessThanOrEqual(most);
      });
    }),
  );
});
