import type { Mark } from "#src/domain/mark.ts";
import { newSheetId } from "#src/domain/sheet.ts";
import type { SheetRecords } from "#src/storage/storage.ts";

type SheetRows = Pick<SheetRecords, "sheet" | "images" | "tasks" | "marks">;

/**
 * The same rows under new ids, so that they can exist beside those they were copied from: sheet, images, tasks, runs
 * and marks, wherever one of them is named, including in the settings of the views. What names none of these rows stays
 * unchanged.
 */
export function renewIds(
  { sheet, images, tasks, marks }: SheetRows,
  newId: () => string,
): SheetRows {
  const named = new Set([
    ...images.map(({ id }) => id),
    ...tasks.flatMap(({ taskUuid, runId }) => [taskUuid, runId]),
    ...marks.map(({ id }) => id),
  ]);
  const ids = new Map([...named].map((id) => [id, newId()]));
  ids.set(sheet.id, newSheetId(sheet.keeping, newId));
  const renewed = (id: string): string => ids.get(id) ?? id;
  const sheetId = renewed(sheet.id);
  return {
    sheet: {
      ...sheet,
      id: sheetId,
      caption: renewedDeep(sheet.caption, renewed),
      compare: renewedDeep(sheet.compare, renewed),
      ageCheck: renewedDeep(sheet.ageCheck, renewed),
    },
    images: images.map((image) => ({
      ...image,
      id: renewed(image.id),
      sheetId,
      source:
        image.source.kind === "part"
          ? { ...image.source, of: renewed(image.source.of) }
          : image.source,
    })),
    tasks: tasks.map((task) => ({
      ...task,
      taskUuid: renewed(task.taskUuid),
      sheetId,
      imageId: renewed(task.imageId),
      runId: renewed(task.runId),
    })),
    marks: marks.map((mark): Mark => ({
      ...mark,
      id: renewed(mark.id),
      sheetId,
      imageId: renewed(mark.imageId),
      shown: mark.shown.map(renewed),
      value:
        mark.value.kind === "pick"
          ? { ...mark.value, taskUuid: renewed(mark.value.taskUuid) }
          : mark.value,
      replaces: mark.replaces === null ? null : renewed(mark.replaces),
    })),
  };
}

// A view's settings are its own: only the ids themselves show where in them a row is named.
function renewedDeep(value: unknown, renewed: (id: string) => string): unknown {
  if (typeof value === "string") return renewed(value);
  if (Array.isArray(value)) return value.map((inner: unknown) => renewedDeep(inner, renewed));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [renewed(key), renewedDeep(inner, renewed)]),
  );
}
