import type { Purse } from "#src/domain/connection.ts";
import { toFailure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import { keepsHold } from "#src/domain/money-fold.ts";
import {
  answeredState,
  hasEnded,
  isInDoubt,
  isInFlight,
  type Task,
  type TaskUuid,
} from "#src/domain/task.ts";
import { type Budget, createBudget, type PriceBounds, type Prices } from "./budget.ts";
import type { LedgerWriter } from "./ledger.ts";
import type { Ledger, LedgerQuestion } from "./ports.ts";
import type { RunEvent, RunStop } from "./run-events.ts";
import { reduceTask, type TaskEvent } from "./task-reducer.ts";

/** A sheet as in its ledger, with what an earlier page left unfinished. */
export type RunRecords = NonNullable<Awaited<ReturnType<Ledger["readRun"]>>>;

export interface RunTasksOptions {
  prices: Prices;
  writer: LedgerWriter;
  emit: (event: RunEvent) => void;
  /** Something that a status reports has changed. */
  onChange: () => void;
  /** A price or the disk stops the run. */
  onStop: (stop: RunStop) => void;
}

/**
 * A run's tasks that have not ended, and their money. This is the only place where a task changes: every change goes
 * through the reducer, the budget, the screen and the ledger. Those that have ended are only in the ledger, so that
 * memory does not grow with a run.
 */
export class RunTasks {
  readonly budgets: Record<Purse, Budget>;
  inFlight: number;
  readonly #sheetId: SheetId;
  readonly #options: RunTasksOptions;
  readonly #tasks: Map<TaskUuid, Task>;

  constructor({ sheet, spentMicroUsd, tasks }: RunRecords, options: RunTasksOptions) {
    const { id: sheetId, run } = sheet;
    const { capMicroUsd } = run;
    this.#sheetId = sheetId;
    this.#options = options;
    this.budgets = {
      sandbox: createBudget({ capMicroUsd, spentMicroUsd: spentMicroUsd.sandbox }),
      runware: createBudget({ capMicroUsd, spentMicroUsd: spentMicroUsd.runware }),
      device: createBudget({ capMicroUsd, spentMicroUsd: spentMicroUsd.device }),
    };
    for (const task of tasks)
      if (keepsHold(asLeft(task)))
        this.budgets[task.purse].adopt(task.taskUuid, boundsLeft(task, options.prices));
    const unended = tasks.flatMap((task) => {
      if (hasEnded(task)) return [];
      const left = asLeft(task);
      if (left !== task) options.emit({ type: "task-changed", sheetId, task: left });
      return [left];
    });
    this.#tasks = new Map(unended.map((task) => [task.taskUuid, task]));
    this.inFlight = unended.filter(isInFlight).length;
  }

  get size(): number {
    return this.#tasks.size;
  }

  all(): Task[] {
    return [...this.#tasks.values()];
  }

  has(taskUuid: TaskUuid): boolean {
    return this.#tasks.has(taskUuid);
  }

  get(taskUuid: TaskUuid): Task {
    const task = this.#tasks.get(taskUuid);
    if (task === undefined) throw new Error("A task that is not under way");
    return task;
  }

  add(task: Task): void {
    this.#tasks.set(task.taskUuid, task);
  }

  remove(taskUuid: TaskUuid): void {
    this.#tasks.delete(taskUuid);
  }

  /** Something happened to a task: reduces it, shows it, writes it. */
  tell(taskUuid: TaskUuid, event: TaskEvent, question: LedgerQuestion | null = null): void {
    if (!this.show(taskUuid, event)) return;
    const task = this.get(taskUuid);
    const { state, purse, times } = task;
    if (question === null || state.phase !== "done") {
      this.#write([task]);
      return;
    }
    const answeredAt = times.endedAt ?? times.createdAt;
    const answer = { taskUuid, purse, answer: state.answer, answeredAt };
    this.#write([task], { question, answer });
  }

  /**
   * The same without writing: the ledger knows already, or need not know. Returns false if it changes
   * nothing.
   */
  show(taskUuid: TaskUuid, event: TaskEvent): boolean {
    const before = this.get(taskUuid);
    const after = reduceTask(before, event);
    if (after === before) return false;
    this.#tasks.set(taskUuid, after);
    this.inFlight += Number(isInFlight(after)) - Number(isInFlight(before));
    this.#options.emit({ type: "task-changed", sheetId: this.#sheetId, task: after });
    this.#settleMoney(after);
    this.#options.onChange();
    return true;
  }

  /**
   * Writes what the task is about to become, before it does. Resolves once that is flushed to disk.
   */
  mark(taskUuid: TaskUuid, event: TaskEvent): Promise<void> {
    return this.#options.writer.write([reduceTask(this.get(taskUuid), event)]);
  }

  /** Ends tasks that were never sent: all at once, since there may be thousands. `at`: epoch milliseconds. */
  cancelUnsent(taskUuids: readonly TaskUuid[], at: number): void {
    if (taskUuids.length === 0) return;
    const tasks = taskUuids.map((taskUuid) =>
      reduceTask(this.get(taskUuid), { type: "task-cancelled", at }),
    );
    this.#options.emit({ type: "tasks-added", sheetId: this.#sheetId, tasks });
    this.#write(tasks);
  }

  #settleMoney(task: Task): void {
    const { state, taskUuid, purse, recipe } = task;
    const budget = this.budgets[purse];
    const answered = answeredState(task);
    if (answered !== null) {
      const { costMicroUsd } = answered;
      const holdMicroUsd = budget.pay(taskUuid, costMicroUsd);
      if (costMicroUsd === null) return;
      this.#options.prices.learn({ modelId: recipe.modelId, purse, microUsd: costMicroUsd });
      if (holdMicroUsd !== null)
        this.#options.onStop({ kind: "dearer", taskUuid, costMicroUsd, holdMicroUsd });
    } else if (!keepsHold(task)) budget.release(taskUuid);
    else if (state.phase === "unsettled") budget.unsettle(taskUuid);
  }

  #write(...rows: Parameters<LedgerWriter["write"]>): void {
    const { writer, onStop } = this.#options;
    writer
      .write(...rows)
      .catch((thrown: unknown) => onStop({ kind: "failure", failure: toFailure(thrown) }));
  }
}

// If the page closed while preparing or backing off, nothing was on the wire.
function asLeft(task: Task): Task {
  return isInDoubt(task)
    ? task
    : reduceTask(task, { type: "task-postponed", mayBeAccepted: false });
}

// A task that has ended without a known cost keeps its hold, and can no longer be dearer.
function boundsLeft(task: Task, prices: Prices): PriceBounds {
  const { holdMicroUsd, purse, recipe } = task;
  if (hasEnded(task)) return { holdMicroUsd, worstMicroUsd: holdMicroUsd };
  const { worstMicroUsd } = prices.boundsOf(recipe.modelId, purse);
  return { holdMicroUsd, worstMicroUsd };
}
