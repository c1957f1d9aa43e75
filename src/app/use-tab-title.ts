import { useEffect } from "react";
import { useStore } from "zustand";
import { hasEnded } from "#src/domain/task.ts";
import type { OpenSheet } from "#src/state/open-sheet.ts";
import type { SheetState } from "#src/state/sheet-state.ts";

const COUNT_EVERY_MS = 1_000;

/** Puts the sheet's name into the tab's title and, while a run of it goes on, how far that is. */
export function useTabTitle({ store }: OpenSheet, running: boolean): void {
  const name = useStore(store, (state) => state.sheet.name);
  useEffect(() => {
    const base = `${name} · Contact Sheet`;
    if (!running) {
      document.title = base;
      return undefined;
    }
    const show = (): void => {
      const { ended, all } = countRun(store.getState());
      document.title = `${ended} of ${all} · ${base}`;
    };
    show();
    // Counting walks every task, so not at every change.
    const timer = setInterval(show, COUNT_EVERY_MS);
    return () => clearInterval(timer);
  }, [name, running, store]);
}

/** How many of the current run's tasks have ended, of how many. */
export function countRun(state: Pick<SheetState, "tasks" | "run">): { ended: number; all: number } {
  let ended = 0;
  let all = 0;
  for (const tasks of state.tasks.values()) {
    for (const task of tasks) {
      if (task.runId !== state.run.runId) continue;
      all += 1;
      if (hasEnded(task)) ended += 1;
    }
  }
  return { ended, all };
}
