import { useEffect } from "react";
import { hasEnded } from "#src/domain/task.ts";
import { useSetting } from "#src/state/services.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { useLiveSheet, useOpenSheet, useWorkspace } from "#src/state/sheet/use-sheet.ts";
import { titleOf } from "./route.ts";

/**
 * What a run does outside the page: the tab's title, a notification at its end, staying awake. If the user leaves a sheet, its run carries on behind the page, and is watched like that of the open one.
 */
export function RunWatch() {
  const open = useOpenSheet();
  const running = useLiveSheet(isRunning);
  const driven = useLiveSheet(isDriven);
  const kept = useLiveSheet(isRunningOnDisk);
  const [notifyAtEnd] = useSetting("notifyAtEnd");
  const [keepAwake] = useSetting("keepAwake");
  useRunTitle(open, running);
  useEndNotice(notifyAtEnd);
  useKeepAwake(keepAwake && driven !== null);
  useAskToPersist(kept !== null);
  return null;
}

function isRunning({ run }: SheetState): boolean {
  return run.phase === "running";
}

/** A tab that only follows sends nothing, and need not stay awake for it. */
function isDriven({ run }: SheetState): boolean {
  return run.phase === "running" && !run.following;
}

function isRunningOnDisk({ run, sheet }: SheetState): boolean {
  return run.phase === "running" && sheet.keeping === "disk";
}

/** Asks the browser not to clear storage by itself, once it holds something that was paid for. */
function useAskToPersist(wanted: boolean): void {
  useEffect(() => {
    // If it is refused or unknown here, the settings say so and offer to ask again.
    if (wanted) askOnce().catch(() => undefined);
  }, [wanted]);
}

let asked = false;

async function askOnce(): Promise<void> {
  if (asked) return;
  asked = true;
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
}

/** Shows a system notification at the end of a run, if the user asked for it and is looking elsewhere. */
function useEndNotice(wanted: boolean): void {
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
  // The tab that drives it shows the notification.
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
    // Chrome on Android has the constructor but it throws: only a service worker may notify there.
  }
}

/**
 * Keeps the machine awake while wanted. The browser takes the lock back from a hidden page, so it is requested again.
 */
function useKeepAwake(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !("wakeLock" in navigator)) return undefined;
    let left = false;
    let lock: WakeLockSentinel | null = null;
    const take = async (): Promise<void> => {
      if (document.visibilityState !== "visible") return;
      const taken = await navigator.wakeLock.request("screen");
      if (left) await taken.release();
      else lock = taken;
    };
    // A low battery or a policy may refuse it; the run carries on without it.
    const retake = (): void => {
      take().catch(() => undefined);
    };
    retake();
    document.addEventListener("visibilitychange", retake);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", retake);
      // The browser has already released it, since the page was hidden.
      lock?.release().catch(() => undefined);
    };
  }, [wanted]);
}

const COUNT_EVERY_MS = 1_000;

/** Shows the progress of a sheet's run in the tab's title while it is under way, then the open sheet's name again. */
function useRunTitle(open: OpenSheet, running: OpenSheet | null): void {
  useEffect(() => {
    if (running === null) return undefined;
    const show = (): void => {
      const { ended, all } = countRun(running.store.getState());
      document.title = `${ended} of ${all} · ${titleOf(running.store.getState().sheet.name)}`;
    };
    show();
    // Counting walks every task, so it does not happen at every change.
    const timer = setInterval(show, COUNT_EVERY_MS);
    return () => {
      clearInterval(timer);
      document.title = titleOf(open.store.getState().sheet.name);
    };
  }, [open, running]);
}

/** How many of the current run's tasks have ended, of how many. */
function countRun(state: Pick<SheetState, "tasks" | "run">): { ended: number; all: number } {
  let ended = 0;
  let all = state.run.toCome;
  for (const tasks of state.tasks.values()) {
    for (const task of tasks) {
      if (task.runId !== state.run.runId) continue;
      all += 1;
      if (hasEnded(task)) ended += 1;
    }
  }
  return { ended, all };
}
