import { useMemo } from "react";
import { loadOnce } from "#src/lib/load-once.ts";
import type { OfferedReference } from "#src/state/pictures/intake.ts";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { tell } from "./tell.ts";

/** As much of a FileSystemEntry as is used. */
export interface DroppedEntry {
  name: string;
  isDirectory: boolean;
  file?: (resolve: (file: File) => void, reject: (error: unknown) => void) => void;
  createReader?: () => {
    readEntries: (
      resolve: (batch: DroppedEntry[]) => void,
      reject: (error: unknown) => void,
    ) => void;
  };
}

/** As much of a FileSystemHandle as is used. */
export interface DroppedHandle {
  name: string;
  kind: "file" | "directory";
  getFile?: () => Promise<File>;
  values?: () => AsyncIterable<DroppedHandle>;
}

interface DroppedItem {
  kind: string;
  getAsFile: () => File | null;
  webkitGetAsEntry: () => DroppedEntry | null;
  getAsFileSystemHandle?: () => Promise<DroppedHandle | null>;
}

/** As much of a DataTransfer as is used. */
interface HeldTransfer {
  types: readonly string[];
  getData: (type: string) => string;
  items: Iterable<DroppedItem>;
}

/** What is kept of one item of a drop, from which it can be read when its event is over. */
export interface HeldItem {
  file?: File | null;
  /** Missing if it can’t be a folder. */
  entry?: DroppedEntry | null;
  handle?: Promise<DroppedHandle | null> | undefined;
  /** What was thrown as it was held. */
  error?: unknown;
}

/** What was dropped or pasted. */
export interface Transferred {
  by: "drop" | "paste";
  items: readonly HeldItem[];
  /** What it gave, by MIME type; "Files" if it called itself files, even if it held none. */
  texts: ReadonlyMap<string, string>;
}

// Asking whether an item is a folder takes longer the more there are: of ten thousand, two milliseconds for each.
const FEW = 100;
const ENDING = /\.[a-z]\w+$/iu;

/** Holds what a transfer gives only during its event. Never throws: of what can’t be had, the error is held. */
export function holdTransfer(by: Transferred["by"], transfer: HeldTransfer): Transferred {
  const files = [...transfer.items].filter(({ kind }) => kind === "file");
  const items = files.map((item) => {
    const held: HeldItem = {};
    try {
      held.file = item.getAsFile();
      if (files.length <= FEW || !ENDING.test(held.file?.name ?? "")) {
        held.entry = item.webkitGetAsEntry();
        held.handle = item.getAsFileSystemHandle?.().catch(() => null);
      }
    } catch (error) {
      held.error = error;
    }
    return held;
  });
  return {
    by,
    items,
    texts: new Map(transfer.types.map((type) => [type, transfer.getData(type)])),
  };
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
    return {
      files: (files) => reach((add) => add.files(files)),
      references: (references) => reach((add) => add.references(references)),
      transferred: (transferred) => reach((add) => add.transferred(transferred)),
      samples: () => reach((add) => add.samples()),
    };
  }, [open, services]);
}
