import { type Answer, type AnswerSource, isSimulated } from "./answer.ts";
import type { Purse } from "./connection.ts";
import type { Failure } from "./failure.ts";
import type { FieldId } from "./field.ts";
import type { ImageId, SheetId } from "./image.ts";
import type { MicroUsd } from "./money.ts";
import type { Mount } from "./mount.ts";
import type { Recipe } from "./recipe.ts";

export type TaskUuid = string;
export type RunId = string;

/** The view that asked. Any view shows any answer; Caption prefers those it asked for itself. */
export type AskedBy = "caption" | "compare" | "age-check";

/** The state of a task. Times are epoch milliseconds. */
export type TaskState =
  | { phase: "waiting" }
  | { phase: "preparing" }
  | { phase: "sending"; attempt: number }
  | { phase: "resting"; attempt: number; until: number; failure: Failure }
  | { phase: "polling"; attempt: number }
  | { phase: "done"; answer: Answer; source: AnswerSource; costMicroUsd: MicroUsd | null }
  | { phase: "empty"; source: AnswerSource; costMicroUsd: MicroUsd | null }
  | { phase: "refused"; failure: Failure }
  | { phase: "failed"; failure: Failure }
  | { phase: "cancelled" }
  /** May or may not have been accepted, and may have been charged. */
  | { phase: "unsettled"; failure: Failure };

export type TaskPhase = TaskState["phase"];

/** What went over the wire for a task; null dimensions for pictures sent by reference. */
export interface SentFacts {
  width: number | null;
  height: number | null;
  bytes: number;
}

/** When each step happened, in epoch milliseconds; null until it has. */
export interface TaskTimes {
  createdAt: number;
  preparingAt: number | null;
  /**
   * The first try that may have been accepted (one that was turned away does not count): the UUID may be posted again
   * within 10 minutes of it.
   */
  firstSentAt: number | null;
  /** The latest try. */
  sentAt: number | null;
  endedAt: number | null;
  /** Milliseconds the service says it took, if known. */
  serviceMs: number | null;
}

/**
 * One recipe for one image (and repeat): the unit that is sent, billed and retried. Append-only: a redo adds a task.
 */
export interface Task {
  /** UUID v4, made before the task is written; the same on the wire. */
  taskUuid: TaskUuid;
  sheetId: SheetId;
  imageId: ImageId;
  runId: RunId;
  askedBy: AskedBy;
  /** The field it was asked for; null from Compare and Age check. */
  fieldId: FieldId | null;
  /**
   * Its prompt is the template. It decides which column the task belongs to, and whether its answer is
   * to the current recipe.
   */
  recipe: Recipe;
  /**
   * The prompt with its variables filled in, as it is sent: answers are reused by it. Null for a model that takes none.
   */
  promptSent: string | null;
  /** The language that was asked for, a BCP 47 tag; null if it was left to the prompt. */
  language: string | null;
  /** From 1; above 1 only if Compare asks the same recipe several times. */
  repeat: number;
  /** What its picture is laid on as it is sent, as at the press; null if it needs nothing. Answers are reused by it, too. */
  mount: Mount | null;
  purse: Purse;
  state: TaskState;
  times: TaskTimes;
  sent: SentFacts | null;
  /** Held while the task is in flight or unsettled; 0 for a reused answer. */
  holdMicroUsd: MicroUsd;
  /**
   * Set when the user removed the answer; purged when that can no longer be undone. Never
   * un-spends.
   */
  deletedAt: number | null;
}

/** What is remembered about a sheet's latest run besides its tasks. */
export interface RunNote {
  sheetId: SheetId;
  runId: RunId;
  /** True if it waits for the user to resume it, also after a reload. */
  paused: boolean;
}

const ENDED: ReadonlySet<TaskPhase> = new Set([
  "done",
  "empty",
  "refused",
  "failed",
  "cancelled",
  "unsettled",
]);
const ON_THE_WIRE: ReadonlySet<TaskPhase> = new Set(["sending", "resting", "polling"]);

/** True once nothing more will happen to a task by itself. */
export function hasEnded(task: Task): boolean {
  return ENDED.has(task.state.phase);
}

/** True while a task has been sent and its end is not known: leaving now could lose sight of a paid answer. */
export function isInFlight(task: Task): boolean {
  return ON_THE_WIRE.has(task.state.phase);
}

/**
 * True while a task's fate is open: it was sent, may have been accepted, and nothing has shown how it ended.
 */
export function isInDoubt(task: Task): boolean {
  return task.times.firstSentAt !== null && !hasEnded(task);
}

/** True if a task that is being sent may have been accepted by an earlier try. */
export function wasInDoubt(times: TaskTimes): boolean {
  return times.firstSentAt !== null && times.firstSentAt !== times.sentAt;
}

/** True while a task can still change, or its hold remains: it has not ended, is unsettled, or has no known cost. */
export function hasLooseEnds(task: Task): boolean {
  return !hasEnded(task) || task.state.phase === "unsettled" || costOf(task) === null;
}

/** The state of a task that has an answer, even an empty one; null for any other. */
export function answeredState({
  state,
}: Task): Extract<TaskState, { phase: "done" | "empty" }> | null {
  return state.phase === "done" || state.phase === "empty" ? state : null;
}

/** True if a task has an answer, even an empty one. */
export function hasAnswer(task: Task): boolean {
  return answeredState(task) !== null;
}

/** True if the answer is that of an earlier task, so that nothing was sent or paid. */
export function isReused(task: Task): boolean {
  return answeredState(task)?.source === "reused";
}

/** What a task is known to have cost: null if the service named no cost, 0 if nothing was billed. */
export function costOf(task: Task): MicroUsd | null {
  const answered = answeredState(task);
  return answered === null ? 0 : answered.costMicroUsd;
}

/**
 * True if a task's answer must be labelled simulated. A reused answer keeps no source of its own; the purse it was
 * asked under shows whether it can have come from the sandbox.
 */
export function isSimulatedTask(task: Task): boolean {
  const source = answeredState(task)?.source;
  if (source === undefined) return false;
  return isSimulated(source) || (source === "reused" && task.purse === "sandbox");
}
