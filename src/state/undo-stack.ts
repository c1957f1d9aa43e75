import { createStore, type StoreApi } from "zustand/vanilla";

/** One thing a person can take back. `label` completes "Undo …" and "… undone". */
export interface Change {
  label: string;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
  /** Made by the hundred, each plain to see: no toast names it. Taking it back is told all the same. */
  quiet?: boolean;
}

export interface UndoState {
  past: readonly Change[];
  future: readonly Change[];
  /** What just happened, for the toast; `at` tells two alike apart. */
  latest: { change: Change; how: "done" | "undone" | "redone"; at: number } | null;
}

export interface UndoStack {
  store: StoreApi<UndoState>;
  /** Remembers a change that was made. Forgets what could be redone. */
  push: (change: Change) => void;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
  /** Forgets every change: what they would bring back is gone for good. */
  clear: () => Promise<void>;
}

const MOST_CHANGES = 100;

/** Undo and redo of one tab. Changes run one after another, however fast the keys are pressed. */
export function createUndoStack(now: () => number): UndoStack {
  const store = createStore<UndoState>(() => ({ past: [], future: [], latest: null }));
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    const next = turn.then(step);
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    store,
    clear: () => inTurn(async () => store.setState({ past: [], future: [] })),
    push: (change) =>
      store.setState(({ past }) => ({
        past: [...past, change].slice(-MOST_CHANGES),
        future: [],
        latest: { change, how: "done", at: now() },
      })),
    undo: () =>
      inTurn(async () => {
        const change = store.getState().past.at(-1);
        if (change === undefined) return;
        await change.undo();
        store.setState(({ past, future }) => ({
          past: past.slice(0, -1),
          future: [...future, change],
          latest: { change, how: "undone", at: now() },
        }));
      }),
    redo: () =>
      inTurn(async () => {
        const change = store.getState().future.at(-1);
        if (change === undefined) return;
        await change.redo();
        store.setState(({ past, future }) => ({
          past: [...past, change],
          future: future.slice(0, -1),
          latest: { change, how: "redone", at: now() },
        }));
      }),
  };
}
