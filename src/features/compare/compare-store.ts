import { create } from "zustand";
import type { Column, ColumnId } from "#src/domain/compare-settings.ts";
import type { ImageId, SheetId } from "#src/domain/image.ts";

/** What lies over the grid, one at a time. */
export type CompareDialog =
  /** A column that is there, or a new one, which is put in after another. */
  | { kind: "column"; column: Column; after: ColumnId | null; isNew: boolean }
  | { kind: "cell"; imageId: ImageId; index: number }
  | { kind: "enlarge"; imageId: ImageId }
  | { kind: "reference"; imageId: ImageId }
  | { kind: "note"; imageId: ImageId }
  | { kind: "ranking" }
  | { kind: "stage" }
  | { kind: "present" };

interface CompareState {
  /** The sheet that all of this is about. */
  sheetId: SheetId | null;
  /** The row that keys act on. */
  activeId: ImageId | null;
  dialog: CompareDialog | null;
  /** The column that has most of the room. */
  expandedId: ColumnId | null;
  onlyDifferent: boolean;
  /** Whether answers this device already has are used instead of paying. */
  reuses: boolean;
  /** Starts afresh on another sheet; keeps everything on the same one. */
  enter: (sheetId: SheetId) => void;
  activate: (activeId: ImageId | null) => void;
  open: (dialog: CompareDialog | null) => void;
  expand: (expandedId: ColumnId | null) => void;
  listOnlyDifferent: (onlyDifferent: boolean) => void;
  setReuses: (reuses: boolean) => void;
}

/** Where the person is in Compare. */
export const useCompareStore = create<CompareState>((set, get) => ({
  sheetId: null,
  activeId: null,
  dialog: null,
  expandedId: null,
  onlyDifferent: false,
  reuses: true,
  enter: (sheetId) => {
    if (get().sheetId === sheetId) return;
    set({
      sheetId,
      activeId: null,
      dialog: null,
      expandedId: null,
      onlyDifferent: false,
      reuses: true,
    });
  },
  activate: (activeId) => set({ activeId }),
  open: (dialog) => set({ dialog }),
  expand: (expandedId) => set({ expandedId }),
  listOnlyDifferent: (onlyDifferent) => set({ onlyDifferent }),
  setReuses: (reuses) => set({ reuses }),
}));
