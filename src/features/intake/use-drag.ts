import { useEffect, useState } from "react";
import type { Add } from "#src/sheet/use-add.ts";
import { showToast } from "#src/ui/toasts.ts";
import { addAddresses, addDropped } from "./add-addresses.ts";
import { addressesIn } from "./addresses-in.ts";

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
      if (event.dataTransfer !== null) takePlainly(add, event.dataTransfer);
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

function takePlainly(add: Add, transfer: DataTransfer): void {
  const addresses = addressesIn((type) => transfer.getData(type));
  if (!transfer.types.includes("Files")) return addAddresses(add, addresses);
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const folders = items.filter((item) => item.webkitGetAsEntry()?.isDirectory === true);
  const files = items.filter((item) => item.webkitGetAsEntry()?.isDirectory !== true);
  const taken = files.flatMap((item) => item.getAsFile() ?? []);
  if (taken.length > 0 || folders.length === 0) addDropped(add, taken, addresses);
  if (folders.length > 0)
    showToast({
      text: "The page was not ready for a folder: drop it once more.",
      tone: "warn",
      kind: "add",
    });
}
