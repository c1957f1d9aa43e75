import { useSetting } from "#src/state/use-setting.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { useAskToPersist } from "./use-ask-to-persist.ts";
import { useEndNotice } from "./use-end-notice.ts";
import { useKeepAwake } from "./use-keep-awake.ts";
import { useLeaveWarning } from "./use-leave-warning.ts";
import { useTabTitle } from "./use-tab-title.ts";

/** What a run does outside the page: the tab's title, a word at its end, staying awake, a warning before leaving. */
export function RunWatch() {
  const running = useSheet((state) => state.run.phase === "running");
  const [notifyAtEnd] = useSetting("notifyAtEnd");
  const [keepAwake] = useSetting("keepAwake");
  useTabTitle(running);
  useEndNotice(notifyAtEnd);
  useKeepAwake(keepAwake && running);
  useLeaveWarning();
  useAskToPersist(running);
  return null;
}
