import type { Answer, AnswerSource } from "#src/domain/answer.ts";
import type { Purse } from "#src/domain/connection.ts";
import type { Failure } from "#src/domain/failure.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import {
  hasEnded,
  isInDoubt,
  wasInDoubt,
  type SentFacts,
  type Task,
  type TaskTimes,
} from "#src/domain/task.ts";

/** Everything that can happen to a task. Moments are epoch milliseconds. */
export type TaskEvent =
  /** The user agreed to pay for it from this purse. */
  | { type: "task-agreed"; purse: Purse }
  | { type: "task-taken"; at: number; holdMicroUsd: MicroUsd }
  | { type: "task-sent"; at: number; attempt: number; sent: SentFacts }
  /** `mayBeAccepted` is false if the service turned this try away. */
  | { type: "task-rested"; until: number; failure: Failure; mayBeAccepted: boolean }
  | { type: "task-accepted" }
  | {
      type: "task-answered";
      at: number;
      answer: Answer | null;
      source: AnswerSource;
      costMicroUsd: MicroUsd | null;
      serviceMs: number | null;
    }
  | { type: "task-refused"; at: number; failure: Failure }
  | { type: "task-failed"; at: number; failure: Failure }
  | { type: "task-postponed"; mayBeAccepted: boolean }
  | { type: "task-cancelled"; at: number }
  | { type: "task-unsettled"; at: number; failure: Failure }
  /** The user has an unsettled task looked up again ("polling"), or sent again under its id ("waiting"). */
  | { type: "task-reopened"; to: "polling" | "waiting" };

/**
 * The state of a task after an event. An event that does not fit the task's state changes nothing (the same object
 * comes back): a late message must never undo an answer. An unsettled task can still be answered, since it may have
 * been paid for, and it is taken up again if the user asks for that.
 */
export function reduceTask(task: Task, event: TaskEvent): Task {
  const { phase } = task.state;
  const reopens = event.type === "task-answered" || event.type === "task-reopened";
  if (hasEnded(task) && !(phase === "unsettled" && reopens)) return task;
  switch (event.type) {
    case "task-agreed":
      return phase === "waiting" && !isInDoubt(task) && task.purse !== event.purse
        ? { ...task, purse: event.purse }
        : task;
    case "task-taken":
      return phase === "waiting" ? taken(task, event) : task;
    case "task-sent":
      return phase === "preparing" || phase === "resting" ? sent(task, event) : task;
    case "task-rested":
      return rested(task, event);
    case "task-accepted":
      return isInDoubt(task) && phase !== "polling"
        ? { ...task, state: { phase: "polling", attempt: attemptOf(task) } }
        : task;
    case "task-answered":
      return isInDoubt(task) || phase === "unsettled" ? answered(task, event) : task;
    case "task-refused":
    case "task-failed":
      return phase === "waiting" && !isInDoubt(task) ? task : failed(task, event);
    case "task-postponed":
      return phase === "waiting" ? task : postponed(task, event.mayBeAccepted);
    case "task-cancelled":
      return isInDoubt(task) ? task : ended(task, event.at, { phase: "cancelled" });
    case "task-unsettled":
      return isInDoubt(task)
        ? ended(task, event.at, { phase: "unsettled", failure: event.failure })
        : task;
    case "task-reopened":
      return phase === "unsettled" ? reopened(task, event.to) : task;
  }
}

/** The latest try of a task, from 1; 0 if it was never sent, or waits to be sent again. */
function attemptOf({ state }: Task): number {
  return state.phase === "sending" || state.phase === "resting" || state.phase === "polling"
    ? state.attempt
    : 0;
}

const LEAST_STEP_MS = 0.001;

type EventOf<Type extends TaskEvent["type"]> = Extract<TaskEvent, { type: Type }>;

function taken(task: Task, event: EventOf<"task-taken">): Task {
  const times = { ...task.times, preparingAt: event.at };
  // A task that may have been accepted keeps the hold it was sent with.
  if (isInDoubt(task)) return { ...task, state: { phase: "preparing" }, times };
  return { ...task, state: { phase: "preparing" }, times, holdMicroUsd: event.holdMicroUsd };
}

function sent(task: Task, event: EventOf<"task-sent">): Task {
  const { firstSentAt } = task.times;
  // Its own moment tells a later try from the first doubtful one, however soon it follows and whatever the clock says.
  const sentAt = firstSentAt === null ? event.at : Math.max(event.at, firstSentAt + LEAST_STEP_MS);
  return {
    ...task,
    state: { phase: "sending", attempt: event.attempt },
    sent: event.sent,
    times: { ...task.times, firstSentAt: firstSentAt ?? event.at, sentAt },
  };
}

function rested(task: Task, event: EventOf<"task-rested">): Task {
  if (task.state.phase !== "sending") return task;
  const { attempt } = task.state;
  const { until, failure } = event;
  return {
    ...task,
    state: { phase: "resting", attempt, until, failure },
    times: event.mayBeAccepted ? task.times : withoutLatestTry(task.times),
  };
}

function answered(task: Task, event: EventOf<"task-answered">): Task {
  const { answer, source, costMicroUsd } = event;
  const times = { ...task.times, endedAt: event.at, serviceMs: event.serviceMs };
  return answer === null
    ? { ...task, times, state: { phase: "empty", source, costMicroUsd } }
    : { ...task, times, state: { phase: "done", answer, source, costMicroUsd } };
}

function failed(task: Task, event: EventOf<"task-refused" | "task-failed">): Task {
  const phase = event.type === "task-refused" ? "refused" : "failed";
  return ended(task, event.at, { phase, failure: event.failure });
}

function postponed(task: Task, mayBeAccepted: boolean): Task {
  const wasTurnedAway = task.state.phase === "sending" && !mayBeAccepted;
  return {
    ...task,
    state: { phase: "waiting" },
    times: wasTurnedAway ? withoutLatestTry(task.times) : task.times,
  };
}

function reopened(task: Task, to: "polling" | "waiting"): Task {
  const { firstSentAt, sentAt, createdAt } = task.times;
  return {
    ...task,
    state: to === "polling" ? { phase: to, attempt: 1 } : { phase: to },
    // It stays in doubt, whatever was kept of its times.
    times: { ...task.times, firstSentAt: firstSentAt ?? sentAt ?? createdAt, endedAt: null },
  };
}

function ended(task: Task, at: number, state: Task["state"]): Task {
  return { ...task, state, times: { ...task.times, endedAt: at } };
}

// The first doubtful try remains the first, unless this very try was turned away.
function withoutLatestTry(times: TaskTimes): TaskTimes {
  return wasInDoubt(times) ? times : { ...times, firstSentAt: null };
}
