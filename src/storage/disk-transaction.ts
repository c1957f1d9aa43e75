import type { IDBPTransaction, StoreNames } from "idb";
import type { Database } from "./database.ts";
import type { Tables } from "./tables.ts";
import { type Failure, FailureError } from "#src/domain/failure.ts";

export type Writing = IDBPTransaction<Tables, StoreNames<Tables>[], "readwrite">;
export type Reading = IDBPTransaction<Tables, StoreNames<Tables>[]>;

/** One reading transaction: everything it reads is from one moment. Rejects with a FailureError. */
export async function reading<Result>(
  database: Database,
  stores: StoreNames<Tables>[],
  work: (transaction: Reading) => Promise<Result>,
): Promise<Result> {
  try {
    const transaction = database.transaction(stores, "readonly");
    // Its failure is that of the request in it, which `work` rejects with.
    transaction.done.catch(() => undefined);
    return await work(transaction);
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}

/** One writing transaction: all of it or nothing. Resolves once it is done, as durably as asked. */
export async function writing<Result>(
  database: Database,
  scope: { stores: StoreNames<Tables>[]; durability: "strict" | "relaxed" },
  work: (transaction: Writing) => Promise<Result>,
): Promise<Result> {
  try {
    const transaction = database.transaction(scope.stores, "readwrite", {
      durability: scope.durability,
    });
    const { done } = transaction;
    done.catch(() => undefined);
    const result = await work(transaction).catch(async (thrown: unknown) => {
      abort(transaction);
      await done.catch(() => undefined);
      // A full disk aborts the transaction: its requests then reject with AbortError, and only the
      // transaction knows why.
      throw transaction.error ?? thrown;
    });
    await done;
    return result;
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}

function abort(transaction: Writing): void {
  try {
    transaction.abort();
  } catch {
    // It had ended by itself.
  }
}

// By name, not by class: browsers are moving QuotaExceededError from DOMException to its own class.
const FAILURES: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ["QuotaExceededError", { kind: "storage-full" }],
  // On opening: the database has a later version than this app knows.
  ["VersionError", { kind: "storage-newer" }],
  // On beginning a transaction: the connection is closed.
  ["InvalidStateError", { kind: "storage-closed" }],
]);

/** Whatever a database threw, as one of the failures that storage knows: no room, newer, closed, or broken. */
export function storageFailure(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  const known = thrown instanceof Error ? FAILURES.get(thrown.name) : undefined;
  return new FailureError(known ?? { kind: "storage-broken" });
}

/** Runs a step of storage; whatever it throws becomes a FailureError. */
export async function guarded<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}

/** A store or one of its indexes, inside any transaction. */
interface Pageable<Key> {
  getAll(query: IDBKeyRange, count: number): Promise<unknown[]>;
  getAllKeys(query: IDBKeyRange, count: number): Promise<Key[]>;
}

// Large enough to be fast, small enough that the thread is free for a frame after parsing one page.
const PAGE_ROWS = 400;

/** Reads a range of a store page by page, so that the thread is free between two pages. */
export async function readPages<Key extends IDBValidKey>(
  store: Pageable<Key>,
  range: IDBKeyRange,
  take: (rows: unknown[], keys: Key[]) => void,
): Promise<void> {
  let rest = range;
  for (;;) {
    const [keys, rows] = await Promise.all([
      store.getAllKeys(rest, PAGE_ROWS),
      store.getAll(rest, PAGE_ROWS),
    ]);
    take(rows, keys);
    const last = keys.at(-1);
    if (last === undefined || keys.length < PAGE_ROWS) return;
    rest = IDBKeyRange.bound(last, range.upper, true, range.upperOpen);
  }
}

/** Asks for many keys of one store, a page at a time. */
export async function readEach<Key, Row>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Row>,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let from = 0; from < keys.length; from += PAGE_ROWS)
    // Async, so that one that throws at once does not leave the others' rejections unhandled.
    found.push(
      ...(await Promise.all(keys.slice(from, from + PAGE_ROWS).map(async (key) => read(key)))),
    );
  return found;
}
