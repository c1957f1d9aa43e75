import { answeredMoney, NO_MONEY, refold, type MoneySum } from "#src/domain/money-fold.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { TaskUuid } from "#src/domain/task.ts";

const MARGIN = 1.25;

/** What one sheet may spend from one purse. A task in flight holds money; nothing starts that could pass the cap. */
export interface Budget {
  spentMicroUsd: () => MicroUsd;
  heldMicroUsd: () => MicroUsd;
  setCap: (capMicroUsd: MicroUsd | null) => void;
  /** Holds the amount for a task; false, and nothing held, where spent and held would pass the cap. */
  hold: (taskUuid: TaskUuid, microUsd: MicroUsd) => boolean;
  /** Holds without asking the cap: for tasks that were sent before, by an earlier tab or before a reload. */
  adopt: (taskUuid: TaskUuid, microUsd: MicroUsd) => void;
  /** Gives the hold back: the task ended without a charge, or was not sent after all. */
  release: (taskUuid: TaskUuid) => void;
  /**
   * The task was answered. An unknown cost keeps the hold, since the money may be gone. Returns the hold where the
   * answer was dearer than it, else null.
   */
  pay: (taskUuid: TaskUuid, costMicroUsd: MicroUsd | null) => MicroUsd | null;
  /** By how much the cap would have to be raised so that these holds fit; 0 where they do. */
  shortfallMicroUsd: (holds: Iterable<MicroUsd>) => MicroUsd;
}

export function createBudget(start: {
  capMicroUsd: MicroUsd | null;
  spentMicroUsd: MicroUsd;
}): Budget {
  const counted = new Map<TaskUuid, MoneySum>();
  let { capMicroUsd } = start;
  let sum: MoneySum = { ...NO_MONEY, microUsd: start.spentMicroUsd };
  const countedFor = (taskUuid: TaskUuid): MoneySum => counted.get(taskUuid) ?? NO_MONEY;
  const count = (taskUuid: TaskUuid, after: MoneySum): void => {
    sum = refold(sum, countedFor(taskUuid), after);
    counted.set(taskUuid, after);
  };
  const adopt = (taskUuid: TaskUuid, heldMicroUsd: MicroUsd): void =>
    count(taskUuid, { ...countedFor(taskUuid), heldMicroUsd });
  return {
    spentMicroUsd: () => sum.microUsd,
    heldMicroUsd: () => sum.heldMicroUsd,
    setCap: (cap) => {
      capMicroUsd = cap;
    },
    hold: (taskUuid, microUsd) => {
      const others = sum.heldMicroUsd - countedFor(taskUuid).heldMicroUsd;
      if (capMicroUsd !== null && sum.microUsd + others + microUsd > capMicroUsd) return false;
      adopt(taskUuid, microUsd);
      return true;
    },
    adopt,
    release: (taskUuid) => {
      adopt(taskUuid, 0);
      // What was paid stays counted; else nothing is left to know of it.
      if (countedFor(taskUuid).known === 0) counted.delete(taskUuid);
    },
    pay: (taskUuid, costMicroUsd) => {
      const was = counted.get(taskUuid);
      count(taskUuid, answeredMoney(costMicroUsd, was?.heldMicroUsd ?? 0));
      if (costMicroUsd === null || was === undefined || was.known > 0) return null;
      return costMicroUsd > was.heldMicroUsd ? was.heldMicroUsd : null;
    },
    shortfallMicroUsd: (wanted) => {
      if (capMicroUsd === null) return 0;
      let total = sum.microUsd + sum.heldMicroUsd;
      for (const microUsd of wanted) total += microUsd;
      return Math.max(0, total - capMicroUsd);
    },
  };
}

/** What a task holds while it is in flight: a quarter more than the dearest of what is published and what was seen. */
export function holdFor(prices: Iterable<MicroUsd>): MicroUsd {
  let dearest = 0;
  for (const price of prices) dearest = Math.max(dearest, price);
  return Math.ceil(dearest * MARGIN);
}
