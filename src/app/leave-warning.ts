import { useEffect } from "react";
import { useSheetFileWork } from "#src/state/files/sheet-file-work.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { useLiveSheet, useWorkspace } from "#src/state/sheet/use-sheet.ts";
import type { WorkspaceState } from "#src/state/workspace.ts";

/** Warns before the page is left, but only while something on any sheet of this tab would be lost, or lost sight of. */
export function useLeaveWarning(): void {
  const halfAFile = useSheetFileWork(({ work }) => work !== null);
  const sheetAtRisk = useLiveSheet(isAtRisk);
  const unseenAtRisk = useWorkspace(hasUnseenMemorySheet);
  const atRisk = halfAFile || unseenAtRisk || sheetAtRisk !== null;
  useEffect(() => {
    if (!atRisk) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [atRisk]);
}

/** True if closing this tab would lose sight of paid answers, or lose images. */
export function isAtRisk({ run, sheet, images, intake }: SheetState): boolean {
  const settled = intake.taken + intake.rejected.length + intake.duplicates.length;
  // What another tab drives carries on there.
  if ((run.inFlight > 0 && !run.following) || settled < intake.offered) return true;
  return sheet.keeping === "memory" && sheet.deletedAt === null && images.size > 0;
}

// One that was opened from a file behind the page, and not shown yet. The others say more about themselves than the
// list.
function hasUnseenMemorySheet({ sheets, live }: WorkspaceState): boolean {
  const shown = new Set(live.map(({ store }) => store.getState().sheet.id));
  return sheets.some(
    ({ sheet, imageCount }) => sheet.keeping === "memory" && imageCount > 0 && !shown.has(sheet.id),
  );
}
