import type { DragEvent } from "react";
import { useDropzone } from "react-dropzone";
import type { Add } from "#src/sheet/use-add.ts";
import { addAddresses } from "./add-addresses.ts";
import { addressesIn } from "./addresses-in.ts";
import { DropVeil } from "./drop-veil.tsx";

interface DropTargetProps {
  add: Add;
  /** Called when the drag is over, whatever came of it. */
  onEnd: () => void;
}

/**
 * The drop zone over the whole page; it reads dropped folders too. Which files are pictures is decided by their bytes,
 * so no type is filtered here.
 */
export function DropTarget({ add, onEnd }: DropTargetProps) {
  const { getRootProps } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    multiple: true,
    onDrop: (files) => {
      add.files(files);
      onEnd();
    },
    onError: onEnd,
  });
  const onDrop = (event: DragEvent) => {
    // Files are the zone's own; it leaves everything else alone.
    if (event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    addAddresses(
      add,
      addressesIn((type) => event.dataTransfer.getData(type)),
    );
    onEnd();
  };
  const onDragOver = (event: DragEvent) => event.preventDefault();
  const onDragLeave = (event: DragEvent) => {
    if (event.relatedTarget === null) onEnd();
  };
  // A moving pointer tells of a drag that ended outside the window.
  return <DropVeil {...getRootProps({ onDrop, onDragOver, onDragLeave, onPointerMove: onEnd })} />;
}
