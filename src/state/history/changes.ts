import type { SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";
import type { Change, UndoStack } from "./undo-stack.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { SheetChange, SheetStore } from "#src/state/sheet/sheet-store.ts";

/** Rows of one sheet. */
interface Rows {
  images?: readonly SheetImage[] | undefined;
  tasks?: readonly Task[] | undefined;
  marks?: readonly Mark[] | undefined;
  /** Facts of pictures that are new with these images: they stay if the images go. */
  pictures?: readonly PictureFacts[] | undefined;
}

/** The settings of a sheet that views change. */
export type SheetSettings = Partial<
  Pick<
    Sheet,
    | "fields"
    | "run"
    | "copySide"
    | "background"
    | "filePictures"
    | "context"
    | "caption"
    | "compare"
    | "ageCheck"
  >
>;

/** What the list of sheets changes of a sheet, open or not. */
type SheetEntry = Partial<Pick<Sheet, "name" | "deletedAt">>;

/** One change of a sheet, as data: what is there from now on, what no longer is, and what is set otherwise. */
export interface Diff {
  /** Rows that are new, changed or brought back. */
  adds?: Rows | undefined;
  /** Rows that are taken off the sheet, with a tombstone. */
  removes?: Rows | undefined;
  /** Only what differs between the two is changed: other settings, columns and fields stay as they are by then. */
  settings?: { before: SheetSettings; after: SheetSettings } | undefined;
  /** The sheet itself, renamed, deleted or restored. */
  entry?: { before: SheetEntry; after: SheetEntry } | undefined;
}

/** A change about to be made: new marks get their place in the order when they are written. */
export interface NewDiff extends Omit<Diff, "adds"> {
  adds?:
    | (Omit<Rows, "marks"> & { marks?: readonly (Mark | UnwrittenMark)[] | undefined })
    | undefined;
}

/** How a change is taken back. */
export interface Undoable extends Pick<Change, "label" | "quiet"> {
  /** Called before it is taken back, for what must be remembered all the same. */
  onUndo?: (() => void) | undefined;
  /** What is done instead of the reverse, if having made the change can't be undone. */
  undoneBy?: ((applied: Diff) => NewDiff) | undefined;
}

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
  /** Keeps an image whose picture is new, with the texts that it came with. Resolves to their marks. */
  addPictured: (
    image: SheetImage,
    facts: PictureFacts,
    marks: readonly UnwrittenMark[],
  ) => Promise<readonly Mark[]>;
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
  /** Called when settings were kept, with those that changed as they are now: others act on some of them. */
  onSettings?: (settings: SheetSettings) => Promise<void>;
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
        ...(adds.pictures === undefined ? {} : { pictures: adds.pictures }),
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
  const follow = async ({ settings }: NewDiff): Promise<void> => {
    if (settings !== undefined) await parts.onSettings?.(settingsOf(sheetNow(), settings.after));
  };
  const makeAndFollow = async (diff: NewDiff): Promise<Diff> => {
    const made = await make(diff);
    await follow(diff);
    return made;
  };
  return {
    apply: async (diff, undoable) => {
      const applied = await make(diff);
      // Whoever made one change at a time waits to see it.
      if (undoable !== undefined || applied.adds?.marks?.length !== 0) sheetStore.flush();
      if (undoable !== undefined)
        recordChange(parts.undo, applied, {
          ...undoable,
          sheetId: sheetNow().id,
          make: makeAndFollow,
        });
      await follow(diff);
      return applied;
    },
    addPictured: (image, facts, marks) => write({ images: [image], pictures: [facts] }, marks),
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

/** Records a change that was made in the history of this tab. `make` makes one of the same rows. */
export function recordChange(
  history: UndoStack,
  applied: Diff,
  {
    make,
    onUndo,
    undoneBy = reverse,
    ...named
  }: Undoable & Pick<Change, "sheetId"> & { make: (diff: NewDiff) => Promise<Diff> },
): void {
  let undone: Diff = reverse(applied);
  history.push({
    ...named,
    undo: async () => {
      onUndo?.();
      undone = await make(undoneBy(applied));
    },
    redo: async () => {
      await make(reverse(undone));
    },
  });
}

/** What takes a change back. */
function reverse({ adds, removes, settings, entry }: Diff): Diff {
  return {
    adds: removes,
    removes: adds,
    settings: settings && { before: settings.after, after: settings.before },
    entry: entry && { before: entry.after, after: entry.before },
  };
}

/** The sheet's row with these settings changed. `at`: epoch milliseconds. */
function withSettings(
  sheet: Sheet,
  { before, after }: NonNullable<Diff["settings"]>,
  at: number,
): Sheet {
  const settings = settingsOf(sheet, after);
  const changed = rebased(settings, settingsOf(before, after), after);
  return { ...sheet, ...settings, ...(isRecord(changed) ? changed : after), editedAt: at };
}

/**
 * The sheet's row with its entry changed. A deletion counts from the moment `at` (epoch milliseconds), since one that is
 * made again must not be purged before its undo has expired.
 */
export function withEntry(sheet: Sheet, { after }: NonNullable<Diff["entry"]>, at: number): Sheet {
  const isDeleted = typeof after.deletedAt === "number";
  return { ...sheet, ...after, ...(isDeleted ? { deletedAt: at } : {}), editedAt: at };
}

/** Of these settings, those that `like` names. */
function settingsOf(settings: SheetSettings, like: SheetSettings): SheetSettings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name in like));
}

/** What is there now, changed only in what differs between `before` and `after`. */
function rebased(now: unknown, before: unknown, after: unknown): unknown {
  if (JSON.stringify(before) === JSON.stringify(after)) return now;
  const [rowsNow, rowsBefore, rowsAfter] = [rowsById(now), rowsById(before), rowsById(after)];
  if (rowsNow !== null && rowsBefore !== null && rowsAfter !== null)
    return rebasedRows(rowsNow, rowsBefore, rowsAfter);
  if (!isRecord(now) || !isRecord(before) || !isRecord(after)) return after;
  const names = [...new Set([...Object.keys(now), ...Object.keys(after)])];
  return Object.fromEntries(
    names
      .map((name) => [name, rebased(now[name], before[name], after[name])] as const)
      .filter(([, value]) => value !== undefined),
  );
}

type RowsById = ReadonlyMap<string, unknown>;

function rebasedRows(now: RowsById, before: RowsById, after: RowsById): unknown[] {
  const isShared = (id: string) => now.has(id) && before.has(id) && after.has(id);
  const order = [...after.keys()].filter(isShared);
  const isMoved = order.join() !== [...before.keys()].filter(isShared).join();
  const inOrder = order.values();
  const ids = [...now.keys()]
    .filter((id) => after.has(id) || !before.has(id))
    .map((id) => (isMoved && isShared(id) ? (inOrder.next().value ?? id) : id));
  // A row that is brought back comes after the one that it stood behind.
  let at = 0;
  for (const id of after.keys()) {
    if (now.has(id)) at = ids.indexOf(id) + 1;
    else if (!before.has(id)) ids.splice(at++, 0, id);
  }
  return ids.map((id) => {
    if (!now.has(id)) return after.get(id);
    return after.has(id) ? rebased(now.get(id), before.get(id), after.get(id)) : now.get(id);
  });
}

/** The things of a list by their ids, in its order; null if it is none, or one of things without ids. */
function rowsById(list: unknown): RowsById | null {
  if (!Array.isArray(list)) return null;
  const rows = new Map<string, unknown>();
  for (const row of list) {
    if (!isRecord(row) || typeof row["id"] !== "string") return null;
    rows.set(row["id"], row);
  }
  return rows;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
