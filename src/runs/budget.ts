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
  const holds = new Map<TaskUuid, MicroUsd>();
  let { capMicroUsd, spentMicroUsd } = start;
  let heldMicroUsd = 0;
  const release = (taskUuid: TaskUuid): MicroUsd | null => {
    const held = holds.get(taskUuid);
    if (held === undefined) return null;
    holds.delete(taskUuid);
    heldMicroUsd -= held;
    return held;
  };
  const adopt = (taskUuid: TaskUuid, microUsd: MicroUsd): void => {
    release(taskUuid);
    holds.set(taskUuid, microUsd);
    heldMicroUsd += microUsd;
  };
  return {
    spentMicroUsd: () => spentMicroUsd,
    heldMicroUsd: () => heldMicroUsd,
    setCap: (cap) => {
      capMicroUsd = cap;
    },
    hold: (taskUuid, microUsd) => {
      const others = heldMicroUsd - (holds.get(taskUuid) ?? 0);
      if (capMicroUsd !== null && spentMicroUsd + others + microUsd > capMicroUsd) return false;
      adopt(taskUuid, microUsd);
      return true;
    },
    adopt,
    release: (taskUuid) => {
      release(taskUuid);
    },
    pay: (taskUuid, costMicroUsd) => {
      if (costMicroUsd === null) return null;
      const held = release(taskUuid);
      spentMicroUsd += costMicroUsd;
      return held !== null && costMicroUsd > held ? held : null;
    },
    shortfallMicroUsd: (wanted) => {
      if (capMicroUsd === null) return 0;
      let sum = spentMicroUsd + heldMicroUsd;
      for (const microUsd of wanted) sum += microUsd;
      return Math.max(0, sum - capMicroUsd);
    },
  };
}

/** What a task holds while it is in flight: a quarter more than the dearest of what is published and what was seen. */
export function holdFor(prices: Iterable<MicroUsd>): MicroUsd {
  let dearest = 0;
  for (const price of prices) dearest = Math.max(dearest, price);
  return Math.ceil(dearest * MARGIN);
}
