import type { SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";

/**
 * Rows another tab wrote. Tasks in flight are reported by the engine's own channel; these are removals and restorals.
 */
export interface RowsWritten {
  sheet?: Sheet;
  images?: readonly SheetImage[];
  pictures?: readonly PictureFacts[];
  tasks?: readonly Task[];
  marks?: readonly Mark[];
}

/** Tells the tabs of one sheet about each other's writing. Never opened for a memory-only sheet. */
export interface SheetChannel {
  post: (rows: RowsWritten) => void;
  close: () => void;
  onRows: (listener: (rows: RowsWritten) => void) => void;
}

/** Tells every tab of this browser what another one removed for good. */
export interface PurgeChannel {
  /** Rows removed before this moment (epoch milliseconds) are gone, or about to be. */
  tell: (removedBefore: number) => void;
  onPurge: (listener: (removedBefore: number) => void) => void;
  close: () => void;
}
