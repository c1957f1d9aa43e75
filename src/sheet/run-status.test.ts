import { describe, expect, test } from "vitest";
import { answeredTask, exampleTask } from "#src/domain/example-rows.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import { secondsLeft } from "./run-status.tsx";

describe("the time left", () => {
  const now = 1_000_000;
  const waiting = Array.from({ length: 30 }, () => [exampleTask()]);
  // Ten answers in the last 20 seconds, and one from long ago.
  const ends = [now - 500_000, ...Array.from({ length: 10 }, (_, at) => now - at * 2_000 - 2_000)];
  const failed = { phase: "failed", failure: { kind: "picture-missing" } } as const;

  test("is calculated from the last minute alone", () => {
    expect(secondsLeft([...waiting, ...ends.map((at) => [endedTask(at)])], now)).toBe(60);
    expect(secondsLeft([...waiting, [endedTask(now - 1_000)]], now)).toBeNull();
    expect(
      secondsLeft(
        ends.map((at) => [endedTask(at)]),
        now,
      ),
    ).toBeNull();
  });

  test("counts failures, which take as long, but nothing that was reused or cancelled", () => {
    const { state } = answeredTask(0);
    if (state.phase !== "done") throw new Error("not an answer");
    const reused = endedTask(now - 1_000, { ...state, source: "reused" });
    const cancelled = endedTask(now - 1_000, { phase: "cancelled" });
    const tasks = ends.map((at, index) => [endedTask(at, index % 2 === 0 ? failed : state)]);
    expect(secondsLeft([...waiting, ...tasks, [reused], [cancelled]], now)).toBe(60);
  });
});

function endedTask(endedAt: number, state: TaskState = answeredTask(0).state): Task {
  const { times } = exampleTask();
  return exampleTask({ state, times: { ...times, endedAt } });
}
