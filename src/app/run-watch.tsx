import { useSetting } from "#src/state/use-setting.ts";
import type { SheetState } from "#src/state/sheet-state.ts";
import { useLiveSheet, useOpenSheet } from "#src/state/use-sheet.ts";
import { useAskToPersist } from "./use-ask-to-persist.ts";
import { useEndNotice } from "./use-end-notice.ts";
import { useKeepAwake } from "./use-keep-awake.ts";
import { useLeaveWarning } from "./use-leave-warning.ts";
import { useRunTitle } from "./use-run-title.ts";

/**
 * What a run does outside the page: the tab's title, a word at its end, staying awake, a warning before leaving. A run
 * of a sheet that was left goes on behind the page, and is watched like that of the open one.
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
  useLeaveWarning();
  useAskToPersist(kept !== null);
  return null;
}

function isRunning({ run }: SheetState): boolean {
  return run.phase === "running";
}

/** A tab that only watches sends nothing, and need not stay awake for it. */
function isDriven({ run }: SheetState): boolean {
  return run.phase === "running" && !run.following;
}

function isRunningOnDisk({ run, sheet }: SheetState): boolean {
  return run.phase === "running" && sheet.keeping === "disk";
}
