import type { Mark } from "#src/domain/mark.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";
import type { SheetRecords, Write } from "#src/storage/storage.ts";

/**
 * The rows of a copy of a sheet: same images, answers and marks, all under new ids. Copied answers are "reused" and
 * cost nothing, so that no sum counts a payment twice; what never got an answer is not copied.
 */
export function duplicateRecords(
  records: SheetRecords,
  services: { now: () => number; newId: () => string },
): Write & { sheets: readonly [Sheet] } {
  const at = services.now();
  const sheet: Sheet = {
    ...records.sheet,
    id: services.newId(),
    name: `${records.sheet.name} (copy)`,
    createdAt: at,
    editedAt: at,
  };
  const kept = records.images.filter((image) => image.deletedAt === null);
  const imageIds = new Map(kept.map((image) => [image.id, services.newId()]));
  const answered = records.tasks.filter(
    (task) => task.deletedAt === null && task.state.phase === "done" && imageIds.has(task.imageId),
  );
  const taskUuids = new Map(answered.map((task) => [task.taskUuid, services.newId()]));
  const marks = records.marks.filter(
    (mark) => mark.deletedAt === null && imageIds.has(mark.imageId),
  );
  const markIds = new Map(marks.map((mark) => [mark.id, services.newId()]));
  const renamed = (ids: ReadonlyMap<string, string>, id: string): string => ids.get(id) ?? id;
  return {
    sheets: [sheet],
    images: kept.map((image) => ({
      ...image,
      id: renamed(imageIds, image.id),
      sheetId: sheet.id,
    })),
    tasks: answered.map((task): Task => ({
      ...task,
      taskUuid: renamed(taskUuids, task.taskUuid),
      sheetId: sheet.id,
      imageId: renamed(imageIds, task.imageId),
      state:
        task.state.phase === "done"
          ? { ...task.state, source: "reused", costMicroUsd: 0 }
          : task.state,
    })),
    marks: marks.map((mark): Mark => ({
      ...mark,
      id: renamed(markIds, mark.id),
      sheetId: sheet.id,
      imageId: renamed(imageIds, mark.imageId),
      shown: mark.shown.map((uuid) => renamed(taskUuids, uuid)),
      value:
        mark.value.kind === "pick"
          ? { kind: "pick", taskUuid: renamed(taskUuids, mark.value.taskUuid) }
          : mark.value,
      replaces: mark.replaces === null ? null : renamed(markIds, mark.replaces),
    })),
  };
}
