import type { IDBPTransaction, StoreNames } from "idb";
import type { Database } from "./database.ts";
import { storageFailure } from "./storage-failure.ts";
import type { Tables } from "./tables.ts";

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
