import { pictureHashOf, type SheetImage } from "#src/domain/image.ts";
import type { MemoryTables } from "./memory-storage.ts";
import type { Purged, PurgeTarget } from "./storage.ts";

/** Removes tombstoned rows, then pictures that no image names. */
export function purgeMemory(tables: MemoryTables, target: PurgeTarget): Purged {
  const before = target.deletedBefore ?? -Infinity;
  const isOld = (row: { deletedAt: number | null }): boolean =>
    row.deletedAt !== null && row.deletedAt < before;
  const sheetIds = new Set(
    [...tables.sheets.values()]
      .filter((row) => isOld(row) || (isTombstone(row) && target.sheetIds?.includes(row.id)))
      .map(({ id }) => id),
  );
  const named = new Set(target.imageIds);
  const images = [...tables.images.values()].filter(
    (row) => sheetIds.has(row.sheetId) || isOld(row) || (isTombstone(row) && named.has(row.id)),
  );
  for (const image of images) removeImage(tables, image);
  for (const table of [tables.tasks, tables.marks])
    for (const rows of table.values())
      for (const [key, row] of rows) if (isOld(row)) rows.delete(key);
  for (const sheetId of sheetIds) {
    tables.sheets.delete(sheetId);
    tables.tasks.delete(sheetId);
    tables.marks.delete(sheetId);
    tables.totals.delete(sheetId);
    tables.runs.delete(sheetId);
  }
  dropUnnamedPictures(tables, images);
  return { sheets: sheetIds.size, images: images.length };
}

function isTombstone(row: { deletedAt: number | null }): boolean {
  return row.deletedAt !== null;
}

function removeImage(tables: MemoryTables, image: SheetImage): void {
  tables.images.delete(image.id);
  for (const table of [tables.tasks.get(image.sheetId), tables.marks.get(image.sheetId)])
    for (const [key, row] of table ?? []) if (row.imageId === image.id) table?.delete(key);
}

function dropUnnamedPictures(tables: MemoryTables, removed: readonly SheetImage[]): void {
  const stillNamed = new Set([...tables.images.values()].map(pictureHashOf));
  for (const hash of removed.map(pictureHashOf)) {
    if (hash === null || stillNamed.has(hash)) continue;
    tables.pictures.delete(hash);
    tables.copies.delete(hash);
    tables.reusable.delete(hash);
  }
}
