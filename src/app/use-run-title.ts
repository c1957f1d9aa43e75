import { useEffect } from "react";
import { hasEnded } from "#src/domain/task.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { titleOf } from "./title-of.ts";

const COUNT_EVERY_MS = 1_000;

/** Puts into the tab's title how far the run of a sheet is, while it goes on; then the open sheet's name again. */
export function useRunTitle(open: OpenSheet, running: OpenSheet | null): void {
  useEffect(() => {
    if (running === null) return undefined;
    const show = (): void => {
      const { ended, all } = countRun(running.store.getState());
      document.title = `${ended} of ${all} · ${titleOf(running.store.getState().sheet.name)}`;
    };
    show();
    // Counting walks every task, so not at every change.
    const timer = setInterval(show, COUNT_EVERY_MS);
    return () => {
      clearInterval(timer);
      document.title = titleOf(open.store.getState().sheet.name);
    };
  }, [open, running]);
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
