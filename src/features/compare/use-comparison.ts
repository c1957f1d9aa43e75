import { useMemo } from "react";
import { useSheet } from "#src/state/use-sheet.ts";
import type { CompareDesk, Comparison } from "./compare-desk.ts";

/** What Compare shows of the open sheet. */
export function useComparison(desk: CompareDesk): Comparison {
  const sheet = useSheet((state) => state.sheet);
  const order = useSheet((state) => state.order);
  const images = useSheet((state) => state.images);
  const tasks = useSheet((state) => state.tasks);
  const marks = useSheet((state) => state.marks);
  return useMemo(
    () => desk.comparisonOf({ sheet, order, images, tasks, marks }),
    [desk, sheet, order, images, tasks, marks],
  );
}
