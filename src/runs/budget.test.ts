import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createBudget, createPrices, holdFor, type PriceBounds } from "./budget.ts";

const amount = fc.integer({ min: 0, max: 5000 });
const uuid = fc.constantFrom("a", "b", "c", "d", "e", "f");
const step = fc.oneof(
  fc.record({ type: fc.constant("hold" as const), uuid, amount }),
  fc.record({ type: fc.constant("release" as const), uuid, amount }),
  fc.record({ type: fc.constant("pay" as const), uuid, amount: fc.option(amount) }),
);

test("whatever happens in whatever order, spent and held never pass the cap while answers cost no more than they hold", () => {
  fc.assert(
    fc.property(amount, fc.array(step, { maxLength: 60 }), (cap, steps) => {
      const budget = createBudget({ capMicroUsd: cap, spentMicroUsd: 0 });
      const held = new Map<string, number>();
      for (const { type, ...what } of steps) {
        const own = held.get(what.uuid);
        const price = exactly(what.amount ?? 0);
        if (type === "hold" && own === undefined && budget.hold(what.uuid, price, false))
          held.set(what.uuid, what.amount ?? 0);
        if (type === "release") {
          budget.release(what.uuid);
          held.delete(what.uuid);
        }
        if (type === "pay" && own !== undefined) {
          const cost = what.amount === null ? null : Math.min(what.amount, own);
          expect(budget.pay(what.uuid, cost)).toBeNull();
          if (cost !== null) held.delete(what.uuid);
        }
        const sum = [...held.values()].reduce((total, hold) => total + hold, 0);
        expect(budget.heldMicroUsd()).toBe(sum);
        expect(budget.spentMicroUsd() + budget.heldMicroUsd()).toBeLessThanOrEqual(cap);
      }
    }),
  );
});

/** Tasks that may cost up to ten times what they hold. */
const dearTask = fc.record({
  holdMicroUsd: fc.integer({ min: 1, max: 3000 }),
  times: fc.double({ min: 1, max: 10, noNaN: true }),
  // What the answer costs, as a share of the worst.
  costs: fc.double({ min: 0, max: 1, noNaN: true }),
});

test("dearer answers pass the cap only by what one task alone can cost beyond its hold, and never with several in flight", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40_000 }),
      fc.integer({ min: 1, max: 16 }),
      fc.array(dearTask, { maxLength: 80 }),
      (cap, most, tasks) => {
        const budget = createBudget({ capMicroUsd: cap, spentMicroUsd: 0 });
        const committed = (): number => budget.spentMicroUsd() + budget.heldMicroUsd();
        const inFlight: { uuid: string; price: PriceBounds; cost: number }[] = [];
        let alone: PriceBounds | null = null;
        const answerOne = (): void => {
          const next = inFlight.shift();
          if (next === undefined) return;
          budget.pay(next.uuid, next.cost);
          const surplus = alone === null ? 0 : alone.worstMicroUsd - alone.holdMicroUsd;
          expect(committed()).toBeLessThanOrEqual(cap + surplus);
        };
        tasks.forEach(({ holdMicroUsd, times, costs }, at) => {
          const worstMicroUsd = Math.floor(holdMicroUsd * times);
          const price = { holdMicroUsd, worstMicroUsd };
          if (inFlight.length >= most) answerOne();
          while (!budget.hold(`${at}`, price, inFlight.length === 0)) {
            if (inFlight.length === 0) return;
            answerOne();
          }
          expect(committed()).toBeLessThanOrEqual(cap);
          alone = inFlight.length === 0 ? price : null;
          inFlight.push({ uuid: `${at}`, price, cost: Math.floor(worstMicroUsd * costs) });
        });
        while (inFlight.length > 0) answerOne();
      },
    ),
  );
});

test("an answer dearer than its hold is reported, counted in full, and stops what would come next", () => {
  const budget = createBudget({ capMicroUsd: 10_000, spentMicroUsd: 0 });
  expect(budget.hold("a", exactly(2000), false)).toBe(true);
  expect(budget.pay("a", 9500)).toBe(2000);
  expect(budget.spentMicroUsd()).toBe(9500);
  expect(budget.hold("b", exactly(2000), true)).toBe(false);
  expect(budget.shortfallMicroUsd([2000, 2000])).toBe(3500);
});

test("what was sent before the cap was lowered keeps its hold, and nothing new starts", () => {
  const budget = createBudget({ capMicroUsd: null, spentMicroUsd: 0 });
  budget.adopt("a", exactly(4000));
  budget.setCap(3000);
  expect(budget.hold("b", exactly(1), true)).toBe(false);
  expect(budget.heldMicroUsd()).toBe(4000);
});

test("a hold is a quarter above the dearest known price, in whole micro-dollars", () => {
  expect(holdFor([1900, 1300])).toBe(2375);
  expect(holdFor([1, 0])).toBe(2);
  expect(holdFor([])).toBe(0);
});

function exactly(microUsd: number): PriceBounds {
  return { holdMicroUsd: microUsd, worstMicroUsd: microUsd };
}

const QWEN = "runware:152@2";
const PUBLISHED = 1900;

test("an absurd price counts up to ten times the published one, and is forgotten in time", () => {
  const prices = createPrices([]);
  const learn = (microUsd: number): void =>
    prices.learn({ modelId: QWEN, purse: "runware", microUsd });
  learn(9e15);
  expect(prices.holdOf(QWEN, "runware")).toBe(PUBLISHED * 12.5);
  for (let at = 0; at < 50; at += 1) learn(PUBLISHED);
  expect(prices.holdOf(QWEN, "runware")).toBe(PUBLISHED * 1.25);
});

test("a plausible price that was seen is held at once, and the worst is never below it", () => {
  const prices = createPrices([{ modelId: QWEN, purse: "runware", microUsd: 5000 }]);
  expect(prices.boundsOf(QWEN, "runware")).toEqual({
    holdMicroUsd: 6250,
    worstMicroUsd: PUBLISHED * 10,
  });
  expect(prices.holdOf(QWEN, "sandbox")).toBe(PUBLISHED * 1.25);
});

test("what a sheet remembers does not push out what was learned since", () => {
  const prices = createPrices([]);
  prices.learn({ modelId: QWEN, purse: "runware", microUsd: 5000 });
  const remembered = { modelId: QWEN, purse: "runware", microUsd: PUBLISHED } as const;
  prices.recall(Array.from({ length: 50 }, () => remembered));
  expect(prices.holdOf(QWEN, "runware")).toBe(6250);
});
