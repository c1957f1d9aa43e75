import { type ComponentProps, type DragEvent, useState } from "react";
import { createPortal } from "react-dom";
import { useDropzone } from "react-dropzone";
import { type Add, holdTransfer } from "#src/sheet/use-add.ts";
import { openDialog } from "./intake-area.tsx";

interface DropTargetProps {
  add: Add;
  /** Called when the drag is over, whatever came of it. */
  onEnd: () => void;
}

/**
 * The drop zone over the whole page; it reads dropped folders too. Bytes decide which files are pictures, so no type
 * is filtered here.
 */
export function DropTarget({ add, onEnd }: DropTargetProps) {
  // Beside a modal dialog nothing can be dropped on, so it lies in the dialog, and over it.
  const [dialog] = useState(openDialog);
  const take = (transfer: DataTransfer): void => {
    add.transferred(holdTransfer("drop", transfer));
    onEnd();
  };
  const { getRootProps } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    multiple: true,
    // A drop outside the zone is no mistake: one that was released as the zone appeared goes to what was there before.
    preventDropOnDocument: false,
    // The zone's own reader hands over all files or none, and asks about each of them before the drag is over.
    getFilesFromEvent: async (event) => {
      if ("dataTransfer" in event && event.type === "drop" && event.dataTransfer !== null)
        take(event.dataTransfer);
      return [];
    },
  });
  const onDrop = (event: DragEvent) => {
    // Files are handled by the zone; it leaves everything else alone.
    if (event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    take(event.dataTransfer);
  };
  const onDragOver = (event: DragEvent) => event.preventDefault();
  const onDragLeave = (event: DragEvent) => {
    if (event.relatedTarget === null) onEnd();
  };
  // A moving pointer shows that a drag has ended outside the window.
  const veil = (
    <DropVeil {...getRootProps({ onDrop, onDragOver, onDragLeave, onPointerMove: onEnd })} />
  );
  return dialog === null ? veil : createPortal(veil, dialog);
}

/** What covers the page while something is dragged across it. */
function DropVeil(props: ComponentProps<"div">) {
  return (
    <div {...props} className="fixed inset-0 z-40 p-2">
      <div className="pointer-events-none grid size-full place-items-center rounded-lg border-2 border-dashed border-edge bg-film/85 text-edge">
        <p className="rounded bg-film px-4 py-2 text-lg font-semibold">Drop to add to this sheet</p>
      </div>
    </div>
  );
}
