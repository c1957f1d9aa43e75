import type { ImageId, SheetId } from "#src/domain/image.ts";
import { pictureHashOf } from "#src/domain/image.ts";
import type { UnwrittenMark } from "#src/domain/mark.ts";
import type { Task } from "#src/domain/task.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { Intake, UnseenPicture } from "#src/state/pictures/intake.ts";
import type { SheetStore } from "./sheet-store.ts";
import type { SheetWriter } from "./sheet-writer.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";

/** Answers and marks that were made elsewhere, about pictures known by their hash. */
export interface ForeignRows {
  pictures: readonly UnseenPicture[];
  /** Called once every picture has an image. */
  rows: (place: { sheetId: SheetId; imageIdOf: (hash: string) => ImageId | null }) => {
    tasks: readonly Task[];
    marks: readonly UnwrittenMark[];
  };
}

/** Adds what others made. Resolves to how many images, answers and marks were new; one undo removes them. */
export type TakeForeignRows = (
  foreign: ForeignRows,
  label: string,
) => Promise<{ images: number; tasks: number; marks: number }>;

/** Makes the way in for rows of others. Pictures that are already on the sheet keep their image. */
export function createTakeForeignRows(parts: {
  storage: Pick<Storage, "readTasks">;
  sheetStore: SheetStore;
  writer: SheetWriter;
  intake: Pick<Intake, "addUnseen">;
  undo: UndoStack;
  now: () => number;
}): TakeForeignRows {
  const { sheetStore, writer, intake } = parts;
  return async (foreign, label) => {
    const known = imagesByHash(sheetStore);
    const images = await intake.addUnseen(
      foreign.pictures.filter(({ pictureHash }) => !known.has(pictureHash)),
    );
    const all = imagesByHash(sheetStore);
    const { sheet } = sheetStore.store.getState();
    const { tasks: brought, marks: marked } = foreign.rows({
      sheetId: sheet.id,
      imageIdOf: (hash) => all.get(hash) ?? null,
    });
    // Only the newest answers are on the screen; an older one, or a removed one, keeps its row and what it cost.
    const kept = await parts.storage.readTasks(
      sheet.id,
      brought.map(({ taskUuid }) => taskUuid),
    );
    const keptUuids = new Set(kept.map(({ taskUuid }) => taskUuid));
    const tasks = brought.filter(({ taskUuid }) => !keptUuids.has(taskUuid));
    const { marks } = await writer.write({ tasks, marks: marked });
    sheetStore.flush();
    const setDeleted = async (deletedAt: number | null): Promise<void> => {
      await writer.write({
        images: images.map((image) => ({ ...image, deletedAt })),
        tasks: tasks.map((task) => ({ ...task, deletedAt })),
        marks: marks.map((mark) => ({ ...mark, deletedAt })),
      });
    };
    parts.undo.push({
      label,
      undo: () => setDeleted(parts.now()),
      redo: () => setDeleted(null),
    });
    return { images: images.length, tasks: tasks.length, marks: marks.length };
  };
}

function imagesByHash({ store }: SheetStore): Map<string, ImageId> {
  return new Map(
    [...store.getState().images.values()].flatMap((image) => {
      const hash = pictureHashOf(image);
      return hash === null ? [] : [[hash, image.id]];
    }),
  );
}
