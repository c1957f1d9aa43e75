import type { SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";
import type { Storage, Written } from "#src/storage/storage.ts";
import type { RowsWritten, SheetChannel } from "./sheet-channel.ts";
import type { SheetStore } from "./sheet-store.ts";

export interface SheetRows {
  sheet?: Sheet;
  images?: readonly SheetImage[];
  tasks?: readonly Task[];
  marks?: readonly (Mark | UnwrittenMark)[];
}

/** Writes rows of one sheet: to storage first, then to this screen (except settings) and to the other tabs. */
export interface SheetWriter {
  write: (rows: SheetRows & Pick<RowsWritten, "pictures">) => Promise<Written>;
}

/** Rejects with storage's FailureError, and then shows nothing: the screen never runs ahead of what is kept. */
export function createSheetWriter(parts: {
  storage: Storage;
  sheetStore: SheetStore;
  channel: SheetChannel | null;
}): SheetWriter {
  return {
    write: async ({ pictures, sheet, ...rows }) => {
      const kept = await parts.storage.write({
        ...rows,
        ...(sheet === undefined ? {} : { sheets: [sheet] }),
      });
      const written: RowsWritten = {
        ...rows,
        marks: kept.marks,
        ...(pictures === undefined ? {} : { pictures }),
      };
      // Settings were shown when they were changed. Showing them again now would take back what was typed in the
      // meantime.
      parts.sheetStore.show(written);
      parts.channel?.post({ ...written, ...(sheet === undefined ? {} : { sheet }) });
      return kept;
    },
  };
}
