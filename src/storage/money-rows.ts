import { moneyOf, NO_SUMS, recount } from "#src/domain/money-fold.ts";
import { answeredState, hasAnswer, isReused, type Task } from "#src/domain/task.ts";
import type { SeenPrice, SheetTotal, SpendEntry, Write } from "./storage.ts";

/** What a write of tasks adds to the sums that are kept beside them. */
export interface MoneyChange {
  spending: SpendEntry[];
  totals: SheetTotal[];
  seen: SeenPrice[];
}

const PRICES_KEPT = 50;

/** True for a task that was paid for, or may have been: the only ones that change a sum. */
export function isPaid(task: Task): boolean {
  return hasAnswer(task) && !isReused(task);
}

/**
 * The change of all sums that a write makes. A row that was counted before counts only by its difference, so that
 * writing the same answer again, or hiding it, changes nothing.
 */
export function moneyChange(
  pairs: readonly { before: Task | null; after: Task }[],
  paidElsewhere: Write["paidElsewhere"],
): MoneyChange {
  const change: MoneyChange = { spending: [], totals: [], seen: [] };
  for (const { before, after } of pairs) {
    const was = before === null ? null : entryOf(before);
    const is = entryOf(after);
    if (is === null || sameEntry(was, is)) continue;
    addTotals(change.totals, before, after);
    if (paidElsewhere === true) continue;
    if (was !== null) addSpending(change.spending, negative(was));
    addSpending(change.spending, is);
    if (was === null) change.seen.push(...seenIn(after));
  }
  return change;
}

/** The latest prices, newest last, with a new one added. */
export function withSeen(kept: readonly SeenPrice[], seen: SeenPrice): SeenPrice[] {
  return [...kept, seen].slice(-PRICES_KEPT);
}

export function plusSpending(left: SpendEntry, right: SpendEntry): SpendEntry {
  return {
    ...left,
    microUsd: left.microUsd + right.microUsd,
    answers: left.answers + right.answers,
    unknown: left.unknown + right.unknown,
  };
}

function entryOf(task: Task): SpendEntry | null {
  if (!isPaid(task)) return null;
  const { microUsd, unknown } = moneyOf(task);
  return {
    day: localDay(task.times.endedAt ?? task.times.createdAt),
    modelId: task.recipe.modelId,
    purse: task.purse,
    microUsd,
    answers: 1,
    unknown,
  };
}

function seenIn(task: Task): SeenPrice[] {
  const { times } = task;
  const microUsd = answeredState(task)?.costMicroUsd ?? null;
  if (microUsd === null) return [];
  return [
    {
      modelId: task.recipe.modelId,
      purse: task.purse,
      microUsd,
      milliseconds:
        times.sentAt === null || times.endedAt === null ? null : times.endedAt - times.sentAt,
    },
  ];
}

function addSpending(entries: SpendEntry[], entry: SpendEntry): void {
  const at = entries.findIndex((other) => isSameSpending(other, entry));
  const found = entries[at];
  if (found === undefined) entries.push(entry);
  else entries[at] = plusSpending(found, entry);
}

function addTotals(totals: SheetTotal[], before: Task | null, after: Task): void {
  const sums = recount(NO_SUMS, before, after);
  for (const purse of new Set([before?.purse ?? after.purse, after.purse])) {
    const { microUsd } = sums[purse];
    const found = totals.find((other) => other.sheetId === after.sheetId && other.purse === purse);
    if (found === undefined) totals.push({ sheetId: after.sheetId, purse, microUsd });
    else found.microUsd += microUsd;
  }
}

function isSameSpending(left: SpendEntry, right: SpendEntry): boolean {
  return left.day === right.day && left.modelId === right.modelId && left.purse === right.purse;
}

function negative(entry: SpendEntry): SpendEntry {
  return {
    ...entry,
    microUsd: -entry.microUsd,
    answers: -entry.answers,
    unknown: -entry.unknown,
  };
}

function sameEntry(left: SpendEntry | null, right: SpendEntry): boolean {
  return (
    left !== null &&
    isSameSpending(left, right) &&
    left.microUsd === right.microUsd &&
    left.unknown === right.unknown
  );
}

// The user's own day: people read the spending, not servers.
function localDay(epochMs: number): string {
  const date = new Date(epochMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
