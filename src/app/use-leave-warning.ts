import { useEffect } from "react";
import { useSheetFileWork } from "#src/state/sheet-file-work.ts";
import { useSheet } from "#src/state/use-sheet.ts";

/** Warns before the page is left, only while something would be lost sight of or lost. */
export function useLeaveWarning(): void {
  const halfAFile = useSheetFileWork(({ work }) => work !== null);
  const sheetAtRisk = useSheet(
    (state) =>
      state.run.inFlight > 0 || (state.sheet.keeping === "memory" && state.images.size > 0),
  );
  const atRisk = halfAFile || sheetAtRisk;
  useEffect(() => {
    if (!atRisk) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [atRisk]);
}
