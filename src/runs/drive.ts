import { purseOf, type Purse } from "#src/domain/connection.ts";
import type { SheetId } from "#src/domain/image.ts";
import { keepsHold } from "#src/domain/money-fold.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import {
  hasEnded,
  isInDoubt,
  isInFlight,
  type RunId,
  type Task,
  type TaskUuid,
} from "#src/domain/task.ts";
import { createBudget, type Budget, type PriceBounds } from "./budget.ts";
import type { TaskTools } from "./desk.ts";
import type { Throttle, Throttles } from "./throttle.ts";
import { createLedgerWriter, type LedgerWriter } from "./ledger.ts";
import type { Ledger } from "./ports.ts";
import type { RunEvent, RunStatus, RunStop } from "./run-events.ts";
import { reduceTask } from "./task-reducer.ts";

/** What drives one sheet's tasks: everything that changes while they run. */
export interface Drive {
  sheetId: SheetId;
  tools: TaskTools;
  throttles: Throttles;
  ledger: Ledger;
  writer: LedgerWriter;
  budgets: Record<Purse, Budget>;
  emit: (event: RunEvent) => void;
  /** Aborts when the engine ends. */
  over: AbortSignal;
  settings: RunSettings;
  /** Tasks that have not ended. Those that have are the ledger's alone, so that memory does not grow with a run. */
  tasks: Map<TaskUuid, Task>;
  /** To be taken, in order. */
  queue: TaskUuid[];
  active: Map<TaskUuid, Promise<void>>;
  /** Active ones that only wait for word of what was sent. */
  parked: Set<TaskUuid>;
  cancelled: Set<TaskUuid>;
  /** Unsettled ones that are looked up once more. */
  checked: Set<TaskUuid>;
  inFlight: number;
  runId: RunId | null;
  stop: RunStop | null;
  /** True while it waits for the person's word, whatever `stop` says beside that. */
  isPaused: boolean;
  /** Asked for while the run stood still: these are sent all the same, the rest is not. */
  asked: Set<TaskUuid>;
  unsent: AbortController;
  /** True while orders are read: nothing more is taken from the queue until the last one is known. */
  takesNone: boolean;
  /** Requests in a row that reached nobody. */
  unheard: number;
  /** Aborts the rest before the next look whether what stopped the run has passed; null while nobody looks. */
  nextLook: AbortController | null;
  told: RunStatus | null;
  /** Called when nothing is under way any more. */
  onRest: () => void;
  /** Called when the run is stopped by what may pass by itself. */
  onHeldUp: () => void;
}

export interface DriveOptions {
  tools: TaskTools;
  throttles: Throttles;
  ledger: Ledger;
  emit: (event: RunEvent) => void;
  over: AbortSignal;
  onWritten: (taskUuids: readonly TaskUuid[]) => void;
  onRest: () => void;
  onHeldUp: () => void;
}

/** Reads a sheet from its ledger, with what an earlier page left unfinished. Null where there is no such sheet. */
export async function loadDrive(sheetId: SheetId, options: DriveOptions): Promise<Drive | null> {
  const { ledger, tools } = options;
  const [records, seen] = await Promise.all([ledger.readRun(sheetId), ledger.readSeenPrices()]);
  if (records === null) return null;
  tools.prices.recall(seen);
  const { sheet, spentMicroUsd, run } = records;
  const { capMicroUsd } = sheet.run;
  const budgets = {
    sandbox: createBudget({ capMicroUsd, spentMicroUsd: spentMicroUsd.sandbox }),
    runware: createBudget({ capMicroUsd, spentMicroUsd: spentMicroUsd.runware }),
  };
  for (const task of records.tasks)
    if (keepsHold(asLeft(task))) budgets[task.purse].adopt(task.taskUuid, boundsLeft(task, tools));
  const unended = records.tasks.flatMap((task) => {
    if (hasEnded(task)) return [];
    const left = asLeft(task);
    if (left !== task) options.emit({ type: "task-changed", sheetId, task: left });
    return [left];
  });
  const queue = [...unended.filter(isInDoubt), ...unended.filter((task) => !isInDoubt(task))].map(
    ({ taskUuid }) => taskUuid,
  );
  const isPaused = run?.paused === true && unended.length > 0;
  return {
    sheetId,
    tools,
    throttles: options.throttles,
    ledger,
    writer: createLedgerWriter(ledger, options.onWritten),
    budgets,
    emit: options.emit,
    over: options.over,
    settings: sheet.run,
    tasks: new Map(unended.map((task) => [task.taskUuid, task])),
    queue,
    active: new Map(),
    parked: new Set(),
    cancelled: new Set(),
    checked: new Set(),
    inFlight: unended.filter(isInFlight).length,
    runId: run?.runId ?? null,
    stop: isPaused ? { kind: "person" } : null,
    isPaused,
    asked: new Set(),
    unsent: new AbortController(),
    takesNone: false,
    unheard: 0,
    nextLook: null,
    told: null,
    onRest: options.onRest,
    onHeldUp: options.onHeldUp,
  };
}

