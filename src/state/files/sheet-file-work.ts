import { create } from "zustand";
import type { FileProgress } from "./write-sheet-file.ts";

/** A sheet's file that is being written or read. */
export interface SheetFileWork {
  kind: "saving" | "opening";
  /** The sheet's name, or the file's. */
  name: string;
  /** Null until something about the file is known. */
  progress: FileProgress | null;
  /** False once the user has closed the dialog that shows it: the work continues behind the page. */
  watched: boolean;
  cancel: () => void;
}

interface SheetFileState {
  /** One at a time; null if there is none. */
  work: SheetFileWork | null;
  /** What went wrong with the latest, until it was read. */
  trouble: string | null;
  show: (work: SheetFileWork) => void;
  change: (change: Partial<Pick<SheetFileWork, "progress" | "watched">>) => void;
  end: (trouble: string | null) => void;
}

/** What the sheets' dialog shows about files being saved and opened. */
export const useSheetFileWork = create<SheetFileState>((set) => ({
  work: null,
  trouble: null,
  show: (work) => set({ work, trouble: null }),
  change: (change) => set(({ work }) => (work === null ? {} : { work: { ...work, ...change } })),
  end: (trouble) => set({ work: null, trouble }),
}));
