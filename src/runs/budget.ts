import { answeredMoney, type MoneySum, NO_MONEY, refold } from "#src/domain/money-fold.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import { modelById } from "#src/catalog/find-models.ts";
import { MODELS } from "#src/catalog/models.ts";
import type { Purse } from "#src/domain/connection.ts";

const MARGIN = 1.25;

/**
 * What one sheet may spend from one purse. A task in flight holds money, and nothing starts if spent and held would
 * pass the cap.
 *
 * An answer may still be dearer than its hold. So each task has, besides its hold, a worst: what it can plausibly cost.
 * Several are in flight only as long as all of them could cost their worst and stay under the cap. Nearer to the cap
 * they are sent one at a time. So answers within their holds never pass the cap, nor do dearer ones with several in
 * flight. A single one passes it at most by its own worst less its hold, and nothing starts after it.
 */
export interface Budget {
  spentMicroUsd: () => MicroUsd;
  heldMicroUsd: () => MicroUsd;
  setCap: (capMicroUsd: MicroUsd | null) => void;
  /**
   * Holds money for a task. Returns false, and holds nothing, if the cap has no room. `isAlone` says that no other is
   * under way.
   */
  hold: (taskUuid: TaskUuid, price: PriceBounds, isAlone: boolean) => boolean;
  /**
   * Holds without checking the cap: for tasks that were sent before, by an earlier tab or before a reload.
   */
  adopt: (taskUuid: TaskUuid, price: PriceBounds) => void;
  /**
   * Nothing more will be heard of a task: its hold is kept, since the money may be gone, but it can no longer be
   * dearer.
   */
  unsettle: (taskUuid: TaskUuid) => void;
  /** Gives the hold back: the task ended without a charge, or was not sent after all. */
  release: (taskUuid: TaskUuid) => void;
  /**
   * The task was answered. An unknown cost keeps the hold, since the money may be gone. Returns the hold if the
   * answer was dearer, otherwise null.
   */
  pay: (taskUuid: TaskUuid, costMicroUsd: MicroUsd | null) => MicroUsd | null;
  /** How much the cap would have to be raised so that these holds fit; 0 if they do. */
  shortfallMicroUsd: (holds: Iterable<MicroUsd>) => MicroUsd;
}

/** What a task holds, and what it can plausibly cost; the second is not below the first. */
export interface PriceBounds {
  holdMicroUsd: MicroUsd;
  worstMicroUsd: MicroUsd;
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
  const setHeld = (taskUuid: TaskUuid, heldMicroUsd: MicroUsd): void =>
    count(taskUuid, { ...countedFor(taskUuid), heldMicroUsd });
  /** How much dearer than its hold each task that can still be answered may be. */
  const surpluses = new Map<TaskUuid, MicroUsd>();
  const surplusOfOthers = (taskUuid: TaskUuid): MicroUsd => {
    let total = 0;
    for (const [other, microUsd] of surpluses) if (other !== taskUuid) total += microUsd;
    return total;
  };
  const adopt = (taskUuid: TaskUuid, { holdMicroUsd, worstMicroUsd }: PriceBounds): void => {
    setHeld(taskUuid, holdMicroUsd);
    surpluses.set(taskUuid, Math.max(0, worstMicroUsd - holdMicroUsd));
  };
  return {
    spentMicroUsd: () => sum.microUsd,
    heldMicroUsd: () => sum.heldMicroUsd,
    setCap: (cap) => {
      capMicroUsd = cap;
    },
    hold: (taskUuid, price, isAlone) => {
      const others = sum.microUsd + sum.heldMicroUsd - countedFor(taskUuid).heldMicroUsd;
      const most = isAlone
        ? others + price.holdMicroUsd
        : others + surplusOfOthers(taskUuid) + price.worstMicroUsd;
      if (capMicroUsd !== null && most > capMicroUsd) return false;
      adopt(taskUuid, price);
      return true;
    },
    adopt,
    unsettle: (taskUuid) => {
      surpluses.delete(taskUuid);
    },
    release: (taskUuid) => {
      surpluses.delete(taskUuid);
      setHeld(taskUuid, 0);
      // What was paid stays counted; otherwise nothing remains to be known about it.
      if (countedFor(taskUuid).known === 0) counted.delete(taskUuid);
    },
    pay: (taskUuid, costMicroUsd) => {
      surpluses.delete(taskUuid);
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

/** What a task holds while it is in flight: a quarter more than the dearest of the published price and those seen. */
export function holdFor(prices: Iterable<MicroUsd>): MicroUsd {
  let dearest = 0;
  for (const price of prices) dearest = Math.max(dearest, price);
  return Math.ceil(dearest * MARGIN);
}

export interface PriceSeen {
  modelId: string;
  purse: Purse;
  microUsd: MicroUsd;
}

/** What models cost, as far as the catalogue and this device know. Shared by all sheets of a tab. */
export interface Prices {
  /** What a task of this model holds while it is in flight. */
  holdOf: (modelId: string, purse: Purse) => MicroUsd;
  /** The same, with what an answer can plausibly cost. */
  boundsOf: (modelId: string, purse: Purse) => PriceBounds;
  learn: (seen: PriceSeen) => void;
  /**
   * Takes in what the device remembers, oldest first, for models about which nothing has been
   * learned yet.
   */
  recall: (seen: readonly PriceSeen[]) => void;
}

/**
 * An answer is believed to cost up to ten times the published price. Published prices are for usual pictures and
 * prompts, and a few times more has been seen. A hundred times is a mistake by the service, or a wrong unit. So a seen
 * price counts up to that bound. If it were believed in full, one answer of nine thousand million dollars would hold
 * more than any cap allows, and no task of its model would ever start again. A price that really rises further leads to
 * a pause after each dearer answer.
 */
const PLAUSIBLE_TIMES = 10;
/**
 * A price counts while it is among the latest that were seen, as many as storage keeps, so a mistake is forgotten in
 * time.
 */
const PRICES_COUNTED = 50;
// A model about which nothing is known is taken to be as dear as the dearest.
const DEAREST = Math.max(...MODELS.map(({ price }) => price.high));

export function createPrices(seen: readonly PriceSeen[]): Prices {
  const latest = new Map<string, MicroUsd[]>();
  const keyOf = (modelId: string, purse: Purse): string => `${purse} ${modelId}`;
  const learn: Prices["learn"] = ({ modelId, purse, microUsd }) => {
    const key = keyOf(modelId, purse);
    latest.set(key, [...(latest.get(key) ?? []), microUsd].slice(-PRICES_COUNTED));
  };
  const recall: Prices["recall"] = (remembered) => {
    const known = new Set(latest.keys());
    for (const price of remembered) if (!known.has(keyOf(price.modelId, price.purse))) learn(price);
  };
  const boundsOf: Prices["boundsOf"] = (modelId, purse) => {
    const published = modelById(modelId)?.price.high ?? DEAREST;
    const plausible = published * PLAUSIBLE_TIMES;
    const counted = (latest.get(keyOf(modelId, purse)) ?? []).map((microUsd) =>
      Math.min(microUsd, plausible),
    );
    const holdMicroUsd = holdFor([published, ...counted]);
    return { holdMicroUsd, worstMicroUsd: Math.max(holdMicroUsd, plausible) };
  };
  recall(seen);
  return {
    holdOf: (modelId, purse) => boundsOf(modelId, purse).holdMicroUsd,
    boundsOf,
    learn,
    recall,
  };
}
