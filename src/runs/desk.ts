import { purseOf } from "#src/domain/connection.ts";
import type { Failure } from "#src/domain/failure.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import { isInDoubt, type Task, type TaskUuid } from "#src/domain/task.ts";
import type { Throttle } from "./throttle.ts";
import type { Clock, Ledger, LedgerQuestion, Network, PictureSource, TaskClient } from "./ports.ts";
import type { Prices } from "./prices.ts";
import type { RunStop } from "./run-events.ts";
import type { TaskEvent } from "./task-reducer.ts";

/** How long the engine waits for what, in milliseconds. */
export interface Timing {
  /** One POST. Longer than a proxy's own deadline of 120 s, so that its word comes first. */
  askMs: number;
  /** One look-up. */
  lookUpMs: number;
  /** From a doubtful try until the task counts as unsettled, where it was sent for a synchronous answer. */
  settleMs: number;
  /** The same for asynchronous delivery. */
  settleAsyncMs: number;
}

export const TIMING: Timing = {
  askMs: 130_000,
  lookUpMs: 30_000,
  settleMs: 120_000,
  settleAsyncMs: 600_000,
};

/** What every task of an engine is carried with. */
export interface TaskTools {
  client: () => TaskClient;
  pictures: PictureSource;
  clock: Clock;
  random: () => number;
  network: Network;
  timing: Timing;
  prices: Prices;
}

/** Where one sheet's tasks are kept while they run: the only way to change one. */
export interface Desk {
  tools: TaskTools;
  ledger: Ledger;
  /** The throttle of the connection in use. */
  throttle: () => Throttle;
  settings: () => RunSettings;
  task: (taskUuid: TaskUuid) => Task;
  /** Something happened to a task: reduces it, shows it, writes it. */
  tell: (taskUuid: TaskUuid, event: TaskEvent, question?: LedgerQuestion | null) => void;
  /** The same without writing: the ledger knows already, or need not. */
  show: (taskUuid: TaskUuid, event: TaskEvent) => void;
  /** Writes what the task is about to be, before it is. Resolves once that is flushed to disk. */
  mark: (taskUuid: TaskUuid, event: TaskEvent) => Promise<void>;
  /** Aborts when this task may not be sent any more: paused, cancelled, stopped. */
  unsent: (taskUuid: TaskUuid) => AbortSignal;
  /** Aborts when the engine ends: everything is left as the ledger has it. */
  over: AbortSignal;
  mayPost: (taskUuid: TaskUuid) => boolean;
  isCancelled: (taskUuid: TaskUuid) => boolean;
  /** True for a task that is looked up once more by the person's wish, and nothing else. */
  isChecked: (taskUuid: TaskUuid) => boolean;
  stopRun: (stop: RunStop) => void;
  /** Somebody answered a request: there is no outage. */
  heard: () => void;
  /** A request reached nobody. A few of these in a row stop the run until somebody answers again. */
  heardNobody: (failure: Failure) => void;
  isOutage: () => boolean;
  /** From here on the task only waits for word of it, and keeps no other from being taken. */
  park: (taskUuid: TaskUuid) => void;
}

/** One task on its way. */
export interface Errand {
  desk: Desk;
  taskUuid: TaskUuid;
  /** Null where the person removed it. */
  image: SheetImage | null;
  /** True where the task keeps its slot while it is polled for: its look-ups need none of their own. */
  hasSlot: boolean;
}

/** Who keeps silent, for all that this failure tells: without the proxy nothing is known of the service behind it. */
export function stopForOutage(failure: Failure): RunStop {
  const isProxy = failure.kind === "unreachable" && failure.via === "proxy";
  return { kind: "outage", silent: isProxy ? "proxy" : "service" };
}

export function stopForFailure(failure: Failure): RunStop {
  return { kind: "failure", failure };
}

/** True where the connection in use pays from the purse that the person agreed to. */
export function paysFromItsPurse(desk: Desk, taskUuid: TaskUuid): boolean {
  return purseOf(desk.tools.client().connection) === desk.task(taskUuid).purse;
}

/** True unless a price was seen since the task was taken that its hold does not cover. */
export function holdsEnough({ tools, task }: Desk, taskUuid: TaskUuid): boolean {
  const { holdMicroUsd, purse, recipe } = task(taskUuid);
  return isInDoubt(task(taskUuid)) || tools.prices.holdOf(recipe.modelId, purse) <= holdMicroUsd;
}

export function stopForPurse(task: Task): RunStop {
  return { kind: "purse", asked: task.purse, isSent: isInDoubt(task) };
}
