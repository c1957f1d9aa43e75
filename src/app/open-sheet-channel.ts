import * as v from "valibot";
import type { PurgeChannel, RowsWritten, SheetChannel } from "#src/state/sheet-channel.ts";
import { factsSchema, imageSchema, markSchema, sheetSchema } from "#src/storage/row-schemas.ts";
import { taskSchema } from "#src/storage/task-schema.ts";

const rowsSchema = v.object({
  sheet: v.exactOptional(sheetSchema),
  images: v.exactOptional(v.array(imageSchema)),
  pictures: v.exactOptional(v.array(factsSchema)),
  tasks: v.exactOptional(v.array(taskSchema)),
  marks: v.exactOptional(v.array(markSchema)),
});

/**
 * Tabs of one sheet, over a BroadcastChannel. Only this app's own code can post on it, but a tab may be of another
 * version: what it posts is not heard if it can't be read as rows of this sheet.
 */
export function openSheetChannel(sheetId: string): SheetChannel {
  const channel = new BroadcastChannel(`contact-sheet.sheet.${sheetId}`);
  return {
    post: (rows) => channel.postMessage(rows),
    onRows: (listener) => {
      channel.addEventListener("message", (event: MessageEvent<unknown>) => {
        const rows = readRows(event.data, sheetId);
        if (rows !== null) listener(rows);
      });
    },
    close: () => channel.close(),
  };
}

function readRows(message: unknown, sheetId: string): RowsWritten | null {
  const read = v.safeParse(rowsSchema, message);
  if (!read.success) return null;
  const { sheet, images, tasks, marks } = read.output;
  const isOurs = (row: { sheetId: string }): boolean => row.sheetId === sheetId;
  if (sheet !== undefined && sheet.id !== sheetId) return null;
  if (![images, tasks, marks].every((rows) => rows?.every(isOurs) ?? true)) return null;
  return read.output;
}

/** Word of purges, over a BroadcastChannel. */
export function openPurgeChannel(): PurgeChannel {
  const channel = new BroadcastChannel("contact-sheet.purges");
  return {
    tell: (removedBefore) => channel.postMessage(removedBefore),
    onPurge: (listener) => {
      channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        if (typeof data === "number") listener(data);
      });
    },
    close: () => channel.close(),
  };
}
