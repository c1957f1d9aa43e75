import { toFailure } from "#src/domain/failure.ts";
import { keepsHold } from "#src/domain/money-fold.ts";
import { isInFlight, type Task, type TaskUuid } from "#src/domain/task.ts";
import { stopForFailure, stopForOutage, type Desk } from "./desk.ts";
import { endsByItself, throttleOf, tellStatus, type Drive } from "./drive.ts";
import type { LedgerQuestion } from "./ports.ts";
import type { RunStop } from "./run-events.ts";
import { reduceTask, type TaskEvent } from "./task-reducer.ts";

const GRAVITY: Readonly<Record<RunStop["kind"], number>> = {
  offline: 0,
  outage: 0,
  person: 1,
  cap: 2,
  purse: 3,
  failure: 3,
  dearer: 3,
};
const SILENCES_THAT_STOP = 3;
// After a reload too. The others heal, or are found again by the next task.
const NEEDS_WORD: ReadonlySet<RunStop["kind"]> = new Set(["person", "purse", "dearer"]);

/**
 * The one place where a sheet's tasks change: every change goes through the reducer, the budget, the screen and the
 * ledger. `onRoom` is called when a task makes room for another without having ended.
 */
export function createDesk(drive: Drive, onRoom: () => void): Desk {
  return {
    tools: drive.tools,
    ledger: drive.ledger,
    throttle: () => throttleOf(drive),
    settings: () => drive.settings,
    task: (taskUuid) => taskOf(drive, taskUuid),
    tell: (taskUuid, event, question = null) => {
      if (apply(drive, taskUuid, event)) save(drive, taskOf(drive, taskUuid), question);
    },
    show: (taskUuid, event) => {
      apply(drive, taskUuid, event);
    },
    mark: (taskUuid, event) => drive.writer.write([reduceTask(taskOf(drive, taskUuid), event)]),
    unsent: (taskUuid) => (maySend(drive, taskUuid) ? drive.unsent.signal : AbortSignal.abort()),
    over: drive.over,
    mayPost: (taskUuid) => maySend(drive, taskUuid),
    isChecked: (taskUuid) => drive.checked.has(taskUuid),
    isCancelled: (taskUuid) => drive.cancelled.has(taskUuid),
    stopRun: (stop) => stopRun(drive, stop),
    heard: () => {
      drive.unheard = 0;
    },
    heardNobody: (failure) => {
      drive.unheard += 1;
      if (drive.unheard >= SILENCES_THAT_STOP) stopRun(drive, stopForOutage(failure));
    },
    isOutage: () => drive.stop?.kind === "outage",
    park: (taskUuid) => {
      drive.parked.add(taskUuid);
      onRoom();
    },
  };
}

/** Ends tasks that were never sent: all at once, since there may be thousands. */
export function cancelUnsent(drive: Drive, taskUuids: readonly TaskUuid[]): void {
  if (taskUuids.length === 0) return;
  const at = drive.tools.clock.now();
  const tasks = taskUuids.map((taskUuid) => {
    return reduceTask(taskOf(drive, taskUuid), { type: "task-cancelled", at });
  });
  drive.emit({ type: "tasks-added", sheetId: drive.sheetId, tasks });
  keep(drive, drive.writer.write(tasks));
}

/** Lets nothing more be sent. What was sent goes on to its end. */
export function stopRun(drive: Drive, stop: RunStop): void {
  drive.unsent.abort();
  drive.asked.clear();
  // Whatever else comes, it does not go on without the person's word.
  const isPaused = drive.isPaused || NEEDS_WORD.has(stop.kind);
  // The first message stays, unless a graver one comes: one sentence for the run, not one per task.
  const isGraver = drive.stop === null || gravityOf(stop) > gravityOf(drive.stop);
  if (!isGraver && isPaused === drive.isPaused) return;
  drive.isPaused = isPaused;
  if (isGraver) drive.stop = stop;
  drive.nextLook?.abort();
  writeNote(drive);
  tellStatus(drive);
  if (endsByItself(drive.stop)) drive.onHeldUp();
}

// What passes by itself gives way to what needs a person.
function gravityOf(stop: RunStop): number {
  return endsByItself(stop) ? 0 : GRAVITY[stop.kind];
}

/** Keeps whether the run waits for a person's word, so that a reload does not spend against it. */
export function writeNote(drive: Drive): void {
  if (drive.runId === null) return;
  const { sheetId, runId, isPaused } = drive;
  // A note that can't be written is not worth stopping for: the next row that can't be will.
  drive.writer.writeNote({ sheetId, runId, paused: isPaused }).catch(() => undefined);
}

function taskOf(drive: Drive, taskUuid: TaskUuid): Task {
  const task = drive.tasks.get(taskUuid);
  if (task === undefined) throw new Error("A task that is not under way");
  return task;
}

function apply(drive: Drive, taskUuid: TaskUuid, event: TaskEvent): boolean {
  const before = taskOf(drive, taskUuid);
  const after = reduceTask(before, event);
  if (after === before) return false;
  drive.tasks.set(taskUuid, after);
  drive.inFlight += Number(isInFlight(after)) - Number(isInFlight(before));
  drive.emit({ type: "task-changed", sheetId: drive.sheetId, task: after });
  settleMoney(drive, after);
  tellStatus(drive);
  return true;
}

function settleMoney(drive: Drive, task: Task): void {
  const { state, taskUuid, purse } = task;
  const budget = drive.budgets[purse];
  if (state.phase === "done" || state.phase === "empty") {
    const { costMicroUsd } = state;
    const holdMicroUsd = budget.pay(taskUuid, costMicroUsd);
    if (costMicroUsd === null) return;
    drive.tools.prices.learn({ modelId: task.recipe.modelId, purse, microUsd: costMicroUsd });
    if (holdMicroUsd !== null)
      stopRun(drive, { kind: "dearer", taskUuid, costMicroUsd, holdMicroUsd });
  } else if (!keepsHold(task)) budget.release(taskUuid);
  else if (state.phase === "unsettled") budget.unsettle(taskUuid);
}

function save(drive: Drive, task: Task, question: LedgerQuestion | null): void {
  const { state, taskUuid, purse } = task;
  const reusable =
    question === null || state.phase !== "done"
      ? undefined
      : {
          question,
          answer: {
            taskUuid,
            purse,
            answer: state.answer,
            answeredAt: task.times.endedAt ?? task.times.createdAt,
          },
        };
  keep(drive, drive.writer.write([task], reusable));
}

function keep(drive: Drive, written: Promise<void>): void {
  written.catch((thrown: unknown) => stopRun(drive, stopForFailure(toFailure(thrown))));
}

// What was asked for while the run stood still goes out all the same: nobody would ask otherwise.
function maySend(drive: Drive, taskUuid: TaskUuid): boolean {
  return drive.stop === null || drive.asked.has(taskUuid);
}
