import type { SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import {
  recordChange,
  settingsOf,
  withEntry,
  withSettings,
  type Diff,
  type NewDiff,
  type Undoable,
} from "#src/state/history/changes.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { SheetChange, SheetStore } from "./sheet-store.ts";

/** Rows another tab wrote. Tasks in flight are told by the engine's own channel; these are removals and restorals. */
export type RowsWritten = Pick<SheetChange, "sheet" | "images" | "pictures" | "tasks" | "marks">;

/** Tabs of one sheet, told of each other's writing. Never opened for a memory-only sheet. */
export interface SheetChannel {
  post: (rows: RowsWritten) => void;
  close: () => void;
  onRows: (listener: (rows: RowsWritten) => void) => void;
}

/** The one way in which a sheet's own rows and settings change. */
export interface SheetChanges {
  /**
   * Makes a change: storage first, then this screen, then the other tabs, then, if it can be taken back, the history of
   * this tab. Settings alone are shown before they are kept. Resolves to the change as it was written. Rejects with
   * storage's FailureError, and then shows neither rows nor a new name: the screen never runs ahead of what is kept.
   */
  apply: (diff: NewDiff, undoable?: Undoable) => Promise<Diff>;
  /** Keeps images whose pictures are new. */
  addPictured: (image: SheetImage, facts: PictureFacts) => Promise<void>;
  /** Keeps the settings that are shown once typing rests. Resolves when they are kept. */
  keepWhenTypingRests: () => Promise<void>;
  /** Keeps now what was typed. */
  keepTyped: () => Promise<void>;
}

interface ChangeParts {
  storage: Pick<Storage, "write" | "readImages" | "readTasks">;
  sheetStore: SheetStore;
  channel: SheetChannel | null;
  undo: UndoStack;
  now: () => number;
}

const TYPING_RESTS_MS = 500;

/** Makes the changes of one open sheet; loaded with the first of them. */
export function createSheetChanges(parts: ChangeParts): SheetChanges {
  const { storage, sheetStore, channel, now } = parts;
  let typing: Typing | null = null;
  const sheetNow = (): Sheet => sheetStore.store.getState().sheet;
  const showNow = (sheet: Sheet): void => {
    sheetStore.show({ sheet });
    sheetStore.flush();
  };
  const write = async (rows: RowsWritten, marks: NonNullable<NewDiff["adds"]>["marks"] = []) => {
    const { sheet, pictures, ...others } = rows;
    const kept = await storage.write({
      ...others,
      ...(marks.length === 0 ? {} : { marks }),
      ...(sheet === undefined ? {} : { sheets: [sheet] }),
    });
    const written = {
      ...others,
      ...(marks.length === 0 ? {} : { marks: kept.marks }),
      ...(pictures === undefined ? {} : { pictures }),
    };
    // Settings were shown when they were changed. Shown again now, they would take back what was typed meanwhile.
    sheetStore.show(written);
    channel?.post({ ...written, ...(sheet === undefined ? {} : { sheet }) });
    return kept.marks;
  };
  const make = async ({ adds = {}, removes = {}, settings, entry }: NewDiff): Promise<Diff> => {
    const { complete } = sheetStore.store.getState();
    // The rows of a sheet that is not shown may have been let go of.
    const gone = complete ? asShown(removes, sheetStore) : await asKept(removes, parts);
    const at = now();
    const withTombstone = <Row>(row: Row) => ({ ...row, deletedAt: at });
    const images = [...(adds.images ?? []).map(living), ...gone.images.map(withTombstone)];
    const tasks = [...(adds.tasks ?? []).map(living), ...gone.tasks.map(withTombstone)];
    if (settings !== undefined) showNow(withSettings(sheetNow(), settings, at));
    const sheet = entry === undefined ? sheetNow() : withEntry(sheetNow(), entry, at);
    const added = (adds.marks ?? []).map(living);
    const marks = await write(
      {
        ...(images.length === 0 ? {} : { images }),
        ...(tasks.length === 0 ? {} : { tasks }),
        ...(settings === undefined && entry === undefined ? {} : { sheet }),
      },
      [...added, ...gone.marks.map(withTombstone)],
    );
    if (entry !== undefined) showNow(withEntry(sheetNow(), entry, at));
    return {
      adds: { ...adds, marks: marks.slice(0, added.length) },
      removes: gone,
      settings: settings && { ...settings, before: settingsOf(settings.before, settings.after) },
      entry,
    };
  };
  const keepTyped = async (): Promise<void> => {
    if (typing === null) return;
    const { timer, kept } = typing;
    clearTimeout(timer);
    typing = null;
    try {
      await write({ sheet: { ...sheetNow(), editedAt: now() } });
      kept.resolve();
    } catch (error) {
      kept.reject(error);
      throw error;
    }
  };
  return {
    apply: async (diff, undoable) => {
      const applied = await make(diff);
      // Whoever made one change at a time waits to see it.
      if (undoable !== undefined || applied.adds?.marks?.length !== 0) sheetStore.flush();
      if (undoable !== undefined) recordChange(parts.undo, applied, { ...undoable, make });
      return applied;
    },
    addPictured: async (image, facts) => {
      await write({ images: [image], pictures: [facts] });
    },
    keepWhenTypingRests: () => {
      clearTimeout(typing?.timer);
      const timer = setTimeout(() => {
        // Said by the promise of whoever types.
        keepTyped().catch(() => undefined);
      }, TYPING_RESTS_MS);
      typing = { timer, kept: typing?.kept ?? promised() };
      return typing.kept.promise;
    },
    keepTyped,
  };
}

/** Settings that are shown and not kept yet. */
interface Typing {
  timer: ReturnType<typeof setTimeout>;
  kept: ReturnType<typeof promised>;
}

function promised() {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((...ends) => {
    [resolve, reject] = ends;
  });
  return { promise, resolve: () => resolve(), reject: (error: unknown) => reject(error) };
}

function living<Row>(row: Row) {
  return { ...row, deletedAt: null };
}

type Removed = NonNullable<Diff["removes"]>;

/** The rows as they are by now: an answer or a picture may have come since the change was made. */
function asShown({ images = [], tasks = [], marks = [] }: Removed, { store }: SheetStore) {
  const shown = store.getState();
  return {
    images: images.map((image) => shown.images.get(image.id) ?? image),
    tasks: tasks.map(
      (task) =>
        shown.tasks.get(task.imageId)?.find(({ taskUuid }) => taskUuid === task.taskUuid) ?? task,
    ),
    marks,
  };
}

async function asKept(
  { images = [], tasks = [], marks = [] }: Removed,
  { storage, sheetStore }: ChangeParts,
) {
  const { id } = sheetStore.store.getState().sheet;
  const [keptImages, keptTasks] = await Promise.all([
    storage.readImages(images.map((image) => image.id)),
    storage.readTasks(
      id,
      tasks.map(({ taskUuid }) => taskUuid),
    ),
  ]);
  const byUuid = new Map(keptTasks.map((task) => [task.taskUuid, task]));
  return {
    images: images.map((image, index) => keptImages[index] ?? image),
    tasks: tasks.map((task) => byUuid.get(task.taskUuid) ?? task),
    marks,
  };
}
