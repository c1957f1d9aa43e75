import { failureText } from "#src/domain/failure-text.ts";
import type { FieldId } from "#src/domain/field.ts";
import type { ExistingFrom, Mark } from "#src/domain/mark.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { ShownAnswer } from "#src/domain/shown-answer.ts";
import {
  answeredState,
  costOf,
  hasEnded,
  isReused,
  isSimulatedTask,
  type Task,
} from "#src/domain/task.ts";

/** Whose words a text is in. */
export type HistoryOrigin = "model" | "you" | "existing";

/** A text that a field had, or has. */
export interface HistoryText {
  kind: "text";
  id: string;
  /** Epoch milliseconds. */
  at: number;
  origin: HistoryOrigin;
  /** "" if a model answered with nothing. */
  text: string;
  /** Null for words that no model gave. */
  task: Task | null;
  /** Null for a model's words. */
  mark: Mark | null;
  /** Where an existing text came from; null for any other. */
  from: ExistingFrom | null;
  isShown: boolean;
}

/** A try without an answer: it failed, was refused or cancelled, is unsettled, or is under way. */
export interface HistoryTry {
  kind: "try";
  id: string;
  /** Epoch milliseconds. */
  at: number;
  task: Task;
  outcome: "under way" | "refused" | "failed" | "unsettled" | "cancelled";
  /** A sentence; null if nothing went wrong. */
  reason: string | null;
}

export type HistoryEntry = HistoryText | HistoryTry;

/**
 * Everything that was asked, answered and written for one field of an image, the newest first; replaced texts too, what
 * was taken back not. An answer that another view asked for counts if it is the one that is shown.
 *
 * @param tasks of this image
 * @param marks of this image
 */
export function historyOf(
  { tasks, marks }: { tasks: readonly Task[]; marks: readonly Mark[] },
  { fieldId, shown }: { fieldId: FieldId; shown: ShownAnswer },
): HistoryEntry[] {
  const words = shown.edit ?? shown.existing;
  const shownId = words?.id ?? shown.answered?.taskUuid ?? null;
  const isOwn = (task: Task): boolean =>
    (task.askedBy === "caption" && task.fieldId === fieldId) ||
    task.taskUuid === shown.answered?.taskUuid;
  const asked = tasks.filter((task) => task.deletedAt === null && isOwn(task));
  const written = marks.filter(({ deletedAt }) => deletedAt === null);
  return [
    ...asked.flatMap((task) => entryOf(task, shownId)),
    ...written.toSorted((a, b) => a.seq - b.seq).flatMap((mark) => textOf(mark, fieldId, shownId)),
  ]
    .toReversed()
    .toSorted((a, b) => b.at - a.at);
}

/** None for an age verdict, which is no text. */
function entryOf(task: Task, shownId: string | null): HistoryEntry[] {
  const { taskUuid: id, state, times } = task;
  const at = times.endedAt ?? times.createdAt;
  const answered = answeredState(task);
  if (answered === null) {
    const reason = "failure" in state && hasEnded(task) ? failureText(state.failure) : null;
    return [{ kind: "try", id, at, task, outcome: outcomeOf(task), reason }];
  }
  if (answered.phase === "done" && answered.answer.kind !== "caption") return [];
  const text =
    answered.phase === "done" && answered.answer.kind === "caption" ? answered.answer.text : "";
  const origin = "model" as const;
  return [
    { kind: "text", id, at, origin, text, task, mark: null, from: null, isShown: id === shownId },
  ];
}

const ENDS = ["refused", "failed", "unsettled", "cancelled"] as const;

function outcomeOf({ state }: Task): HistoryTry["outcome"] {
  return ENDS.find((end) => end === state.phase) ?? "under way";
}

function textOf(mark: Mark, fieldId: FieldId, shownId: string | null): HistoryText[] {
  const { id, at, value } = mark;
  if ((value.kind !== "edit" && value.kind !== "existing") || value.fieldId !== fieldId) return [];
  const isExisting = value.kind === "existing";
  return [
    {
      kind: "text",
      id,
      at,
      origin: isExisting ? "existing" : "you",
      text: value.text,
      task: null,
      mark,
      from: isExisting ? value.from : null,
      isShown: id === shownId,
    },
  ];
}

/** What a task is known to have cost: null is unknown. One that may have been charged is unknown, too. */
export function costOfTry(task: Task): MicroUsd | null {
  return task.state.phase === "unsettled" ? null : costOf(task);
}

/** How long it took from sending to its end, in milliseconds; null if nothing was sent, or it has not ended. */
export function tookMs({ times: { sentAt, endedAt } }: Task): number | null {
  return sentAt === null || endedAt === null ? null : Math.max(0, endedAt - sentAt);
}

/** Where an answer came from, if not straight from the service. */
export function sourceWords(task: Task): string[] {
  const source = answeredState(task)?.source;
  return [
    ...(isReused(task) ? ["reused"] : []),
    ...(source === "recorded" ? ["recorded"] : []),
    ...(source === "device" ? ["on this device"] : []),
    ...(isSimulatedTask(task) ? ["simulated"] : []),
  ];
}