export function throttleOf(drive: Drive): Throttle {
  return drive.throttles.of(drive.tools.client().connection);
}

export function statusOf(drive: Drive): RunStatus {
  const { connection } = drive.tools.client();
  const throttle = drive.throttles.of(connection);
  const budget = drive.budgets[purseOf(connection)];
  return {
    sheetId: drive.sheetId,
    runId: drive.runId,
    phase: phaseOf(drive),
    following: false,
    stop: drive.stop,
    inFlight: drive.inFlight,
    limit: throttle.limit(),
    slowedDown: throttle.isSlowedDown(),
    quietUntil: throttle.quietUntil(),
    spentMicroUsd: budget.spentMicroUsd(),
    heldMicroUsd: budget.heldMicroUsd(),
  };
}

/** Tells of the status where it is another than was told last. */
export function tellStatus(drive: Drive): void {
  const status = statusOf(drive);
  const { told } = drive;
  drive.told = status;
  if (told === null || !isSameStatus(told, status)) drive.emit({ type: "run-changed", status });
}

export function isAtRest(drive: Drive): boolean {
  const { active, queue, stop } = drive;
  // A full disk may have left answers unwritten: this page alone has them.
  if (active.size > 0 || isDiskFull(stop)) return false;
  return queue.length === 0 || (stop !== null && !endsByItself(stop));
}

/** True for what may pass without a person's word, as long as somebody looks whether it has. */
export function endsByItself(stop: RunStop | null): boolean {
  return stop?.kind === "outage" || isDiskFull(stop);
}

export function isDiskFull(stop: RunStop | null): boolean {
  return stop?.kind === "failure" && stop.failure.kind === "storage-full";
}

// A page that ended while it prepared, or rested from being turned away, left nothing on the wire.
function asLeft(task: Task): Task {
  return isInDoubt(task)
    ? task
    : reduceTask(task, { type: "task-postponed", mayBeAccepted: false });
}

// What has ended without a known cost keeps its hold, and comes no dearer.
function boundsLeft(task: Task, { prices }: TaskTools): PriceBounds {
  const { holdMicroUsd, purse, recipe } = task;
  if (hasEnded(task)) return { holdMicroUsd, worstMicroUsd: holdMicroUsd };
  const { worstMicroUsd } = prices.boundsOf(recipe.modelId, purse);
  return { holdMicroUsd, worstMicroUsd };
}

export function phaseOf(drive: Drive): RunStatus["phase"] {
  const isDone = drive.queue.length === 0 && drive.active.size === 0;
  if (isDone && !isDiskFull(drive.stop)) return "idle";
  return drive.stop === null ? "running" : "paused";
}

function isSameStatus(left: RunStatus, right: RunStatus): boolean {
  return (
    left.runId === right.runId &&
    left.phase === right.phase &&
    left.stop === right.stop &&
    left.inFlight === right.inFlight &&
    left.limit === right.limit &&
    left.slowedDown === right.slowedDown &&
    left.quietUntil === right.quietUntil &&
    left.spentMicroUsd === right.spentMicroUsd &&
    left.heldMicroUsd === right.heldMicroUsd
  );
}
