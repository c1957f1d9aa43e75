import type { Purse } from "./connection.ts";
import { sumCosts, type CostSum } from "./money.ts";
import { costOf, type Task } from "./task.ts";

/** The costs of tasks that were paid from one purse. */
export interface PurseCosts {
  purse: Purse;
  costs: CostSum;
}

const PURSES = ["runware", "sandbox", "device"] as const satisfies readonly Purse[];

/** What tasks cost, by purse; only purses that paid for any of them, the real one first. */
export function pursesOf(tasks: readonly Task[]): PurseCosts[] {
  return PURSES.flatMap((purse) => {
    const paid = tasks.filter((task) => task.purse === purse);
    return paid.length === 0 ? [] : [{ purse, costs: sumCosts(paid.map(costOf)) }];
  });
}
