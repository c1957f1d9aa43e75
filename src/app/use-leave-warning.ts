import { useEffect } from "react";
import { useSheetFileWork } from "#src/state/sheet-file-work.ts";
import type { SheetState } from "#src/state/sheet-state.ts";
import { useLiveSheet } from "#src/state/use-sheet.ts";

/** Warns before the page is left, only while something would be lost sight of or lost, on any sheet of this tab. */
export function useLeaveWarning(): void {
  const halfAFile = useSheetFileWork(({ work }) => work !== null);
  const sheetAtRisk = useLiveSheet(isAtRisk);
  const atRisk = halfAFile || sheetAtRisk !== null;
  useEffect(() => {
    if (!atRisk) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [atRisk]);
}

function isAtRisk({ run, sheet, images, intake }: SheetState): boolean {
  const settled = intake.taken + intake.rejected.length + intake.duplicates.length;
  if (run.inFlight > 0 || settled < intake.offered) return true;
  return sheet.keeping === "memory" && sheet.deletedAt === null && images.size > 0;
}
