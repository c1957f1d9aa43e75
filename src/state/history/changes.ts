import type { SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";
import type { Change, UndoStack } from "./undo-stack.ts";

/** Rows of one sheet. */
export interface Rows {
  images?: readonly SheetImage[] | undefined;
  tasks?: readonly Task[] | undefined;
  marks?: readonly Mark[] | undefined;
}

/** The settings of a sheet that views change. */
export type SheetSettings = Partial<
  Pick<Sheet, "fields" | "run" | "copySide" | "filePictures" | "compare" | "ageCheck">
>;

/** What the list of sheets changes of a sheet, open or not. */
export type SheetEntry = Partial<Pick<Sheet, "name" | "deletedAt">>;

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

/** Records a change that was made in the history of this tab. `make` makes one of the same sheet. */
export function recordChange(
  history: UndoStack,
  applied: Diff,
  {
    make,
    onUndo,
    undoneBy = reverse,
    ...named
  }: Undoable & { make: (diff: NewDiff) => Promise<Diff> },
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
export function withSettings(
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
export function settingsOf(settings: SheetSettings, like: SheetSettings): SheetSettings {
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
