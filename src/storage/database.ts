import { openDB, type IDBPDatabase } from "idb";
import type { Tables } from "./tables.ts";
import { upgradeDatabase, VERSION } from "./upgrade.ts";

export type Database = IDBPDatabase<Tables>;

export interface DatabaseOptions {
  name: string;
  /** An older tab holds an older version open; opening goes on once it lets go. */
  onBlocked: () => void;
  /** The database was closed under us: another tab upgrades or deletes it, or the browser took it away. */
  onClosed: () => void;
}

/** Opens the database, bringing it up to this app's version step by step. Lets go at once when another tab wants it gone. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return openDB<Tables>(options.name, VERSION, {
    upgrade: (database, oldVersion, ...[, transaction]) =>
      upgradeDatabase(database, oldVersion, transaction),
    blocked: options.onBlocked,
    blocking: (_current, _wanted, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
      options.onClosed();
    },
    terminated: options.onClosed,
  });
}

/** Every key that begins with these parts: an array sorts after all others in IndexedDB. */
export function startingWith(...parts: string[]): IDBKeyRange {
  return IDBKeyRange.bound(parts, [...parts, []]);
}

/**
 * Every number below a limit, as a range of an index on a field that may be null. It needs its lower bound: WebKit keeps
 * rows with null or a boolean in an index, below all numbers (seen in WebKitGTK 2.50), where the specification leaves
 * them out.
 */
export function numbersBelow(limit: number): IDBKeyRange {
  return IDBKeyRange.bound(-Infinity, limit, false, true);
}
