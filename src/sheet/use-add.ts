import { useMemo } from "react";
import { loadOnce } from "#src/lib/load-once.ts";
import type { OfferedReference } from "#src/state/pictures/intake.ts";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { tell } from "./tell.ts";

/** What was dropped or pasted. */
export interface Transferred {
  by: "drop" | "paste";
  files: readonly File[];
  /** Folders in it that cannot be read. */
  folders: number;
  /** True if it called itself files, even if it held none. */
  isOfFiles: boolean;
  /** What it gave as a MIME type; empty if it had none. */
  textOf: (type: string) => string;
}

/** Reads the texts of a transfer, which are available only during its event. */
export function readTexts(transfer: DataTransfer): Transferred["textOf"] {
  const texts = new Map(transfer.types.map((type) => [type, transfer.getData(type)]));
  return (type) => texts.get(type) ?? "";
}

/** Every way to add to the sheet. */
export interface Add {
  /** Says so if there is none. */
  files: (files: readonly File[]) => void;
  /** Leaves out what is already on the sheet, and says so. */
  references: (references: readonly OfferedReference[]) => void;
  /** What was dropped or pasted: its files, otherwise the addresses in it. Says so if a drop holds neither. */
  transferred: (transferred: Transferred) => void;
  /** The pictures that come with the app. */
  samples: () => Promise<void>;
}

const load = loadOnce(async () => (await import("./create-add.ts")).createAdd);

/**
 * Adds pictures to the open sheet, and says which cannot be added. The code for it is loaded with the first of them.
 */
export function useAdd(): Add {
  const open = useOpenSheet();
  const services = useServices();
  return useMemo(() => {
    const reach = (step: (add: Add) => void | Promise<void>): Promise<void> =>
      load()
        .then((createAdd) => step(createAdd(open, services)))
        .catch((error: unknown) => tell(error, "add"));
    const withAdd = (step: (add: Add) => void): void => {
      reach(step).catch(() => undefined);
    };
    return {
      files: (files) => withAdd((add) => add.files(files)),
      references: (references) => withAdd((add) => add.references(references)),
      transferred: (transferred) => withAdd((add) => add.transferred(transferred)),
      samples: () => reach((add) => add.samples()),
    };
  }, [open, services]);
}
