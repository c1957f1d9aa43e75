import type { Keeping } from "#src/domain/sheet.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { SheetChannel } from "./apply.ts";
import type { PurgeChannel, UndoStack } from "#src/state/history/undo-stack.ts";

/** What the sheets need from the world. Made once, in app/create-services.ts. */
export interface SheetServices {
  storages: Readonly<Record<Keeping, Storage>>;
  /** Loads the engine on first use. */
  engine: () => Promise<RunEngine>;
  /** Loads the worker pool on first use. */
  preparer: () => Promise<ImagePreparer>;
  /** Tells other tabs of this browser about rows that were written. */
  openChannel: (sheetId: string) => SheetChannel;
  /** Between all tabs of this browser. */
  purges: PurgeChannel;
  undo: UndoStack;
  /** Epoch milliseconds. */
  now: () => number;
  /** A new UUID v4. */
  newId: () => string;
}
