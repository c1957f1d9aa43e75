import { useEffect } from "react";
import type { SheetState } from "#src/state/sheet-state.ts";
import { useWorkspace } from "#src/state/use-sheet.ts";
import { countRun } from "./use-run-title.ts";

/** Tells the end of a run by a system notification, where the person asked for it and is looking elsewhere. */
export function useEndNotice(wanted: boolean): void {
  const live = useWorkspace((state) => state.live);
  useEffect(() => {
    if (!wanted) return undefined;
    const stops = live.map(({ store }) => store.subscribe(tellEnd));
    return () => {
      for (const stop of stops) stop();
    };
  }, [live, wanted]);
}

function tellEnd(state: SheetState, before: SheetState): void {
  if (before.run.phase !== "running" || state.run.phase === "running") return;
  // The tab that drives it tells.
  if (before.run.following) return;
  if (document.hasFocus() || !("Notification" in window)) return;
  if (Notification.permission !== "granted") return;
  const { ended, all } = countRun({ tasks: state.tasks, run: before.run });
  const paused = state.run.phase === "paused";
  try {
    const notice = new Notification(`${state.sheet.name}: ${paused ? "paused" : "done"}`, {
      body: `${ended} of ${all} tasks have ended.`,
      tag: `run-${state.sheet.id}`,
    });
    notice.addEventListener("click", () => window.focus());
  } catch {
    // Chrome on Android has the constructor, and throws: there only a service worker may notify.
  }
}
