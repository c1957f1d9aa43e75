import { lazy, Suspense } from "react";
import { useAdd } from "#src/sheet/use-add.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { DropVeil } from "./drop-veil.tsx";
import { useDrag } from "./use-drag.ts";
import { usePaste } from "./use-paste.ts";

const DropTarget = lazy(async () => {
  const { DropTarget: target } = await import("./drop-target.tsx");
  return { default: target };
});
const IntakeReportLine = lazy(async () => {
  const { IntakeReportLine: line } = await import("./intake-report.tsx");
  return { default: line };
});

const IntakeAnnouncement = lazy(async () => {
  const { IntakeAnnouncement: announcement } = await import("./intake-report.tsx");
  return { default: announcement };
});

/**
 * Takes what is dropped or pasted anywhere on the page onto the open sheet: files, folders, and pictures dragged from
 * another page, which come as addresses. Shows nothing until something is dragged in.
 */
export function IntakeArea() {
  const add = useAdd();
  const { isDragging, end } = useDrag(add);
  usePaste(add);
  return isDragging ? (
    <Suspense fallback={<DropVeil />}>
      <DropTarget add={add} onEnd={end} />
    </Suspense>
  ) : null;
}

/** What became of the files that were offered; nothing to see before any were. */
export function IntakeReport() {
  const hasReport = useSheet((state) => state.intake.offered > 0);
  return (
    <>
      {/* Stands empty from the start: what is put into a live region is spoken, what comes with one may not be. */}
      <output className="sr-only">
        {hasReport && (
          <Suspense fallback={null}>
            <IntakeAnnouncement />
          </Suspense>
        )}
      </output>
      {hasReport && (
        <Suspense fallback={null}>
          <IntakeReportLine />
        </Suspense>
      )}
    </>
  );
}
