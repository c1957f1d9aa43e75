import * as v from "valibot";
import type { StoreNames } from "idb";
import { type Database, numbersBelow, startingWith } from "./database.ts";
import { mendTotals } from "./disk-totals.ts";
import { readEach, writing, type Writing } from "./disk-transaction.ts";
import { parseRow } from "./parse-rows.ts";
import { fateOf, keepsSheet, type TaskFate } from "./purge-rules.ts";
import type { Purged, PurgeTarget } from "./storage.ts";
import { taskSchema } from "./row-schemas.ts";
import type { Tables } from "./tables.ts";

const STORES: StoreNames<Tables>[] = [
  "sheets",
  "images",
  "tasks",
  "marks",
  "frames",
  "runs",
  "totals",
  "pictures",
  "thumbnails",
  "copies",
  "reusable",
  "uploads",
];
// Only what a purge needs, so that a damaged row can be deleted, too.
const tombstone = v.object({ deletedAt: v.pipe(v.number(), v.finite()) });
const openSchema = v.object({ open: v.literal(1) });
const picturedRow = v.object({ preparation: v.object({ pictureHash: v.string() }) });
const addedRow = v.object({ addedAt: v.number() });

/**
 * Removes tombstoned rows, then pictures that no image names, with the answers kept for their reuse: all or nothing.
 */
export function purgeDisk(database: Database, target: PurgeTarget): Promise<Purged> {
  return writing(database, { stores: STORES, durability: "relaxed" }, async (transaction) => {
    const hashes = new Set<string>();
    const purged: Purged = { sheets: 0, images: 0, awaited: 0 };
    const awaited = new Set<string>();
    for (const sheetId of await sheetsToPurge(transaction, target)) {
      if (await keepsAny(transaction, sheetId, target.sentBefore)) awaited.add(sheetId);
      else {
        purged.images += await removeSheet(transaction, sheetId, hashes);
        purged.sheets += 1;
      }
    }
    const rows = (await imagesToPurge(transaction, target)).filter(([id]) => !awaited.has(id));
    const old = await oldAnswers(transaction, target.deletedBefore);
    // Afterwards only the kept sums know of what is purged.
    for (const sheetId of new Set([...rows, ...old.tasks].map(([id]) => id)))
      await mendTotals(transaction, sheetId);
    for (const key of rows) {
      if (await removeImage(transaction, key, hashes)) purged.images += 1;
      else purged.awaited += 1;
    }
    for (const key of old.tasks) await settleTask(transaction, key);
    for (const key of old.marks) await transaction.objectStore("marks").delete(key);
    const { strayBefore } = target;
    if (strayBefore !== undefined) await collectStrays(transaction, strayBefore, hashes);
    for (const hash of hashes) await dropPicture(transaction, hash);
    return { ...purged, awaited: purged.awaited + awaited.size };
  });
}

async function keepsAny(
  transaction: Writing,
  sheetId: string,
  sentBefore: number | undefined,
): Promise<boolean> {
  const open = await transaction.objectStore("tasks").index("open").getAll([sheetId, 1]);
  return open.some((row) => {
    const task = parseRow(row, taskSchema, () => undefined);
    return task !== null && keepsSheet(task, sentBefore);
  });
}

async function oldAnswers(
  transaction: Writing,
  before: number | undefined,
): Promise<{ tasks: [string, string][]; marks: [string, string][] }> {
  return {
    tasks: await oldKeys(transaction.objectStore("tasks"), before),
    marks: await oldKeys(transaction.objectStore("marks"), before),
  };
}

async function sheetsToPurge(transaction: Writing, target: PurgeTarget): Promise<Set<string>> {
  const store = transaction.objectStore("sheets");
  const found = new Set(await oldKeys(store, target.deletedBefore));
  for (const id of target.sheetIds ?? []) if (v.is(tombstone, await store.get(id))) found.add(id);
  return found;
}

async function imagesToPurge(
  transaction: Writing,
  target: PurgeTarget,
): Promise<[string, string][]> {
  const store = transaction.objectStore("images");
  const found = await oldKeys(store, target.deletedBefore);
  for (const id of target.imageIds ?? []) {
    const key = await store.index("id").getKey(id);
    if (key === undefined || found.some(([, known]) => known === key[1])) continue;
    if (v.is(tombstone, await store.get(key))) found.push(key);
  }
  return found;
}

