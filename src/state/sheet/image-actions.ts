import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { Intake } from "#src/state/pictures/intake.ts";
import type { SheetStore } from "./sheet-store.ts";
import type { SheetWriter } from "./sheet-writer.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";

export interface ImageActions {
  /**
   * Takes images off the sheet; one undo brings them back with their answers and marks. Files that are still being
   * prepared are dropped for good: there is nothing of them yet that an undo could bring back.
   */
  remove: (ids: readonly ImageId[]) => Promise<void>;
}

/** What the user does to images. */
export function createImageActions(parts: {
  sheetStore: SheetStore;
  writer: SheetWriter;
  intake: Pick<Intake, "forget">;
  undo: UndoStack;
  now: () => number;
}): ImageActions {
  const mark = async (images: readonly SheetImage[], deletedAt: number | null): Promise<void> => {
    await parts.writer.write({ images: images.map((image) => ({ ...image, deletedAt })) });
  };
  return {
    remove: async (ids) => {
      await parts.intake.forget(ids);
      const { images } = parts.sheetStore.store.getState();
      const removed = ids.flatMap((id) => images.get(id) ?? []);
      if (removed.length === 0) return;
      await mark(removed, parts.now());
      parts.undo.push({
        label: removed.length === 1 ? "removing 1 image" : `removing ${removed.length} images`,
        undo: () => mark(removed, null),
        redo: () => mark(removed, parts.now()),
      });
    },
  };
}
