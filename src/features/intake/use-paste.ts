import { useEffect } from "react";
import type { Add } from "#src/sheet/use-add.ts";
import { addAddresses } from "./add-addresses.ts";
import { addressesIn } from "./addresses-in.ts";

/** Takes pasted pictures and addresses, but for those that are pasted into a field or a dialog. */
export function usePaste(add: Add): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      if (clipboardData === null || isTextField(target)) return;
      if (document.querySelector("dialog:modal") !== null) return;
      const files = [...clipboardData.files];
      const addresses = files.length > 0 ? [] : addressesIn((type) => clipboardData.getData(type));
      if (files.length + addresses.length === 0) return;
      event.preventDefault();
      if (files.length > 0) add.files(files, "clipboard");
      else addAddresses(add, addresses);
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
