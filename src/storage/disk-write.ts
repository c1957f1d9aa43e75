import * as v from "valibot";
import type { StoreNames } from "idb";
import type { SheetId } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import { hasLooseEnds } from "#src/domain/task.ts";
import { microUsdSchema, purseSchema, taskSchema } from "./row-schemas.ts";
import type { Database } from "./database.ts";
import type { IndexKey, Tables } from "./tables.ts";
import { putTotals } from "./disk-totals.ts";
import { readEach, writing, type Writing } from "./disk-transaction.ts";
import { isPaid, moneyChange, type MoneyChange, plusSpending, withSeen } from "./money-rows.ts";
import { changedSheets, isNewsTo, questionKey } from "./row-order.ts";
import type { Storage, Write } from "./storage.ts";

const spendingSchema = v.object({
  day: v.string(),
  modelId: v.string(),
  purse: purseSchema,
  microUsd: v.number(),
  answers: v.number(),
  unknown: v.number(),
});
const seenSchema = v.array(
  v.object({
    modelId: v.string(),
    purse: purseSchema,
    microUsd: microUsdSchema,
    milliseconds: v.nullable(v.number()),
  }),
);
/** The stored sums that are kept beside the rows. */
export const MONEY_SCHEMAS = { spending: spendingSchema, seen: seenSchema };

/** Writes rows and the sums they change in one transaction. */
export function createDiskWrite(database: Database, now: () => number): Storage["write"] {
  return async (rows, durability = "relaxed") => {
    const stores = storesOf(rows);
    if (stores.length === 0) return { marks: [] };
    return writing(database, { stores, durability }, async (transaction) => {
      if (stores.every((store) => store === "sheets")) {
        const puts = (rows.sheets ?? []).map((sheet) =>
          transaction.objectStore("sheets").put(sheet),
        );
        // Handed over in one go: a page that goes away while it waits would lose what was typed last.
        transaction.commit();
        await Promise.all(puts);
        return { marks: [] };
      }
      const marks = await numbered(transaction, rows.marks ?? []);
      await putRows(transaction, { ...rows, marks });
      if (rows.tasks !== undefined) await putTasks(transaction, rows);
      await putTotals(transaction, rows.spentElsewhere ?? []);
      await touchSheets(transaction, changedSheets(rows), now());
      return { marks };
    });
  };
}

const livingSheet = v.looseObject({ editedAt: v.number(), deletedAt: v.null() });

/** Notes on the rows of these sheets that something on them changed: `at`, in epoch milliseconds. */
async function touchSheets(
  transaction: Writing,
  sheetIds: readonly SheetId[],
  at: number,
): Promise<void> {
  if (sheetIds.length === 0) return;
  const store = transaction.objectStore("sheets");
  await readEach(sheetIds, async (id) => {
    const row: unknown = await store.get(id);
    if (v.is(livingSheet, row) && isNewsTo(row, at)) await store.put({ ...row, editedAt: at });
  });
}

async function numbered(
  transaction: Writing,
  marks: readonly (Mark | UnwrittenMark)[],
): Promise<Mark[]> {
  const last = new Map<SheetId, number>();
  const found: Mark[] = [];
  for (const mark of marks) {
    if (mark.seq !== null) found.push(mark);
    else {
      const { sheetId } = mark;
      const store = transaction.objectStore("marks");
      const seq = (last.get(sheetId) ?? (await highest(store.index("seq"), sheetId))) + 1;
      last.set(sheetId, seq);
      found.push({ ...mark, seq });
    }
  }
  return found;
}

/** An index by sheet, then by a number that counts up. */
interface Counted {
  openKeyCursor(query: IDBKeyRange, direction: "prev"): Promise<{ key: IndexKey } | null>;
}

/** The highest number of a sheet in an index, 0 if there is none. */
export async function highest(index: Counted, sheetId: SheetId): Promise<number> {
  const numbers = IDBKeyRange.bound([sheetId, 0], [sheetId, Infinity]);
  const last = (await index.openKeyCursor(numbers, "prev"))?.key[1];
  return typeof last === "number" ? last : 0;
}

function storesOf(rows: Write): StoreNames<Tables>[] {
  return [
    ...when(rows.sheets, ["sheets"]),
    ...when(changedSheets(rows), ["sheets"]),
    ...when(rows.images, ["images"]),
    ...when(rows.marks, ["marks"]),
    ...when(rows.runs, ["runs"]),
    ...when(rows.reusable, ["reusable"]),
    ...when(rows.tasks, ["tasks"]),
    ...when(rows.tasks?.filter(isPaid), ["spending", "seen", "totals"]),
    ...when(rows.spentElsewhere, ["totals", "tasks"]),
  ];
}

function when(
  rows: readonly unknown[] | undefined,
  stores: StoreNames<Tables>[],
): StoreNames<Tables>[] {
  return rows === undefined || rows.length === 0 ? [] : stores;
}

async function putRows(transaction: Writing, rows: Write): Promise<void> {
  for (const name of ["sheets", "images", "marks", "runs"] as const) {
    const values: readonly unknown[] = rows[name] ?? [];
    if (values.length === 0) continue;
    const store = transaction.objectStore(name);
    await readEach(values, (value) => store.put(value));
  }
  if (rows.reusable === undefined || rows.reusable.length === 0) return;
  const store = transaction.objectStore("reusable");
  await readEach(rows.reusable, ({ question, answer }) =>
    store.put(answer, [question.pictureHash, questionKey(question)]),
  );
}

async function putTasks(transaction: Writing, { tasks = [], paidElsewhere }: Write): Promise<void> {
  if (tasks.length === 0) return;
  const store = transaction.objectStore("tasks");
  const pairs = await readEach(tasks.filter(isPaid), async (after) => {
    const before = v.safeParse(taskSchema, await store.get([after.sheetId, after.taskUuid]));
    return { before: before.success ? before.output : null, after };
  });
  await readEach(tasks, (task) => store.put(hasLooseEnds(task) ? { ...task, open: 1 } : task));
  await putMoney(transaction, moneyChange(pairs, paidElsewhere));
}

async function putMoney(transaction: Writing, change: MoneyChange): Promise<void> {
  for (const entry of change.spending) {
    const store = transaction.objectStore("spending");
    const kept = v.safeParse(
      spendingSchema,
      await store.get([entry.day, entry.purse, entry.modelId]),
    );
    await store.put(kept.success ? plusSpending(kept.output, entry) : entry);
  }
  await putTotals(transaction, change.totals);
  for (const price of change.seen) {
    const store = transaction.objectStore("seen");
    const key: [string, string] = [price.purse, price.modelId];
    const kept = v.safeParse(seenSchema, await store.get(key));
    await store.put(withSeen(kept.success ? kept.output : [], price), key);
  }
}