/** A store whose rows may carry a tombstone. */
interface Buried<Key> {
  index: (name: "deletedAt") => { getAllKeys: (range: IDBKeyRange) => Promise<Key[]> };
  get: (key: Key) => Promise<unknown>;
}

// Every row is read before it is named for deletion: an index is not proof enough to destroy something for good.
async function oldKeys<Key>(store: Buried<Key>, before: number | undefined): Promise<Key[]> {
  if (before === undefined) return [];
  const keys = await store.index("deletedAt").getAllKeys(numbersBelow(before));
  const found = await readEach(keys, async (key) => {
    const row = v.safeParse(tombstone, await store.get(key));
    return row.success && row.output.deletedAt < before ? [key] : [];
  });
  return found.flat();
}

async function removeSheet(
  transaction: Writing,
  sheetId: string,
  hashes: Set<string>,
): Promise<number> {
  const range = startingWith(sheetId);
  const images = await transaction.objectStore("images").getAll(range);
  for (const row of images) addHash(row, hashes);
  for (const name of ["images", "tasks", "marks", "totals"] as const)
    await transaction.objectStore(name).delete(range);
  await transaction.objectStore("frames").delete(sheetId);
  await transaction.objectStore("runs").delete(sheetId);
  await transaction.objectStore("sheets").delete(sheetId);
  return images.length;
}

/** False if it stays, since one of its tasks has not ended. */
async function removeImage(
  transaction: Writing,
  key: [sheetId: string, imageId: string],
  hashes: Set<string>,
): Promise<boolean> {
  const images = transaction.objectStore("images");
  const tasks = transaction.objectStore("tasks");
  const taskKeys = await tasks.index("image").getAllKeys(key);
  const fates = await readEach(taskKeys, async (taskKey) => fateOfRow(await tasks.get(taskKey)));
  if (fates.some(({ kind }) => kind === "awaited")) return false;
  addHash(await images.get(key), hashes);
  await images.delete(key);
  for (const taskKey of taskKeys) await settleTask(transaction, taskKey);
  const marks = transaction.objectStore("marks");
  for (const markKey of await marks.index("image").getAllKeys(key)) await marks.delete(markKey);
  return true;
}

async function settleTask(
  transaction: Writing,
  key: [sheetId: string, taskUuid: string],
): Promise<void> {
  const store = transaction.objectStore("tasks");
  const fate = fateOfRow(await store.get(key));
  if (fate.kind === "goes") await store.delete(key);
  else if (fate.kind === "held") await store.put({ ...fate.task, open: 1 });
}

// Nobody can tell the end of a damaged task that was open, so it stays, and what it holds stays too.
function fateOfRow(row: unknown): TaskFate {
  const task = parseRow(row, taskSchema, () => undefined);
  if (task !== null) return fateOf(task);
  return v.is(openSchema, row) ? { kind: "left" } : { kind: "goes" };
}

// Pictures whose tab ended between keeping the picture and writing its image.
async function collectStrays(
  transaction: Writing,
  before: number,
  hashes: Set<string>,
): Promise<void> {
  const named = new Set<IDBValidKey>();
  const index = transaction.objectStore("images").index("picture");
  for (
    let cursor = await index.openKeyCursor(null, "nextunique");
    cursor !== null;
    cursor = await cursor.continue()
  )
    named.add(cursor.key);
  const pictures = transaction.objectStore("pictures");
  for (const hash of await pictures.getAllKeys()) {
    if (named.has(hash)) continue;
    const row = v.safeParse(addedRow, await pictures.get(hash));
    if (!row.success || row.output.addedAt < before) hashes.add(hash);
  }
}

async function dropPicture(transaction: Writing, hash: string): Promise<void> {
  if ((await transaction.objectStore("images").index("picture").count(hash)) > 0) return;
  await transaction.objectStore("pictures").delete(hash);
  await transaction.objectStore("thumbnails").delete(hash);
  await transaction.objectStore("copies").delete(IDBKeyRange.bound([hash], [hash, []]));
  await transaction.objectStore("reusable").delete(startingWith(hash));
  await transaction.objectStore("uploads").delete(startingWith(hash));
}

function addHash(row: unknown, hashes: Set<string>): void {
  const parsed = v.safeParse(picturedRow, row);
  if (parsed.success) hashes.add(parsed.output.preparation.pictureHash);
}
