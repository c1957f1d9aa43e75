import { useEffect, useState } from "react";
import { readTexts, type Add, type Transferred } from "#src/sheet/use-add.ts";

/**
 * Whether something that could be added is being dragged across the page. The drop zone is loaded only then; a drop that
 * comes before it is there, or that lands on an open dialog, is taken here.
 */
export function useDrag(add: Add): { isDragging: boolean; end: () => void } {
  const [isDragging, setDragging] = useState(false);
  useEffect(() => {
    let isOwn = false;
    const onDragStart = () => {
      isOwn = true;
    };
    const onDragEnd = () => {
      isOwn = false;
    };
    // Both are taken, else the browser leaves the page for the file: when what lies under the pointer changes, as it does
    // when the drop zone comes, Chromium sends a dragenter and no dragover before the drop.
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
      if (event.dataTransfer !== null) add.transferred(readDrop(event.dataTransfer));
    };
    const ending = new AbortController();
    const { signal } = ending;
    window.addEventListener("dragstart", onDragStart, { signal });
    window.addEventListener("dragend", onDragEnd, { signal });
    window.addEventListener("dragenter", onDragEnter, { signal });
    window.addEventListener("dragover", onDragOver, { signal });
    window.addEventListener("drop", onDrop, { signal });
    return () => ending.abort();
  }, [add]);
  return { isDragging, end: () => setDragging(false) };
}

function isAddable(event: DragEvent): boolean {
  const types = event.dataTransfer?.types ?? [];
  return types.includes("Files") || types.includes("text/uri-list");
}

function readDrop(transfer: DataTransfer): Transferred {
  const entries = [...transfer.items].filter((item) => item.kind === "file");
  const files = entries.filter((item) => item.webkitGetAsEntry()?.isDirectory !== true);
  return {
    by: "drop",
    files: files.flatMap((item) => item.getAsFile() ?? []),
    folders: entries.length - files.length,
    isOfFiles: transfer.types.includes("Files"),
    textOf: readTexts(transfer),
  };
}
