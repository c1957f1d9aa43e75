import * as v from "valibot";
import { unwrap, type IDBPDatabase, type IDBPTransaction, type StoreNames } from "idb";
import type { Tables } from "./tables.ts";
import { markOfVersion5, sheetOfVersion5, taskOfVersion5, timeOfMark } from "./version-5.ts";

type Upgrade = (database: IDBDatabase, transaction: IDBTransaction) => void;

/**
 * One step per version, never edited once released, and never reading today's types: each knows only the rows of its
 * time.
 */
const STEPS: readonly Upgrade[] = [
  createFirstTables,
  keepTotals,
  markOpenTasks,
  keepUploads,
  nameFields,
  keepPrompts,
  keepOtherApps,
  keepTransparency,
];

/** Runs the steps that a database of this version has not had. */
export function upgradeDatabase(
  database: IDBPDatabase<Tables>,
  oldVersion: number,
  transaction: IDBPTransaction<Tables, StoreNames<Tables>[], "versionchange">,
): void {
  for (const step of STEPS.slice(oldVersion)) step(unwrap(database), unwrap(transaction));
}

function createFirstTables(database: IDBDatabase): void {
  const sheets = database.createObjectStore("sheets", { keyPath: "id" });
  sheets.createIndex("deletedAt", "deletedAt");
  const images = database.createObjectStore("images", { keyPath: ["sheetId", "id"] });
  images.createIndex("id", "id");
  images.createIndex("frame", ["sheetId", "frame"]);
  images.createIndex("picture", "preparation.pictureHash");
  images.createIndex("deletedAt", "deletedAt");
  const tasks = database.createObjectStore("tasks", { keyPath: ["sheetId", "taskUuid"] });
  tasks.createIndex("image", ["sheetId", "imageId"]);
  tasks.createIndex("deletedAt", "deletedAt");
  const marks = database.createObjectStore("marks", { keyPath: ["sheetId", "id"] });
  marks.createIndex("image", ["sheetId", "imageId"]);
  marks.createIndex("deletedAt", "deletedAt");
  database.createObjectStore("pictures", { keyPath: "facts.hash" });
  database.createObjectStore("thumbnails");
  database.createObjectStore("copies");
  database.createObjectStore("reusable");
  database.createObjectStore("spending", { keyPath: ["day", "purse", "modelId"] });
  database.createObjectStore("seen");
}

/**
 * Sums per sheet, which outlive the rows they were made from, and a note of each sheet's latest run.
 */
function keepTotals(database: IDBDatabase, transaction: IDBTransaction): void {
  database.createObjectStore("runs", { keyPath: "sheetId" });
  const totals = database.createObjectStore("totals", { keyPath: ["sheetId", "purse"] });
  const sums = new Map<string, { sheetId: string; purse: string; microUsd: number }>();
  const request = transaction.objectStore("tasks").openCursor();
  request.addEventListener("success", () => {
    const cursor = request.result;
    if (cursor === null) {
      for (const sum of sums.values()) totals.put(sum);
      return;
    }
    const row = v.safeParse(paidTask, cursor.value);
    if (row.success && row.output.state.source !== "reused") {
      const { sheetId, purse, state } = row.output;
      const key = JSON.stringify([sheetId, purse]);
      const microUsd = (sums.get(key)?.microUsd ?? 0) + state.costMicroUsd;
      sums.set(key, { sheetId, purse, microUsd });
    }
    cursor.continue();
  });
}

// A task of version 1 with a paid answer, as it was written then.
const paidTask = v.object({
  sheetId: v.string(),
  purse: v.string(),
  state: v.object({ source: v.string(), costMicroUsd: v.number() }),
});

/** An index of the tasks that a run has to know of, so that opening a sheet reads only those. */
function markOpenTasks(_database: IDBDatabase, transaction: IDBTransaction): void {
  const tasks = transaction.objectStore("tasks");
  tasks.createIndex("open", ["sheetId", "open"]);
  const request = tasks.openCursor();
  request.addEventListener("success", () => {
    const cursor = request.result;
    if (cursor === null) return;
    const row: unknown = cursor.value;
    if (v.is(openTask, row)) cursor.update({ ...row, open: 1 });
    cursor.continue();
  });
}

// A task of version 2 that had not ended, was unsettled, or whose cost was not known.
const openTask = v.looseObject({
  state: v.union([
    v.object({
      phase: v.picklist(["waiting", "preparing", "sending", "resting", "polling", "unsettled"]),
    }),
    v.object({ phase: v.picklist(["done", "empty"]), costMicroUsd: v.null() }),
  ]),
});

/** Pictures that were left with the service, so that each is uploaded only once. */
function keepUploads(database: IDBDatabase): void {
  database.createObjectStore("uploads");
}

/** Fields for sheets, tasks and marks; an order of each sheet's marks; frame numbers that are given out. */
function nameFields(database: IDBDatabase, transaction: IDBTransaction): void {
  database.createObjectStore("frames", { keyPath: "sheetId" });
  const marks = transaction.objectStore("marks");
  marks.createIndex("seq", ["sheetId", "seq"]);
  eachRow(transaction.objectStore("sheets"), sheetOfVersion5);
  eachRow(transaction.objectStore("tasks"), taskOfVersion5);
  const found: { key: string; at: number }[] = [];
  const request = marks.openCursor();
  request.addEventListener("success", () => {
    const cursor = request.result;
    if (cursor !== null) {
      found.push({ key: JSON.stringify(cursor.primaryKey), at: timeOfMark(cursor.value) });
      cursor.continue();
      return;
    }
    // Cursors go by sheet, then id, and sorting keeps the order of equals. Gaps between the numbers of a sheet do no
    // harm.
    const order = found.toSorted((a, b) => a.at - b.at).map(({ key }) => key);
    const seqs = new Map(order.map((key, index) => [key, index + 1]));
    eachRow(marks, (row, key) => markOfVersion5(row, seqs.get(JSON.stringify(key)) ?? 0));
  });
}

/** The library of the user's own prompts. Sheets and fields of version 5 lack only what has a default. */
function keepPrompts(database: IDBDatabase): void {
  database.createObjectStore("prompts", { keyPath: "id" });
}

/**
 * Marks of version 7 say what an image is for, and which text it came with: an app of version 6 would take them for
 * damaged rows, so it has to be told that the database is newer. The rows that were there stay as they are.
 */
function keepOtherApps(): void {}

/**
 * Copies of version 8 may be WebP or PNG, and parts of images have a name and a number: an app of version 7 would take
 * them for damaged. The rows that were there stay as they are: their copies were laid on white when they were made.
 */
function keepTransparency(): void {}

function eachRow(store: IDBObjectStore, change: (row: unknown, key: IDBValidKey) => unknown): void {
  const request = store.openCursor();
  request.addEventListener("success", () => {
    const cursor = request.result;
    if (cursor === null) return;
    const row: unknown = cursor.value;
    const changed = change(row, cursor.primaryKey);
    if (changed !== row) cursor.update(changed);
    cursor.continue();
  });
}
