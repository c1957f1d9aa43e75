import { useRef, useState, type DragEvent } from "react";
import { createPortal } from "react-dom";
import { useDropzone } from "react-dropzone";
import { readTexts, type Add, type Transferred } from "#src/sheet/use-add.ts";
import { showToast } from "#src/ui/toasts.ts";
import { DropVeil, openDialog, tellBehind } from "./intake-area.tsx";

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
  const textOf = useRef<Transferred["textOf"]>(() => "");
  const { getRootProps } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    multiple: true,
    // A drop outside the zone is no mistake: one that was released as the zone appeared goes to what was there before.
    preventDropOnDocument: false,
    onDrop: (files) => {
      tellBehind();
      add.transferred({ by: "drop", files, folders: 0, isOfFiles: true, textOf: textOf.current });
      onEnd();
    },
    // The zone hands over all files or none.
    onError: () => {
      showToast({
        text: "Part of this drop could not be read, so nothing was added: drop it again without what was moved or is locked.",
        tone: "warn",
        kind: "add",
      });
      onEnd();
    },
  });
  const onDropCapture = (event: DragEvent) => {
    // Available only during the event; the zone reads files long afterwards.
    textOf.current = readTexts(event.dataTransfer);
  };
  const onDrop = (event: DragEvent) => {
    // Files are handled by the zone; it leaves everything else alone.
    if (event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    tellBehind();
    add.transferred({
      by: "drop",
      files: [],
      folders: 0,
      isOfFiles: false,
      textOf: readTexts(event.dataTransfer),
    });
    onEnd();
  };
  const onDragOver = (event: DragEvent) => event.preventDefault();
  const onDragLeave = (event: DragEvent) => {
    if (event.relatedTarget === null) onEnd();
  };
  // A moving pointer shows that a drag has ended outside the window.
  const veil = (
    <DropVeil
      {...getRootProps({ onDrop, onDragOver, onDragLeave, onPointerMove: onEnd })}
      onDropCapture={onDropCapture}
    />
  );
  return dialog === null ? veil : createPortal(veil, dialog);
}
