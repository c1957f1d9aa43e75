import { createStore, type StoreApi } from "zustand/vanilla";
import type { SheetId } from "#src/domain/image.ts";

/** One thing the user can take back. `label` completes "Undo …" and "… undone". */
export interface Change {
  label: string;
  /** The sheet that it changed; null for a change of the list of sheets, which is undone from any of them. */
  sheetId: SheetId | null;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
  /** Made by the hundred, and each is visible: no toast names it. Taking it back is still reported. */
  quiet?: boolean;
}

/** A change, and when it was last made or taken back: epoch milliseconds. */
interface Entry {
  change: Change;
  at: number;
}

interface UndoState {
  /** Oldest first. What has expired is dropped with the next step. */
  past: readonly Entry[];
  future: readonly Entry[];
  /** What just happened, for the toast; `at` tells two equal ones apart. */
  latest: { change: Change; how: "done" | "undone" | "redone"; at: number } | null;
  /** The sheet that is on screen: its changes are the ones that a key takes back. */
  shown: SheetId | null;
}

export interface UndoStack {
  store: StoreApi<UndoState>;
  /** Says which sheet is on screen. */
  show: (sheetId: SheetId | null) => void;
  /** Remembers a change that was made. Drops what could be redone of the same sheet, or of the list. */
  push: (change: Change) => void;
  /**
   * Takes back the newest change of the sheet on screen or of the list, or the one named, whichever sheet it changed, if
   * it can still be taken back. Rejects if that fails; it stays undoable.
   */
  undo: (named?: Change) => Promise<void>;
  /** Makes the change that was taken back last there, or the one named, again. */
  redo: (named?: Change) => Promise<void>;
  /**
   * Drops at once what was changed before this moment, or everything: what it would bring back is gone for good.
   * Resolves when the step that is under way, if there is one, has ended.
   */
  clear: (before?: number) => Promise<void>;
}

/** Every tab of this browser, told of what another one removed for good. */
export interface PurgeChannel {
  /** Rows removed before this moment (epoch milliseconds) are gone, or about to be. */
  tell: (removedBefore: number) => void;
  onPurge: (listener: (removedBefore: number) => void) => void;
  close: () => void;
}

/** Of one sheet, so that work on another one takes nothing from it. */
const MOST_CHANGES = 100;
/** How long what was removed can be brought back, before a purge by age takes it for good. */
export const TOMBSTONE_MS = 24 * 60 * 60 * 1000;
// An hour less, so that no tab still offers what is gone.
const EXPIRES_AFTER_MS = TOMBSTONE_MS - 60 * 60 * 1000;

type Side = "past" | "future";

/**
 * Undo and redo of one tab: what is done to a sheet is taken back on that sheet alone, as in a document of its own. Changes
 * run one after another, however fast the keys are pressed.
 */
export function createUndoStack(now: () => number): UndoStack {
  const store = createStore<UndoState>(() => ({ past: [], future: [], latest: null, shown: null }));
  let turn: Promise<void> = Promise.resolve();
  // Since the step under way began: what it took back may not be made again after that.
  const pushedTo = new Set<SheetId | null>();
  let clearedBefore = 0;
  const dropBefore = (time: number): void =>
    store.setState(({ past, future }) => ({
      past: past.filter(({ at }) => at >= time),
      future: future.filter(({ at }) => at >= time),
    }));
  const step = async (from: Side, named: Change | undefined): Promise<void> => {
    dropBefore(now() - EXPIRES_AFTER_MS);
    const entries = store.getState()[from];
    const { shown } = store.getState();
    const entry = entries.findLast(({ change }) =>
      named === undefined ? change.sheetId === null || change.sheetId === shown : change === named,
    );
    if (entry === undefined) return;
    pushedTo.clear();
    // Taken off before the wait: what is pushed in the meantime is another entry, and this one must not be
    // taken twice.
    store.setState({ [from]: entries.filter((other) => other !== entry) });
    try {
      await (from === "past" ? entry.change.undo() : entry.change.redo());
    } catch (error) {
      if (entry.at >= clearedBefore)
        store.setState((state) => ({
          [from]: [...state[from], entry].toSorted((a, b) => a.at - b.at),
        }));
      throw error;
    }
    const { change } = entry;
    const at = now();
    const latest = { change, how: from === "past" ? "undone" : "redone", at } as const;
    store.setState(({ past, future }) => {
      if (entry.at < clearedBefore) return { latest };
      if (from === "future") return { past: [...past, { change, at }], latest };
      return pushedTo.has(change.sheetId)
        ? { latest }
        : { future: [...future, { change, at }], latest };
    });
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    store,
    clear: (before = Number.POSITIVE_INFINITY) => {
      clearedBefore = before === Number.POSITIVE_INFINITY ? now() + 1 : before;
      dropBefore(before);
      return turn;
    },
    show: (shown) => store.setState({ shown }),
    push: (change) => {
      pushedTo.add(change.sheetId);
      const at = now();
      store.setState(({ past, future }) => {
        const oldest = past
          .filter((other) => other.change.sheetId === change.sheetId)
          .at(-MOST_CHANGES);
        return {
          past: [...past.filter((other) => other !== oldest), { change, at }],
          future: future.filter((other) => other.change.sheetId !== change.sheetId),
          latest: { change, how: "done", at },
        };
      });
    },
    undo: (named) => inTurn(() => step("past", named)),
    redo: (named) => inTurn(() => step("future", named)),
  };
}
