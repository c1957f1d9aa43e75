import { useEffect } from "react";
import { useOpenSheet } from "#src/state/use-sheet.ts";
import { countRun } from "./use-tab-title.ts";

/** Tells the end of a run by a system notification, where the person asked for it and is looking elsewhere. */
export function useEndNotice(wanted: boolean): void {
  const { store } = useOpenSheet();
  useEffect(() => {
    if (!wanted) return undefined;
    return store.subscribe((state, before) => {
      if (before.run.phase !== "running" || state.run.phase === "running") return;
      if (document.hasFocus() || !("Notification" in window)) return;
      if (Notification.permission !== "granted") return;
      const { ended, all } = countRun({ tasks: state.tasks, run: before.run });
      const paused = state.run.phase === "paused";
      const notice = new Notification(`${state.sheet.name}: ${paused ? "paused" : "done"}`, {
        body: `${ended} of ${all} tasks have ended.`,
        tag: `run-${state.sheet.id}`,
      });
      notice.addEventListener("click", () => window.focus());
    });
  }, [store, wanted]);
}
