import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RunStop } from "./run-events.ts";
import {
  createRunState,
  isAtRest,
  maySend,
  nextTask,
  phaseOf,
  reduceRun,
  type RunAction,
  type RunState,
} from "./run-reducer.ts";

const SETTINGS = { mostInFlight: 4, delivery: "sync", capMicroUsd: null } as const;
const TASKS = ["a", "b", "c", "d"];

const start = (queue: readonly string[] = [], isPaused = false): RunState =>
  createRunState({ settings: SETTINGS, runId: "run", isPaused, queue });

const after = (state: RunState, ...actions: RunAction[]): RunState =>
  actions.reduce(reduceRun, state);

const stop = (kind: "person" | "offline"): RunAction => ({ type: "run-stopped", stop: { kind } });

test("a pause stays until the user resumes, whatever else stops the run", () => {
  const dearer: RunStop = { kind: "dearer", taskUuid: "a", costMicroUsd: 2, holdMicroUsd: 1 };
  const paused = after(start(["a"]), stop("offline"), stop("person"));
  expect(paused).toMatchObject({ stop: { kind: "person" }, isPaused: true });
  // The graver reason is shown, not the lighter one.
  const graver = after(paused, { type: "run-stopped", stop: dearer }, stop("offline"));
  expect(graver).toMatchObject({ stop: dearer, isPaused: true });
  expect(after(graver, { type: "run-resumed" })).toMatchObject({ stop: null, isPaused: false });
});

test("what is asked for while the run is stopped is taken alone, and no longer once it stops again", () => {
  const asked = after(
    start(["a"], true),
    { type: "tasks-queued", taskUuids: ["b"] },
    { type: "tasks-marked", as: "asked", taskUuids: ["b"] },
  );
  expect(nextTask(asked)).toBe("b");
  expect([maySend(asked, "a"), maySend(asked, "b")]).toEqual([false, true]);
  expect(nextTask(after(asked, stop("offline")))).toBeUndefined();
});

test("a full disk is no rest, even with nothing left to do: answers may be unwritten", () => {
  const failure = { kind: "storage-full" } as const;
  const full = after(start(), { type: "run-stopped", stop: { kind: "failure", failure } });
  expect([phaseOf(full), isAtRest(full)]).toEqual(["paused", false]);
  expect([phaseOf(start()), isAtRest(start())]).toEqual(["idle", true]);
});

test("whatever happens, a task is in the queue or under way, never both, and is gone once it has ended", () => {
  const action = fc
    .constantFrom(...TASKS)
    .chain((taskUuid) =>
      fc.constantFrom<RunAction>(
        { type: "task-taken", taskUuid },
        { type: "tasks-marked", as: "parked", taskUuids: [taskUuid] },
        { type: "task-put-back", taskUuid, at: 0 },
        { type: "tasks-marked", as: "cancelled", taskUuids: [taskUuid] },
        { type: "tasks-ended", taskUuids: [taskUuid] },
        { type: "run-resumed" },
        stop("person"),
      ),
    );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      let state = start(TASKS);
      const ended = new Set<string>();
      for (const next of actions) {
        // The engine parks and puts back only what is under way, and takes only what waits.
        if (
          "taskUuid" in next &&
          state.queue.includes(next.taskUuid) !== (next.type === "task-taken")
        )
          continue;
        if ("taskUuid" in next && ended.has(next.taskUuid)) continue;
        if (next.type === "tasks-marked" && next.as === "parked")
          if (next.taskUuids.some((uuid) => !state.active.has(uuid))) continue;
        state = reduceRun(state, next);
        if (next.type === "tasks-ended") for (const uuid of next.taskUuids) ended.add(uuid);
        const places = [...state.queue, ...state.active];
        expect(places.toSorted()).toEqual(TASKS.filter((uuid) => !ended.has(uuid)));
        expect([...state.parked].every((uuid) => state.active.has(uuid))).toBe(true);
        expect(state.isPaused).toBe(state.stop !== null);
      }
    }),
  );
});
