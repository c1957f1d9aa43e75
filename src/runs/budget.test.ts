import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createBudget, holdFor } from "./budget.ts";

const amount = fc.integer({ min: 0, max: 5000 });
const uuid = fc.constantFrom("a", "b", "c", "d", "e", "f");
const step = fc.oneof(
  fc.record({ type: fc.constant("hold" as const), uuid, amount }),
  fc.record({ type: fc.constant("release" as const), uuid, amount }),
  fc.record({ type: fc.constant("pay" as const), uuid, amount: fc.option(amount) }),
);

test("whatever happens in whatever order, spent and held never pass the cap while answers cost what they hold", () => {
  fc.assert(
    fc.property(amount, fc.array(step, { maxLength: 60 }), (cap, steps) => {
      const budget = createBudget({ capMicroUsd: cap, spentMicroUsd: 0 });
      const held = new Map<string, number>();
      for (const { type, ...what } of steps) {
        const own = held.get(what.uuid);
        if (type === "hold" && own === undefined && budget.hold(what.uuid, what.amount ?? 0))
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

test("an answer dearer than its hold is told, counted in full, and stops what would come next", () => {
  const budget = createBudget({ capMicroUsd: 10_000, spentMicroUsd: 0 });
  expect(budget.hold("a", 2000)).toBe(true);
  expect(budget.pay("a", 9500)).toBe(2000);
  expect(budget.spentMicroUsd()).toBe(9500);
  expect(budget.hold("b", 2000)).toBe(false);
  expect(budget.shortfallMicroUsd([2000, 2000])).toBe(3500);
});

test("what was sent before the cap was lowered keeps its hold, and nothing new starts", () => {
  const budget = createBudget({ capMicroUsd: null, spentMicroUsd: 0 });
  budget.adopt("a", 4000);
  budget.setCap(3000);
  expect(budget.hold("b", 1)).toBe(false);
  expect(budget.heldMicroUsd()).toBe(4000);
});

test("a hold is a quarter above the dearest known price, in whole micro-dollars", () => {
  expect(holdFor([1900, 1300])).toBe(2375);
  expect(holdFor([1, 0])).toBe(2);
  expect(holdFor([])).toBe(0);
});
