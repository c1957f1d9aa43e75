import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleTask } from "#src/domain/example-rows.ts";
import { hasEnded, isInDoubt, type Task } from "#src/domain/task.ts";
import { reduceTask, type TaskEvent } from "./task-reducer.ts";

const SENT = { width: 8, height: 8, bytes: 3 };
const BUSY = { kind: "service-trouble", status: 503, code: null, retryAfterMs: null } as const;
const taken: TaskEvent = { type: "task-taken", at: 1, holdMicroUsd: 2375 };
const sent: TaskEvent = { type: "task-sent", at: 2, attempt: 1, sent: SENT };
const answered: TaskEvent = {
  type: "task-answered",
  at: 9,
  answer: { kind: "caption", text: "A boat." },
  source: "service",
  costMicroUsd: 1900,
  serviceMs: null,
};
const rested = (mayBeAccepted: boolean): TaskEvent => ({
  type: "task-rested",
  until: 5,
  failure: BUSY,
  mayBeAccepted,
});

const anyEvent: fc.Arbitrary<TaskEvent> = fc.oneof(
  fc.record({
    type: fc.constant("task-taken" as const),
    at: fc.nat(),
    holdMicroUsd: fc.nat(),
  }),
  fc
    .constantFrom("sandbox" as const, "runware" as const)
    .map((purse): TaskEvent => ({ type: "task-agreed", purse })),
  fc.record({
    type: fc.constant("task-sent" as const),
    at: fc.nat(),
    attempt: fc.integer({ min: 1, max: 4 }),
    sent: fc.constant(SENT),
  }),
  fc.boolean().map(rested),
  fc.constant<TaskEvent>({ type: "task-accepted" }),
  fc.option(fc.constant("A boat.")).map((text): TaskEvent => ({
    ...answered,
    answer: text === null ? null : { kind: "caption", text },
  })),
  fc
    .constantFrom("task-refused" as const, "task-failed" as const, "task-unsettled" as const)
    .map((type): TaskEvent => ({ type, at: 9, failure: BUSY })),
  fc.boolean().map((mayBeAccepted): TaskEvent => ({ type: "task-postponed", mayBeAccepted })),
  fc.constant<TaskEvent>({ type: "task-cancelled", at: 9 }),
  fc
    .constantFrom("polling" as const, "waiting" as const)
    .map((to): TaskEvent => ({ type: "task-reopened", to })),
);

describe("any order of events", () => {
  test("leaves a task in a legal state, the same task it was", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        const start = exampleTask();
        const task = events.reduce(reduceTask, start);
        expect(task).toMatchObject({
          taskUuid: start.taskUuid,
          imageId: start.imageId,
          recipe: start.recipe,
        });
        expect(isLegal(task)).toBe(true);
      }),
    );
  });

  test("never takes an end back, unless an unsettled task is answered, or taken up again", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let task = exampleTask();
        for (const event of events) {
          const next = reduceTask(task, event);
          if (hasEnded(task) && next !== task) {
            expect(task.state.phase).toBe("unsettled");
            expect(["done", "empty", "polling", "waiting"]).toContain(next.state.phase);
            expect(next.times.firstSentAt).not.toBeNull();
          }
          task = next;
        }
      }),
    );
  });

  test("never cancels or forgets what may have been accepted, nor changes its purse or hold", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let task = exampleTask();
        for (const event of events) {
          const next = reduceTask(task, event);
          if (isInDoubt(task)) {
            expect(next.state.phase).not.toBe("cancelled");
            expect([next.purse, next.holdMicroUsd]).toEqual([task.purse, task.holdMicroUsd]);
            const isTurnedAway =
              (event.type === "task-rested" || event.type === "task-postponed") &&
              !event.mayBeAccepted;
            if (!hasEnded(next) && !isTurnedAway) expect(isInDoubt(next)).toBe(true);
          }
          task = next;
        }
      }),
    );
  });
});

test("a try that was turned away is not in doubt; one after a doubtful one still is", () => {
  const away = [taken, sent, rested(false)].reduce(reduceTask, exampleTask());
  expect(away.times.firstSentAt).toBeNull();
  const second: TaskEvent = { type: "task-sent", at: 7, attempt: 2, sent: SENT };
  const doubtful = [taken, sent, rested(true), second, rested(false)].reduce(
    reduceTask,
    exampleTask(),
  );
  expect(doubtful.times).toMatchObject({ firstSentAt: 2, sentAt: 7 });
});

test("an answer that arrives late settles an unsettled task", () => {
  const events: TaskEvent[] = [
    taken,
    sent,
    { type: "task-unsettled", at: 8, failure: { kind: "timed-out", by: "deadline" } },
    answered,
  ];
  expect(events.reduce(reduceTask, exampleTask()).state).toMatchObject({
    phase: "done",
    costMicroUsd: 1900,
  });
});

test("an event that does not fit changes nothing: the same object comes back", () => {
  const waiting = exampleTask();
  expect(reduceTask(waiting, sent)).toBe(waiting);
  expect(reduceTask(waiting, answered)).toBe(waiting);
  const done = [taken, sent, answered].reduce(reduceTask, waiting);
  expect(reduceTask(done, { type: "task-cancelled", at: 9 })).toBe(done);
});

function isLegal({ state, times, sent: facts }: Task): boolean {
  switch (state.phase) {
    case "sending":
    case "polling":
      return times.firstSentAt !== null && times.sentAt !== null && facts !== null;
    case "resting":
      return times.sentAt !== null && facts !== null;
    case "done":
    case "empty":
    case "unsettled":
      return times.firstSentAt !== null && times.endedAt !== null;
    case "refused":
    case "failed":
    case "cancelled":
      return times.endedAt !== null;
    case "waiting":
    case "preparing":
      return times.endedAt === null;
  }
}
