import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";
import { livingRows } from "#src/storage/living-rows.ts";
import type { SheetRecords, Write } from "#src/storage/storage.ts";
import { renewIds } from "./files/renew-ids.ts";

/**
 * The rows of a copy of a sheet: same images, answers and marks, all under new ids. Copied answers are "reused" and
 * cost nothing, so that no sum counts a payment twice; what never got an answer is not copied.
 */
export function duplicateRecords(
  records: SheetRecords,
  services: { now: () => number; newId: () => string },
): Write & { sheets: readonly [Sheet] } {
  const at = services.now();
  const { images, tasks, marks } = livingRows(records);
  const sheet: Sheet = {
    ...records.sheet,
    name: `${records.sheet.name} (copy)`,
    createdAt: at,
    editedAt: at,
  };
  const renewed = renewIds(
    { sheet, images, tasks: tasks.flatMap(asReused), marks },
    services.newId,
  );
  return {
    sheets: [renewed.sheet],
    images: renewed.images,
    tasks: renewed.tasks,
    marks: renewed.marks,
  };
}

function asReused(task: Task): Task[] {
  return task.state.phase === "done"
    ? [{ ...task, state: { ...task.state, source: "reused", costMicroUsd: 0 } }]
    : [];
}
