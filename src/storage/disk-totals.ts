import * as v from "valibot";
import type { Purse } from "#src/domain/connection.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { microUsdSchema, purseSchema } from "./row-schemas.ts";
import { startingWith } from "./database.ts";
import { type Reading, readPages, type Writing } from "./disk-transaction.ts";
import { parseRow } from "./parse-rows.ts";
import type { SheetTotal } from "./storage.ts";

/** What was spent from each purse. */
export type Spent = Record<Purse, MicroUsd>;

const totalSchema = v.object({
  sheetId: v.string(),
  purse: purseSchema,
  microUsd: microUsdSchema,
}) satisfies v.GenericSchema<unknown, SheetTotal>;

// Only the fields that give a cost, so that a task that is damaged elsewhere still gives its own.
const paidSchema = v.object({
  purse: purseSchema,
  state: v.object({ phase: v.picklist(["done", "empty"]), costMicroUsd: microUsdSchema }),
});

/** Adds up what rows of tasks in the store say they cost. */
export function addCosts(spent: Spent, rows: readonly unknown[]): void {
  for (const row of rows) {
    const paid = v.safeParse(paidSchema, row);
    if (paid.success) spent[paid.output.purse] += paid.output.state.costMicroUsd;
  }
}

/** What all tasks of a sheet say they cost. Purged ones no longer say anything. */
export async function readCosts(transaction: Reading | Writing, sheetId: SheetId): Promise<Spent> {
  const spent = nothingSpent();
  const store = transaction.objectStore("tasks");
  await readPages(store, startingWith(sheetId), (rows) => addCosts(spent, rows));
  return spent;
}

/**
 * What a sheet spent, if its tasks are known to have cost `told`. The kept sum also knows of purged tasks. If it can't
 * be read, or is lower than what the tasks say, it is wrong, and the tasks are right.
 */
export async function readSpent(
  transaction: Reading | Writing,
  sheetId: SheetId,
  told: Spent,
): Promise<Spent> {
  const { spent } = await readKept(transaction, sheetId);
  return {
    sandbox: Math.max(spent.sandbox, told.sandbox),
    runware: Math.max(spent.runware, told.runware),
    device: Math.max(spent.device, told.device),
  };
}

/** The kept sum alone, as a short cut for the screen; what the tasks say if it can't be read. */
export async function readSpentShort(transaction: Reading, sheetId: SheetId): Promise<Spent> {
  const { spent, isDamaged } = await readKept(transaction, sheetId);
  return isDamaged ? readSpent(transaction, sheetId, await readCosts(transaction, sheetId)) : spent;
}

/** Adds to the kept sums. If one can't be read, it is recalculated from the tasks that were written before this. */
export async function putTotals(
  transaction: Writing,
  totals: readonly SheetTotal[],
): Promise<void> {
  for (const { sheetId, purse, microUsd } of totals) {
    const store = transaction.objectStore("totals");
    const row = await store.get([sheetId, purse]);
    const kept = parseRow(row, totalSchema, () => undefined);
    if (kept === null && row !== undefined) await mendTotals(transaction, sheetId);
    else await store.put({ sheetId, purse, microUsd: (kept?.microUsd ?? 0) + microUsd });
  }
}

/**
 * Sets the kept sums of a sheet to what its tasks say, before rows are removed that nobody could count afterwards.
 */
export async function mendTotals(transaction: Writing, sheetId: SheetId): Promise<void> {
  const told = await readCosts(transaction, sheetId);
  const spent = await readSpent(transaction, sheetId, told);
  const store = transaction.objectStore("totals");
  for (const purse of ["sandbox", "runware", "device"] as const)
    if (spent[purse] > 0) await store.put({ sheetId, purse, microUsd: spent[purse] });
}

export function nothingSpent(): Spent {
  return { sandbox: 0, runware: 0, device: 0 };
}

async function readKept(
  transaction: Reading | Writing,
  sheetId: SheetId,
): Promise<{ spent: Spent; isDamaged: boolean }> {
  const spent = nothingSpent();
  let isDamaged = false;
  for (const row of await transaction.objectStore("totals").getAll(startingWith(sheetId))) {
    const total = parseRow(row, totalSchema, () => (isDamaged = true));
    if (total !== null) spent[total.purse] += total.microUsd;
  }
  return { spent, isDamaged };
}
