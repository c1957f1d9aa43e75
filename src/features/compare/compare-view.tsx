import { useEffect, useMemo } from "react";
import { EmptySheet } from "#src/sheet/add-images.tsx";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { CompareBar } from "./compare-bar.tsx";
import {
  createCompareDesk,
  DeskContext,
  useDesk,
  type Comparison,
  type CompareDesk,
} from "./compare-desk.ts";
import { CompareGrid } from "./grid/compare-grid.tsx";
import { CompareRunBar } from "./compare-run-bar.tsx";
import { GridKeys } from "./grid/grid-keys.tsx";
import { useCompareView } from "./view-state.ts";
import { rowDiffers } from "./grid/row-differences.ts";
import { SetupLink } from "./columns/setup-link.tsx";

const loadDialogs = () => import("./compare-dialogs.tsx");
const CompareDialogs = lazyPart(async () => (await loadDialogs()).CompareDialogs, {
  giveUp: ({ onClose }) => onClose(),
});

/**
 * Models and prompts side by side on the same pictures: what each says, costs and takes, and which the user prefers.
 */
export function CompareView() {
  const sheet = useOpenSheet();
  const { sheets } = useServices();
  const desk = useMemo(() => createCompareDesk(sheet, sheets), [sheet, sheets]);
  const comparison = useComparison(desk);
  // If the user left by the browser’s Back, a dialog is not open when they come back.
  useEffect(() => () => desk.open(null), [desk]);
  const hasDialog = useCompareView((state) => state.dialog !== null);
  useEffect(() => {
    // On a stage there may be no network, so what is presented and voted on must be loaded before it is wanted. If it
    // can't be loaded now, opening it asks again.
    loadDialogs().catch(() => undefined);
  }, []);
  return (
    <DeskContext value={desk}>
      <SetupLink settings={comparison.settings} />
      <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto]">
        <section aria-label="Comparison" className="flex min-h-0 min-w-0 flex-col">
          <CompareBar comparison={comparison} />
          <Body comparison={comparison} />
        </section>
        <CompareRunBar comparison={comparison} />
      </div>
      {hasDialog && <CompareDialogs comparison={comparison} onClose={() => desk.open(null)} />}
    </DeskContext>
  );
}

function Body({ comparison }: { comparison: Comparison }) {
  const { rows, columns } = comparison;
  const onlyDifferent = useCompareView((state) => state.onlyDifferent);
  const { view } = useDesk();
  const ids = useMemo(
    () =>
      [...rows.values()]
        .filter((row) => !onlyDifferent || rowDiffers(row))
        .map(({ image }) => image.id),
    [rows, onlyDifferent],
  );
  return (
    <>
      <GridKeys ids={ids} />
      <CompareGrid comparison={comparison} ids={ids}>
        {columns.length === 0 && (
          <p className="sticky left-0 p-8 text-center text-ink-2">
            There is no column: add one to ask about these pictures.
          </p>
        )}
        {rows.size === 0 && (
          <div className="sticky left-0 px-3 sm:px-5.5">
            <EmptySheet />
          </div>
        )}
        {rows.size > 0 && ids.length === 0 && (
          <div className="sticky left-0 py-16 text-center text-ink-2">
            <p className="mb-3">No row differs: all rows with answers say the same.</p>
            <Button onClick={() => view.setState({ onlyDifferent: false })}>Show all rows</Button>
          </div>
        )}
      </CompareGrid>
    </>
  );
}

/** What Compare shows of the open sheet. */
function useComparison(desk: CompareDesk): Comparison {
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
