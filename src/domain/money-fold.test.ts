import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exampleTask } from "./example-rows.ts";
import { foldMoney, moneyOf, NO_SUMS, recount } from "./money-fold.ts";
import type { Task, TaskState } from "./task.ts";

const answer = { kind: "caption", text: "A boat." } as const;
const failure = { kind: "offline" } as const;
const cost = fc.option(fc.integer({ min: 0, max: 9000 }));
const state: fc.Arbitrary<TaskState> = fc.oneof(
  fc.constantFrom<TaskState>(
    { phase: "waiting" },
    { phase: "preparing" },
    { phase: "sending", attempt: 1 },
    { phase: "resting", attempt: 1, until: 9, failure },
    { phase: "polling", attempt: 1 },
    { phase: "refused", failure },
    { phase: "failed", failure },
    { phase: "cancelled" },
    { phase: "unsettled", failure },
  ),
  cost.map((costMicroUsd): TaskState => ({
    phase: "done",
    answer,
    source: "service",
    costMicroUsd,
  })),
  cost.map((costMicroUsd): TaskState => ({ phase: "empty", source: "service", costMicroUsd })),
);
const told: fc.Arbitrary<Task> = fc
  .record({
    taskUuid: fc.constantFrom("a", "b", "c", "d"),
    state,
    purse: fc.constantFrom("sandbox", "runware", "device"),
    holdMicroUsd: fc.integer({ min: 0, max: 9000 }),
    firstSentAt: fc.option(fc.constant(5)),
  })
  .map(({ firstSentAt, ...change }) => {
    const task = exampleTask(change);
    return { ...task, times: { ...task.times, firstSentAt } };
  });

test("whatever is reported about tasks, in whatever order and how often, each counts once, by its last report", () => {
  fc.assert(
    fc.property(fc.array(told, { maxLength: 40 }), (tasks) => {
      const last = new Map<string, Task>();
      let sums = NO_SUMS;
      for (const task of tasks) {
        sums = recount(sums, last.get(task.taskUuid) ?? null, task);
        sums = recount(sums, task, task);
        last.set(task.taskUuid, task);
      }
      expect(sums).toEqual(foldMoney(last.values()));
    }),
  );
});

test("money is held while a task may cost something that nobody knows", () => {
  const sent = { ...exampleTask().times, firstSentAt: 5 };
  const heldIn = (change: Partial<Task>): number =>
    moneyOf(exampleTask({ holdMicroUsd: 2375, ...change })).heldMicroUsd;
  expect(heldIn({ state: { phase: "waiting" } })).toBe(0);
  expect(heldIn({ state: { phase: "waiting" }, times: sent })).toBe(2375);
  expect(heldIn({ state: { phase: "preparing" } })).toBe(2375);
  expect(heldIn({ state: { phase: "sending", attempt: 1 } })).toBe(2375);
  expect(heldIn({ state: { phase: "unsettled", failure } })).toBe(2375);
  expect(heldIn({ state: { phase: "failed", failure }, times: sent })).toBe(0);
  expect(heldIn({ state: { phase: "cancelled" } })).toBe(0);
  const done = { phase: "done", answer, source: "service" } as const;
  expect(moneyOf(exampleTask({ state: { ...done, costMicroUsd: null }, holdMicroUsd: 9 }))).toEqual(
    { microUsd: 0, known: 0, unknown: 1, heldMicroUsd: 9 },
  );
  expect(moneyOf(exampleTask({ state: { ...done, costMicroUsd: 7 }, holdMicroUsd: 9 }))).toEqual({
    microUsd: 7,
    known: 1,
    unknown: 0,
    heldMicroUsd: 0,
  });
});
