import { useAdd } from "#src/sheet/use-add.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { DropVeil } from "./drop-veil.tsx";
import { useDrag } from "./use-drag.ts";
import { usePaste } from "./use-paste.ts";

const DropTarget = lazyPart(async () => (await import("./drop-target.tsx")).DropTarget, {
  waiting: <DropVeil />,
  broken: <DropVeil />,
});
const IntakeReportLine = lazyPart(
  async () => (await import("./intake-report.tsx")).IntakeReportLine,
);

const IntakeAnnouncement = lazyPart(
  async () => (await import("./intake-report.tsx")).IntakeAnnouncement,
  { broken: null },
);

/**
 * Takes what is dropped or pasted anywhere on the page onto the open sheet: files, folders, and pictures dragged from
 * another page, which come as addresses. Shows nothing until something is dragged in.
 */
export function IntakeArea() {
  const add = useAdd();
  const { isDragging, end } = useDrag(add);
  usePaste(add);
  return isDragging ? <DropTarget add={add} onEnd={end} /> : null;
}

/** What became of the files that were offered; nothing to see before any were. */
export function IntakeReport() {
  const hasReport = useSheet((state) => state.intake.offered > 0);
  return (
    <>
      {/* Stands empty from the start: what is put into a live region is spoken, what comes with one may not be. */}
      <output className="sr-only">{hasReport && <IntakeAnnouncement />}</output>
      {hasReport && <IntakeReportLine />}
    </>
  );
}
