import * as v from "valibot";
import type { RowsWritten } from "#src/state/history/changes.ts";
import {
  factsSchema,
  imageSchema,
  markSchema,
  sheetSchema,
  taskSchema,
} from "#src/storage/row-schemas.ts";

const rowsSchema = v.object({
  sheet: v.exactOptional(sheetSchema),
  images: v.exactOptional(v.array(imageSchema)),
  pictures: v.exactOptional(v.array(factsSchema)),
  tasks: v.exactOptional(v.array(taskSchema)),
  marks: v.exactOptional(v.array(markSchema)),
});

/** What another tab posted, as rows of this sheet; null if it can't be read as such. */
export function readRows(message: unknown, sheetId: string): RowsWritten | null {
  const read = v.safeParse(rowsSchema, message);
  if (!read.success) return null;
  const { sheet, images, tasks, marks } = read.output;
  const isOurs = (row: { sheetId: string }): boolean => row.sheetId === sheetId;
  if (sheet !== undefined && sheet.id !== sheetId) return null;
  if (![images, tasks, marks].every((rows) => rows?.every(isOurs) ?? true)) return null;
  return read.output;
}
