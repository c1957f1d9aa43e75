import type { StoreNames } from "idb";
import * as v from "valibot";
import { numbersBelow, startingWith, type Database, type Tables } from "./database.ts";
import { writing, type Writing } from "./disk-transaction.ts";
import { readEach } from "./read-pages.ts";
import type { Purged, PurgeTarget } from "./storage.ts";

const STORES: StoreNames<Tables>[] = [
  "sheets",
  "images",
  "tasks",
  "marks",
  "runs",
  "totals",
  "pictures",
  "thumbnails",
  "copies",
  "reusable",
  "uploads",
];
// Only what a purge needs: a damaged row can be deleted, too.
const tombstone = v.object({ deletedAt: v.pipe(v.number(), v.finite()) });
const picturedRow = v.object({ preparation: v.object({ pictureHash: v.string() }) });
const addedRow = v.object({ addedAt: v.number() });

/** Removes tombstoned rows, then pictures that no image names, with the answers kept for their reuse: all or nothing. */
export function purgeDisk(database: Database, target: PurgeTarget): Promise<Purged> {
  return writing(database, { stores: STORES, durability: "relaxed" }, async (transaction) => {
    const hashes = new Set<string>();
    const sheetIds = await sheetsToPurge(transaction, target);
    let images = 0;
    for (const sheetId of sheetIds) images += await removeSheet(transaction, sheetId, hashes);
    const keys = await imagesToPurge(transaction, target);
    for (const key of keys) await removeImage(transaction, key, hashes);
    const { deletedBefore, strayBefore } = target;
    if (deletedBefore !== undefined) await removeOldRows(transaction, deletedBefore);
    if (strayBefore !== undefined) await collectStrays(transaction, strayBefore, hashes);
    for (const hash of hashes) await dropPicture(transaction, hash);
    return { sheets: sheetIds.size, images: images + keys.length };
  });
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
    if (key !== undefined && v.is(tombstone, await store.get(key))) found.push(key);
  }
  return found;
}

/** A store whose rows may carry a tombstone. */
interface Buried<Key> {
  index: (name: "deletedAt") => { getAllKeys: (range: IDBKeyRange) => Promise<Key[]> };
  get: (key: Key) => Promise<unknown>;
}

// Every row is read before it is named for deletion: what an index says is not enough to destroy something for good.
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
  await transaction.objectStore("runs").delete(sheetId);
  await transaction.objectStore("sheets").delete(sheetId);
  return images.length;
}

async function removeImage(
  transaction: Writing,
  key: [sheetId: string, imageId: string],
  hashes: Set<string>,
): Promise<void> {
  const images = transaction.objectStore("images");
  addHash(await images.get(key), hashes);
  await images.delete(key);
  for (const name of ["tasks", "marks"] as const) {
    const store = transaction.objectStore(name);
    for (const rowKey of await store.index("image").getAllKeys(key)) await store.delete(rowKey);
  }
}

async function removeOldRows(transaction: Writing, before: number): Promise<void> {
  for (const name of ["tasks", "marks"] as const) {
    const store = transaction.objectStore(name);
    for (const key of await oldKeys(store, before)) await store.delete(key);
  }
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
