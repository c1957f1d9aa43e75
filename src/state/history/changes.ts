import type { SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";

/** Rows of one sheet. */
export interface Rows {
  images?: readonly SheetImage[] | undefined;
  tasks?: readonly Task[] | undefined;
  marks?: readonly Mark[] | undefined;
}

/** The settings of a sheet that views change. */
export type SheetSettings = Partial<
  Pick<Sheet, "fields" | "run" | "copySide" | "filePictures" | "compare" | "ageCheck">
>;

/** One change of a sheet, as data: what is there from now on, what no longer is, and what is set otherwise. */
export interface Diff {
  /** Rows that are new, changed or brought back. */
  adds?: Rows | undefined;
  /** Rows that are taken off the sheet, with a tombstone. */
  removes?: Rows | undefined;
  settings?: { before: SheetSettings; after: SheetSettings } | undefined;
}

/** A change about to be made: new marks get their place in the order when they are written. */
export interface NewDiff extends Omit<Diff, "adds"> {
  adds?:
    | (Omit<Rows, "marks"> & { marks?: readonly (Mark | UnwrittenMark)[] | undefined })
    | undefined;
}

/** Of these settings, those that `like` names. */
export function settingsOf(settings: SheetSettings, like: SheetSettings): SheetSettings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name in like));
}

/** What takes a change back. */
export function reverse({ adds, removes, settings }: Diff): Diff {
  return {
    adds: removes,
    removes: adds,
    settings: settings && { before: settings.after, after: settings.before },
  };
}
