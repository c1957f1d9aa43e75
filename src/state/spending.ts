import type { Purse } from "#src/domain/connection.ts";
import type { CostSum } from "#src/domain/money.ts";
import { costOf, type Task } from "#src/domain/task.ts";
import type { SheetRecords } from "#src/storage/storage.ts";

/** Running sums of what a sheet cost. A task told of again replaces what it was counted as. */
export interface Spending {
  add: (tasks: readonly Task[]) => Readonly<Record<Purse, CostSum>>;
  sums: () => Readonly<Record<Purse, CostSum>>;
}

/** Starts from the records' own sum, which knows of tasks whose rows are gone. */
export function createSpending(records: SheetRecords): Spending {
  const counted = new Map<string, Task>();
  const sums: Record<Purse, CostSum> = { sandbox: nothing(), runware: nothing() };
  const count = (task: Task, sign: 1 | -1): void => {
    const sum = sums[task.purse];
    const cost = costOf(task);
    if (cost === null) sum.unknown += sign;
    else if (hasCost(task)) {
      sum.microUsd += sign * cost;
      sum.known += sign;
    }
  };
  const snapshot = (): Readonly<Record<Purse, CostSum>> => ({
    sandbox: { ...sums.sandbox },
    runware: { ...sums.runware },
  });
  const add = (tasks: readonly Task[]): Readonly<Record<Purse, CostSum>> => {
    for (const task of tasks) {
      const before = counted.get(task.taskUuid);
      if (before !== undefined) count(before, -1);
      count(task, 1);
      counted.set(task.taskUuid, task);
    }
    return snapshot();
  };
  add(records.tasks);
  // The records' sum is the whole truth at this moment; counting goes on from there.
  for (const purse of ["sandbox", "runware"] as const)
    sums[purse].microUsd = records.spentMicroUsd[purse];
  return { add, sums: snapshot };
}

function hasCost(task: Task): boolean {
  return task.state.phase === "done" || task.state.phase === "empty";
}

function nothing(): CostSum {
  return { microUsd: 0, known: 0, unknown: 0 };
}
