import { openDB, type IDBPDatabase } from "idb";
import type { Tables } from "./tables.ts";
import type { upgradeDatabase } from "./upgrade.ts";

export type Database = IDBPDatabase<Tables>;

export interface DatabaseOptions {
  name: string;
  /** An older tab holds an older version open; opening continues once it releases it. */
  onBlocked: () => void;
  /**
   * The database was closed while in use: another tab upgrades or deletes it, or the browser took it away.
   */
  onClosed: () => void;
}

/** The version of the stores and their rows: it numbers the steps in upgrade.ts. */
const VERSION = 8;

type Steps = typeof upgradeDatabase;

/**
 * Opens the database, and brings it up to this app's version step by step. Closes it at once if another tab wants it
 * gone. The steps are loaded only for an old database: nearly every page opens one that needs none.
 */
export async function openDatabase(
  options: DatabaseOptions,
  steps: Steps | null = null,
): Promise<Database> {
  let needsSteps = false;
  try {
    return await openDB<Tables>(options.name, VERSION, {
      upgrade: (database, oldVersion, ...[, transaction]) => {
        if (oldVersion === 0) return createTables(database);
        if (steps !== null) return steps(database, oldVersion, transaction);
        needsSteps = true;
        transaction.done.catch(() => undefined);
        // Nothing can be loaded while it is open, and it leaves the database as it was.
        transaction.abort();
      },
      blocked: options.onBlocked,
      blocking: (_current, _wanted, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
        options.onClosed();
      },
      terminated: options.onClosed,
    });
  } catch (error) {
    if (!needsSteps) throw error;
    const { upgradeDatabase: loaded } = await import("./upgrade.ts");
    return openDatabase(options, loaded);
  }
}

// What all steps together make from nothing; old-data.test.ts compares the two.
function createTables(database: Database): void {
  for (const name of ["thumbnails", "copies", "reusable", "seen", "uploads"] as const)
    database.createObjectStore(name);
  const sheets = database.createObjectStore("sheets", { keyPath: "id" });
  const images = database.createObjectStore("images", { keyPath: ["sheetId", "id"] });
  const tasks = database.createObjectStore("tasks", { keyPath: ["sheetId", "taskUuid"] });
  const marks = database.createObjectStore("marks", { keyPath: ["sheetId", "id"] });
  sheets.createIndex("deletedAt", "deletedAt");
  images.createIndex("deletedAt", "deletedAt");
  tasks.createIndex("deletedAt", "deletedAt");
  marks.createIndex("deletedAt", "deletedAt");
  tasks.createIndex("image", ["sheetId", "imageId"]);
  marks.createIndex("image", ["sheetId", "imageId"]);
  images.createIndex("id", "id");
  images.createIndex("frame", ["sheetId", "frame"]);
  images.createIndex("picture", "preparation.pictureHash");
  tasks.createIndex("open", ["sheetId", "open"]);
  marks.createIndex("seq", ["sheetId", "seq"]);
  for (const name of ["runs", "frames"] as const)
    database.createObjectStore(name, { keyPath: "sheetId" });
  database.createObjectStore("prompts", { keyPath: "id" });
  database.createObjectStore("pictures", { keyPath: "facts.hash" });
  database.createObjectStore("totals", { keyPath: ["sheetId", "purse"] });
  database.createObjectStore("spending", { keyPath: ["day", "purse", "modelId"] });
}

/** Every key that begins with these parts: an array sorts after all others in IndexedDB. */
export function startingWith(...parts: string[]): IDBKeyRange {
  return IDBKeyRange.bound(parts, [...parts, []]);
}

/**
 * Every number below a limit, as a range of an index on a field that may be null. It needs its lower bound: WebKit
 * keeps rows with null or a boolean in an index, below all numbers (seen in WebKitGTK 2.50), while the specification
 * leaves them out.
 */
export function numbersBelow(limit: number): IDBKeyRange {
  return IDBKeyRange.bound(-Infinity, limit, false, true);
}
