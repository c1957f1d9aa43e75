import { createStore, type StoreApi } from "zustand/vanilla";

/** One thing the user can take back. `label` completes "Undo …" and "… undone". */
export interface Change {
  label: string;
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
}

export interface UndoStack {
  store: StoreApi<UndoState>;
  /** Remembers a change that was made. Drops what could be redone. */
  push: (change: Change) => void;
  /**
   * Takes back the newest change, or the one named if it can still be taken back. Rejects if that fails; it stays
   * undoable.
   */
  undo: (named?: Change) => Promise<void>;
  /** Makes the change that was taken back last, or the one named, again. */
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

const MOST_CHANGES = 100;
/** How long what was removed can be brought back, before a purge by age takes it for good. */
export const TOMBSTONE_MS = 24 * 60 * 60 * 1000;
// An hour less, so that no tab still offers what is gone.
const EXPIRES_AFTER_MS = TOMBSTONE_MS - 60 * 60 * 1000;

type Side = "past" | "future";

/** Undo and redo of one tab. Changes run one after another, however fast the keys are pressed. */
export function createUndoStack(now: () => number): UndoStack {
  const store = createStore<UndoState>(() => ({ past: [], future: [], latest: null }));
  let turn: Promise<void> = Promise.resolve();
  // Counted, so that a step under way can tell what happened in the meantime.
  let pushes = 0;
  let clearedBefore = 0;
  const dropBefore = (time: number): void =>
    store.setState(({ past, future }) => ({
      past: past.filter(({ at }) => at >= time),
      future: future.filter(({ at }) => at >= time),
    }));
  const step = async (from: Side, named: Change | undefined): Promise<void> => {
    dropBefore(now() - EXPIRES_AFTER_MS);
    const entries = store.getState()[from];
    const entry =
      named === undefined ? entries.at(-1) : entries.find(({ change }) => change === named);
    if (entry === undefined) return;
    const pushedBefore = pushes;
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
      return pushes === pushedBefore ? { future: [...future, { change, at }], latest } : { latest };
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
    push: (change) => {
      pushes += 1;
      const at = now();
      store.setState(({ past }) => ({
        past: [...past, { change, at }].slice(-MOST_CHANGES),
        future: [],
        latest: { change, how: "done", at },
      }));
    },
    undo: (named) => inTurn(() => step("past", named)),
    redo: (named) => inTurn(() => step("future", named)),
  };
}
