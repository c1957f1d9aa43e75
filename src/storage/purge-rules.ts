import { hasEnded, hasLooseEnds, isInDoubt, type Task } from "#src/domain/task.ts";

/** What a purge does with a task whose image or answer was removed. */
export type TaskFate =
  | { kind: "goes" }
  /** The row stays as it is. */
  | { kind: "left" }
  /** It may still be answered: its row, its image and its picture are needed. */
  | { kind: "awaited" }
  /** Nobody knows what it cost, so it keeps its hold, without the answer. */
  | { kind: "held"; task: Task };

/** What happens to a task of a sheet that is not removed. */
export function fateOf(task: Task): TaskFate {
  if (!hasEnded(task)) return { kind: "awaited" };
  if (!hasLooseEnds(task)) return { kind: "goes" };
  const { state } = task;
  if (state.phase !== "done") return { kind: "held", task };
  const { source, costMicroUsd } = state;
  return { kind: "held", task: { ...task, state: { phase: "empty", source, costMicroUsd } } };
}

/** True while a task of a deleted sheet was sent and is looked for. What was not sent is cancelled with its sheet. */
export function keepsSheet(task: Task, sentBefore = -Infinity): boolean {
  const { sentAt, firstSentAt } = task.times;
  return isInDoubt(task) && (sentAt ?? firstSentAt ?? -Infinity) >= sentBefore;
}
