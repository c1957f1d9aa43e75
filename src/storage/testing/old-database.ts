import { readFileSync } from "node:fs";
import { openDB, type IDBPDatabase } from "idb";
import * as v from "valibot";

/** A row of a store as it was on disk. */
export interface StoredRow {
  store: string;
  /** Undefined if the row holds its key itself. */
  key: IDBValidKey | undefined;
  value: unknown;
}

const lineSchema = v.object({
  store: v.string(),
  key: v.optional(v.union([v.string(), v.array(v.union([v.string(), v.number()]))])),
  value: v.unknown(),
});
const bytesSchema = v.strictObject({ base64: v.string() });

/** The rows of the database that the app of version 4 made: every state, kind and source of its time, some damaged. */
export function rowsOfVersion4(): StoredRow[] {
  return rowsOf(4);
}

// Those of versions 5 to 7 are what their apps made of those of version 4, with a row more for each thing that was new:
// a saved prompt, notes for prompts, a reviewed mark; a text that an image came with, its role, what it looks like.
function rowsOf(version: 4 | 5 | 6 | 7): StoredRow[] {
  const url = new URL(`fixtures/database-${version}.jsonl`, import.meta.url);
  const text = readFileSync(url, "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const { store, key, value } = v.parse(lineSchema, JSON.parse(line));
      return { store, key, value: withBytes(value) };
    });
}

/** The sheet's file that the app wrote while its layout had this version, of the first sheet of that database. */
export function fileOfVersion(version: 1 | 2 | 3 | 4): Blob {
  const url = new URL(`fixtures/version-${version}.contact-sheet.zip`, import.meta.url);
  return new Blob([readFileSync(url)]);
}

/** Writes the database of a version as it was, and closes it. */
export async function writeVersion(version: 4 | 5 | 6 | 7, name: string): Promise<void> {
  const upgrade = { 4: createVersion4, 5: createVersion5, 6: createVersion6, 7: createVersion6 }[
    version
  ];
  const database = await openDB(name, version, { upgrade });
  for (const { store, key, value } of rowsOf(version)) await database.put(store, value, key);
  database.close();
}

// Fixtures are JSON, which has no bytes of its own.
function withBytes(value: unknown): unknown {
  if (v.is(bytesSchema, value)) return new Uint8Array(Buffer.from(value.base64, "base64")).buffer;
  if (Array.isArray(value)) return value.map(withBytes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withBytes(inner)]));
}

// The stores as each version had them: never changed with the app.

function createVersion6(database: IDBPDatabase): void {
  createVersion5(database);
  database.createObjectStore("prompts", { keyPath: "id" });
}

function createVersion5(database: IDBPDatabase): void {
  const [, marks] = createVersion3(database);
  database.createObjectStore("uploads");
  database.createObjectStore("frames", { keyPath: "sheetId" });
  marks.createIndex("seq", ["sheetId", "seq"]);
}

export function createVersion4(database: IDBPDatabase): void {
  createVersion3(database);
  database.createObjectStore("uploads");
}

/** Makes the stores of version 3, which are empty. Returns those that a later version gave one more index. */
export function createVersion3(database: IDBPDatabase) {
  const stores = createFirstStores(database);
  stores[0].createIndex("open", ["sheetId", "open"]);
  database.createObjectStore("runs", { keyPath: "sheetId" });
  database.createObjectStore("totals", { keyPath: ["sheetId", "purse"] });
  return stores;
}

/** Makes the stores of version 1, which are empty. */
export function createVersion1(database: IDBPDatabase): void {
  createFirstStores(database);
}

function createFirstStores(database: IDBPDatabase) {
  database.createObjectStore("sheets", { keyPath: "id" }).createIndex("deletedAt", "deletedAt");
  const images = database.createObjectStore("images", { keyPath: ["sheetId", "id"] });
  images.createIndex("id", "id");
  images.createIndex("frame", ["sheetId", "frame"]);
  images.createIndex("picture", "preparation.pictureHash");
  images.createIndex("deletedAt", "deletedAt");
  const [tasks, marks] = [
    database.createObjectStore("tasks", { keyPath: ["sheetId", "taskUuid"] }),
    database.createObjectStore("marks", { keyPath: ["sheetId", "id"] }),
  ];
  for (const store of [tasks, marks]) {
    store.createIndex("image", ["sheetId", "imageId"]);
    store.createIndex("deletedAt", "deletedAt");
  }
  database.createObjectStore("pictures", { keyPath: "facts.hash" });
  for (const name of ["thumbnails", "copies", "reusable", "seen"]) database.createObjectStore(name);
  database.createObjectStore("spending", { keyPath: ["day", "purse", "modelId"] });
  return [tasks, marks] as const;
}
