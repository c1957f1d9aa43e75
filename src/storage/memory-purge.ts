import { pictureHashOf } from "#src/domain/image-row.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Task } from "#src/domain/task.ts";
import { fateOf, keepsSheet } from "./purge-rules.ts";
import type { Purged, PurgeTarget } from "./storage.ts";
import type { MemoryTables } from "./tables.ts";

/** Removes tombstoned rows, then pictures that no image names. */
export function purgeMemory(tables: MemoryTables, target: PurgeTarget): Purged {
  const before = target.deletedBefore ?? -Infinity;
  const isOld = (row: { deletedAt: number | null }): boolean =>
    row.deletedAt !== null && row.deletedAt < before;
  const deleted = [...tables.sheets.values()]
    .filter((row) => isOld(row) || (isTombstone(row) && target.sheetIds?.includes(row.id)))
    .map(({ id }) => id);
  const awaited = new Set(deleted.filter((id) => keepsAny(tables, id, target.sentBefore)));
  const sheetIds = new Set(deleted.filter((id) => !awaited.has(id)));
  const named = new Set(target.imageIds);
  const removed = [...tables.images.values()].filter(
    (row) =>
      !sheetIds.has(row.sheetId) &&
      !awaited.has(row.sheetId) &&
      (isOld(row) || (isTombstone(row) && named.has(row.id))),
  );
  const free = removed.filter((image) => !isAwaited(tables, image));
  const images = [
    ...free,
    ...[...tables.images.values()].filter((row) => sheetIds.has(row.sheetId)),
  ];
  for (const image of images) removeImage(tables, image);
  for (const rows of tables.tasks.values())
    for (const row of rows.values()) if (isOld(row)) settleTask(rows, row);
  for (const rows of tables.marks.values())
    for (const [key, row] of rows) if (isOld(row)) rows.delete(key);
  for (const sheetId of sheetIds) {
    tables.sheets.delete(sheetId);
    tables.tasks.delete(sheetId);
    tables.marks.delete(sheetId);
    tables.totals.delete(sheetId);
    tables.frames.delete(sheetId);
    tables.runs.delete(sheetId);
  }
  dropUnnamedPictures(tables, images);
  return {
    sheets: sheetIds.size,
    images: images.length,
    awaited: awaited.size + removed.length - free.length,
  };
}

function keepsAny(tables: MemoryTables, sheetId: string, sentBefore: number | undefined): boolean {
  return [...(tables.tasks.get(sheetId)?.values() ?? [])].some((task) =>
    keepsSheet(task, sentBefore),
  );
}

function isAwaited(tables: MemoryTables, image: SheetImage): boolean {
  return [...(tables.tasks.get(image.sheetId)?.values() ?? [])].some(
    (task) => task.imageId === image.id && fateOf(task).kind === "awaited",
  );
}

function settleTask(rows: Map<string, Task>, task: Task): void {
  const fate = fateOf(task);
  if (fate.kind === "goes") rows.delete(task.taskUuid);
  else if (fate.kind === "held") rows.set(task.taskUuid, fate.task);
}

function isTombstone(row: { deletedAt: number | null }): boolean {
  return row.deletedAt !== null;
}

function removeImage(tables: MemoryTables, image: SheetImage): void {
  tables.images.delete(image.id);
  const tasks = tables.tasks.get(image.sheetId) ?? new Map<string, Task>();
  for (const task of tasks.values()) if (task.imageId === image.id) settleTask(tasks, task);
  const marks = tables.marks.get(image.sheetId);
  for (const [key, row] of marks ?? []) if (row.imageId === image.id) marks?.delete(key);
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
