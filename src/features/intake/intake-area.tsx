import { useEffect, useState } from "react";
import { type Add, holdTransfer, useAdd } from "#src/sheet/use-add.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";

// Nothing replaces it while it loads: a drop is sent to whatever was last under the pointer, and if that is gone, the
// browser leaves the page for the file.
const DropTarget = lazyPart(async () => (await import("./drop-target.tsx")).DropTarget, {
  // The page takes the drop all the same.
  broken: null,
});
const IntakeReportLine = lazyPart(
  async () => (await import("./intake-report.tsx")).IntakeReportLine,
);
const IntakeAnnouncement = lazyPart(
  async () => (await import("./intake-report.tsx")).IntakeAnnouncement,
  { broken: null },
);

/**
 * Adds what is dropped or pasted anywhere on the page to the open sheet: files, folders, and pictures dragged from
 * another page, which come as addresses. Shows nothing until something is dragged in.
 */
export function IntakeArea() {
  const add = useAdd();
  const { isDragging, end } = useDrag(add);
  usePaste(add);
  return isDragging ? <DropTarget add={add} onEnd={end} /> : null;
}

/** What became of the files that were offered; nothing is shown before any were. */
export function IntakeReport() {
  const hasReport = useSheet(({ intake }) => intake.offered + intake.captions.length > 0);
  return (
    <>
      {/* It is there and empty from the start: what is put into a live region is spoken, what comes with one
          may not be. */}
      <output className="sr-only">{hasReport && <IntakeAnnouncement />}</output>
      {hasReport && <IntakeReportLine />}
    </>
  );
}

/** Takes pasted pictures and addresses, except those pasted into a field. */
function usePaste(add: Add): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      if (clipboardData === null || isTextField(target)) return;
      event.preventDefault();
      add.transferred(holdTransfer("paste", clipboardData));
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

/**
 * Whether something that could be added is being dragged across the page. The drop zone is loaded only then; a drop
 * that comes before it is there, or on an open dialog, is taken here.
 */
function useDrag(add: Add): { isDragging: boolean; end: () => void } {
  const [isDragging, setDragging] = useState(false);
  useEffect(() => {
    let isOwn = false;
    const onOwn = ({ type }: DragEvent) => {
      isOwn = type === "dragstart";
    };
    // Both are taken, or the browser leaves the page for the file: when the element under the pointer changes, as it
    // does when the drop zone appears, Chromium sends a dragenter and no dragover before the drop.
    const onDragEnter = (event: DragEvent) => {
      if (isOwn || !isAddable(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const onDragOver = (event: DragEvent) => {
      if (!isOwn && isAddable(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (isOwn || event.defaultPrevented || !isAddable(event)) return;
      event.preventDefault();
      setDragging(false);
      if (event.dataTransfer === null) return;
      add.transferred(holdTransfer("drop", event.dataTransfer));
    };
    const ending = new AbortController();
    const { signal } = ending;
    window.addEventListener("dragstart", onOwn, { signal });
    window.addEventListener("dragend", onOwn, { signal });
    window.addEventListener("dragenter", onDragEnter, { signal });
    window.addEventListener("dragover", onDragOver, { signal });
    window.addEventListener("drop", onDrop, { signal });
    return () => ending.abort();
  }, [add]);
  return { isDragging, end: () => setDragging(false) };
}

/** The modal dialog that is open; the uppermost, if there are several. */
export function openDialog(): Element | null {
  return [...document.querySelectorAll("dialog:modal")].at(-1) ?? null;
}

function isAddable(event: DragEvent): boolean {
  const types = event.dataTransfer?.types ?? [];
  return types.includes("Files") || types.includes("text/uri-list");
}
