import { foldMoney, recount, type MoneySums } from "#src/domain/money-fold.ts";
import type { Task } from "#src/domain/task.ts";
import type { SheetRecords } from "#src/storage/storage.ts";

/** Running sums of what a sheet cost and holds. A task told of again replaces what it was counted as. */
export interface Spending {
  add: (tasks: readonly Task[]) => MoneySums;
  sums: () => MoneySums;
}

/** Starts from the records' own sum, which knows of tasks whose rows are gone. */
export function createSpending({ tasks, spentMicroUsd }: SheetRecords): Spending {
  const counted = new Map(tasks.map((task) => [task.taskUuid, task]));
  const found = foldMoney(tasks);
  // The records' sum is the whole truth at this moment; counting goes on from there.
  let sums: MoneySums = {
    sandbox: { ...found.sandbox, microUsd: spentMicroUsd.sandbox },
    runware: { ...found.runware, microUsd: spentMicroUsd.runware },
    device: { ...found.device, microUsd: spentMicroUsd.device },
  };
  return {
    add: (changed) => {
      for (const task of changed) {
        sums = recount(sums, counted.get(task.taskUuid) ?? null, task);
        counted.set(task.taskUuid, task);
      }
      return sums;
    },
    sums: () => sums,
  };
}
