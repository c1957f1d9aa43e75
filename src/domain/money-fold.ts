import type { Purse } from "./connection.ts";
import { type CostSum, type MicroUsd } from "./money.ts";
import { costOf, hasAnswer, hasEnded, isInDoubt, type Task } from "./task.ts";

/** What a task, or everything in one purse, counts for: spent, of unknown cost, and held. */
export interface MoneySum extends CostSum {
  heldMicroUsd: MicroUsd;
}

export const NO_MONEY: Readonly<MoneySum> = { microUsd: 0, known: 0, unknown: 0, heldMicroUsd: 0 };

/** What one task counts for. */
export function moneyOf(task: Task): MoneySum {
  if (hasAnswer(task)) return answeredMoney(costOf(task), task.holdMicroUsd);
  return keepsHold(task) ? { ...NO_MONEY, heldMicroUsd: task.holdMicroUsd } : NO_MONEY;
}

/**
 * True while money is held for a task: from when it is taken until it ends without a charge or with a known one. An
 * unsettled end and an answer without a price keep it, since the money may be gone.
 */
export function keepsHold(task: Task): boolean {
  if (hasEnded(task)) return task.state.phase === "unsettled" || costOf(task) === null;
  return task.state.phase !== "waiting" || isInDoubt(task);
}

/** What an answer counts for, with the hold that its task had. */
export function answeredMoney(costMicroUsd: MicroUsd | null, holdMicroUsd: MicroUsd): MoneySum {
  return costMicroUsd === null
    ? { ...NO_MONEY, unknown: 1, heldMicroUsd: holdMicroUsd }
    : { ...NO_MONEY, known: 1, microUsd: costMicroUsd };
}

/**
 * The one fold of money, for the cap, the screen and the stored sums alike: a task that counted for `before` now counts
 * for `after` instead, so that reporting the same thing twice changes nothing.
 */
export function refold(sum: MoneySum, before: MoneySum, after: MoneySum): MoneySum {
  return {
    microUsd: sum.microUsd - before.microUsd + after.microUsd,
    known: sum.known - before.known + after.known,
    unknown: sum.unknown - before.unknown + after.unknown,
    heldMicroUsd: sum.heldMicroUsd - before.heldMicroUsd + after.heldMicroUsd,
  };
}

/** What tasks count for, by the purse that pays for them. */
export type MoneySums = Readonly<Record<Purse, Readonly<MoneySum>>>;

export const NO_SUMS: MoneySums = { sandbox: NO_MONEY, runware: NO_MONEY, device: NO_MONEY };

/**
 * The fold for a task as it was counted before (null if it was not) and as it is now; its purse may have changed,
 * too.
 */
export function recount(sums: MoneySums, before: Task | null, after: Task): MoneySums {
  const without = before === null ? sums : put(sums, before.purse, [moneyOf(before), NO_MONEY]);
  return put(without, after.purse, [NO_MONEY, moneyOf(after)]);
}

/** The sums of many tasks, each counted once. */
export function foldMoney(tasks: Iterable<Task>): MoneySums {
  let sums = NO_SUMS;
  for (const task of tasks) sums = recount(sums, null, task);
  return sums;
}

function put(
  sums: MoneySums,
  purse: Purse,
  change: [before: MoneySum, after: MoneySum],
): MoneySums {
  return { ...sums, [purse]: refold(sums[purse], ...change) };
}
