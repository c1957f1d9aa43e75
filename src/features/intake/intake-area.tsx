import { useEffect, type DragEvent, type ReactNode } from "react";
import { useDropzone } from "react-dropzone";
import { useAdd, type Add } from "#src/sheet/use-add.ts";
import { readReferences } from "#src/sheet/read-references.ts";
import { showToast } from "#src/ui/toasts.ts";
import { addressesIn } from "./addresses-in.ts";

/**
 * Takes what is dropped or pasted anywhere in it onto the open sheet: files, folders, and pictures dragged from another
 * page, which come as addresses. Which files are pictures is decided by their bytes, so nothing is filtered here.
 */
export function IntakeArea({ children }: { children: ReactNode }) {
  const add = useAdd();
  const { getRootProps, isDragActive } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    multiple: true,
    onDrop: (accepted) => add.files(accepted),
  });
  usePaste(add);
  const onDrop = (event: DragEvent) => {
    // Files are the drop zone's; it leaves the rest alone.
    if (event.dataTransfer.files.length > 0) return;
    const addresses = addressesIn((type) => event.dataTransfer.getData(type));
    if (addresses.length === 0) return;
    event.preventDefault();
    addAddresses(add, addresses);
  };
  const onDragOver = (event: DragEvent) => {
    if (event.dataTransfer.types.includes("text/uri-list")) event.preventDefault();
  };
  return (
    // It has no box of its own: what lies in it keeps its place in the page's grid.
    <div {...getRootProps({ onDrop, onDragOver })} className="contents">
      {children}
      {isDragActive && <DropVeil />}
    </div>
  );
}

function DropVeil() {
  return (
    <div className="pointer-events-none fixed inset-2 z-40 grid place-items-center rounded-lg border-2 border-dashed border-edge bg-film/85 text-edge">
      <p className="text-lg font-semibold">Drop to add to this sheet</p>
    </div>
  );
}

function usePaste(add: Add): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      if (clipboardData === null || isTextField(target)) return;
      if (document.querySelector("dialog:modal") !== null) return;
      const files = [...clipboardData.files];
      if (files.length > 0) {
        event.preventDefault();
        add.files(files, "clipboard");
        return;
      }
      const addresses = addressesIn((type) => clipboardData.getData(type));
      if (addresses.length === 0) return;
      event.preventDefault();
      addAddresses(add, addresses);
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  });
}

function addAddresses(add: Add, addresses: readonly string[]): void {
  const { references } = readReferences(addresses.join("\n"));
  if (references.length > 0) add.references(references);
  else
    showToast({
      text: "Only web addresses that begin with http can be added: save the picture and drop the file.",
      tone: "warn",
      kind: "add",
    });
}

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("textarea, input:not([type=checkbox], [type=radio], [type=file])") !== null
  );
}
