import { useEffect } from "react";
import { useSheet } from "#src/state/use-sheet.ts";

/** Warns before the page is left, only while something would be lost sight of or lost. */
export function useLeaveWarning(): void {
  const atRisk = useSheet(
    (state) =>
      state.run.inFlight > 0 || (state.sheet.keeping === "memory" && state.images.size > 0),
  );
  useEffect(() => {
    if (!atRisk) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [atRisk]);
}
