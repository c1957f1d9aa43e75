import type { Failure } from "#src/domain/failure.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import { isInDoubt, type RunId, type Task, type TaskUuid } from "#src/domain/task.ts";
import type { RunStatus, RunStop } from "./run-events.ts";

/** What a sheet's run knows besides its tasks. Only `reduceRun` changes it. */
export interface RunState {
  settings: RunSettings;
  runId: RunId | null;
  stop: RunStop | null;
  /** True while it waits for the user to resume it, whatever `stop` says besides. */
  isPaused: boolean;
  /** Requests in a row that reached nobody. */
  silences: number;
  /** True while orders are read: nothing more is taken from the queue until the last one is known. */
  isReadingOrders: boolean;
  /** Tasks to be taken, in order. */
  queue: readonly TaskUuid[];
  /** Tasks under way. */
  active: ReadonlySet<TaskUuid>;
  /** Active ones that only wait to hear what became of the task. */
  parked: ReadonlySet<TaskUuid>;
  cancelled: ReadonlySet<TaskUuid>;
  /** Unsettled ones that are looked up once more. */
  checked: ReadonlySet<TaskUuid>;
  /** Asked for while the run was stopped: these are still sent, the rest is not. */
  asked: ReadonlySet<TaskUuid>;
}

type TaskMark = "parked" | "cancelled" | "checked" | "asked";

/** Everything that can happen to a sheet's run. */
export type RunAction =
  | { type: "settings-changed"; settings: RunSettings }
  | { type: "orders-read"; isReading: boolean }
  | { type: "run-named"; runId: RunId }
  | { type: "run-stopped"; stop: RunStop }
  | { type: "run-resumed" }
  | { type: "somebody-heard" }
  | { type: "nobody-heard" }
  | { type: "tasks-queued"; taskUuids: readonly TaskUuid[] }
  | { type: "tasks-marked"; as: TaskMark; taskUuids: readonly TaskUuid[] }
  | { type: "task-taken"; taskUuid: TaskUuid }
  /** `at` is its earlier place in the queue. */
  | { type: "task-put-back"; taskUuid: TaskUuid; at: number }
  | { type: "tasks-ended"; taskUuids: readonly TaskUuid[] };

const NONE: ReadonlySet<TaskUuid> = new Set();
const GRAVITY: Readonly<Record<RunStop["kind"], number>> = {
  offline: 0,
  outage: 0,
  person: 1,
  cap: 2,
  purse: 3,
  failure: 3,
  dearer: 3,
};
// Also after a reload. The others heal, or the next task meets them again.
const NEEDS_USER: ReadonlySet<RunStop["kind"]> = new Set(["person", "purse", "dearer"]);

export function createRunState(
  start: Pick<RunState, "settings" | "runId" | "isPaused" | "queue">,
): RunState {
  return {
    ...start,
    stop: start.isPaused ? { kind: "person" } : null,
    silences: 0,
    isReadingOrders: false,
    active: NONE,
    parked: NONE,
    cancelled: NONE,
    checked: NONE,
    asked: NONE,
  };
}

/**
 * The state of a run after an action. If the action changes nothing, the same object is returned.
 */
export function reduceRun(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case "settings-changed":
      return { ...state, settings: action.settings };
    case "orders-read":
      return { ...state, isReadingOrders: action.isReading };
    case "run-named":
      return { ...state, runId: action.runId };
    case "run-stopped":
      return stopped(state, action.stop);
    case "run-resumed":
      return { ...state, stop: null, isPaused: false, silences: 0, asked: NONE };
    case "somebody-heard":
      return state.silences === 0 ? state : { ...state, silences: 0 };
    case "nobody-heard":
      return { ...state, silences: state.silences + 1 };
    case "tasks-queued":
      return { ...state, queue: [...state.queue, ...action.taskUuids] };
    case "tasks-marked":
      return { ...state, [action.as]: new Set([...state[action.as], ...action.taskUuids]) };
    case "task-taken":
      return {
        ...state,
        queue: state.queue.filter((uuid) => uuid !== action.taskUuid),
        active: new Set([...state.active, action.taskUuid]),
      };
    case "task-put-back":
      return {
        ...state,
        queue: state.queue.toSpliced(action.at, 0, action.taskUuid),
        active: without(state.active, [action.taskUuid]),
        parked: without(state.parked, [action.taskUuid]),
      };
    case "tasks-ended": {
      const gone = new Set(action.taskUuids);
      return {
        ...state,
        queue: state.queue.filter((uuid) => !gone.has(uuid)),
        active: without(state.active, action.taskUuids),
        parked: without(state.parked, action.taskUuids),
        cancelled: without(state.cancelled, action.taskUuids),
        checked: without(state.checked, action.taskUuids),
        asked: without(state.asked, action.taskUuids),
      };
    }
  }
}

/** Who is silent, as far as this failure shows: without the proxy nothing is known about the service behind it. */
export function stopForOutage(failure: Failure): RunStop {
  const isProxy = failure.kind === "unreachable" && failure.via === "proxy";
  return { kind: "outage", silent: isProxy ? "proxy" : "service" };
}

export function stopForPurse(task: Task): RunStop {
  return { kind: "purse", asked: task.purse, isSent: isInDoubt(task) };
}

/** True for what may pass without the user, as long as somebody checks whether it has. */
export function endsByItself(stop: RunStop | null): boolean {
  return stop?.kind === "outage" || isDiskFull(stop);
}

export function isDiskFull(stop: RunStop | null): boolean {
  return stop?.kind === "failure" && stop.failure.kind === "storage-full";
}

export function phaseOf({ queue, active, stop }: RunState): RunStatus["phase"] {
  const isDone = queue.length === 0 && active.size === 0;
  if (isDone && !isDiskFull(stop)) return "idle";
  return stop === null ? "running" : "paused";
}

/** True if nothing is under way, and nothing begins without the user. */
export function isAtRest({ active, queue, stop }: RunState): boolean {
  // A full disk may have left answers unwritten: only this page has them.
  if (active.size > 0 || isDiskFull(stop)) return false;
  return queue.length === 0 || (stop !== null && !endsByItself(stop));
}

/** The task to take next, if one may be taken. */
export function nextTask({ stop, queue, asked }: RunState): TaskUuid | undefined {
  if (stop === null) return queue[0];
  return asked.size === 0 ? undefined : queue.find((uuid) => asked.has(uuid));
}

/**
 * What was asked for while the run was stopped still goes out: the user would not have asked
 * otherwise.
 */
export function maySend({ stop, asked }: RunState, taskUuid: TaskUuid): boolean {
  return stop === null || asked.has(taskUuid);
}

function stopped(state: RunState, stop: RunStop): RunState {
  // The first message stays unless a graver one comes: one sentence for the run, not one per task.
  const isGraver = state.stop === null || gravityOf(stop) > gravityOf(state.stop);
  return {
    ...state,
    stop: isGraver ? stop : state.stop,
    // Whatever else comes, it does not carry on until the user resumes it.
    isPaused: state.isPaused || NEEDS_USER.has(stop.kind),
    asked: NONE,
  };
}

// What passes by itself gives way to what needs the user.
function gravityOf(stop: RunStop): number {
  return endsByItself(stop) ? 0 : GRAVITY[stop.kind];
}

function without(
  set: ReadonlySet<TaskUuid>,
  taskUuids: readonly TaskUuid[],
): ReadonlySet<TaskUuid> {
  if (!taskUuids.some((uuid) => set.has(uuid))) return set;
  const rest = new Set(set);
  for (const uuid of taskUuids) rest.delete(uuid);
  return rest;
}
