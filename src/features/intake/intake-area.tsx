import { useEffect } from "react";
import { readTexts, useAdd, type Add } from "#src/sheet/use-add.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { DropVeil } from "./drop-veil.tsx";
import { useDrag } from "./use-drag.ts";

// Nothing stands in its place while it loads: a drop is sent to what lay under the pointer last, and if that is gone, the
// browser leaves the page for the file.
const DropTarget = lazyPart(async () => (await import("./drop-target.tsx")).DropTarget, {
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

/** Takes pasted pictures and addresses, but for those that are pasted into a field or a dialog. */
function usePaste(add: Add): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      if (clipboardData === null || isTextField(target)) return;
      if (document.querySelector("dialog:modal") !== null) return;
      event.preventDefault();
      const files = [...clipboardData.files];
      const isOfFiles = files.length > 0;
      const textOf = readTexts(clipboardData);
      add.transferred({ by: "paste", files, folders: 0, isOfFiles, textOf });
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  });
}

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("textarea, input:not([type=checkbox], [type=radio], [type=file])") !== null
  );
}
