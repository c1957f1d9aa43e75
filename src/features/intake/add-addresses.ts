import { readReferences } from "#src/sheet/read-references.ts";
import type { Add } from "#src/sheet/use-add.ts";
import { showToast } from "#src/ui/toasts.ts";

/** Adds pictures by address; says so where none of them can be. */
export function addAddresses(add: Add, addresses: readonly string[]): void {
  const { references } = readReferences(addresses.join("\n"));
  if (references.length > 0) add.references(references);
  else
    showToast({
      text: "Only files and web addresses can be added: save the picture and drop the file.",
      tone: "warn",
      kind: "add",
    });
}

/** Adds what was dropped: its files or, where there is none among what calls itself files, its addresses. */
export function addDropped(add: Add, files: readonly File[], addresses: readonly string[]): void {
  if (files.length === 0 && addresses.length > 0) addAddresses(add, addresses);
  else add.files(files);
}
