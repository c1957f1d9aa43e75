import { create } from "zustand";
import type { ImageId, SheetId } from "#src/domain/image.ts";
import { useViewStore } from "#src/state/view-store.ts";

/** What lies over the view. */
export type CaptionDialog =
  | { kind: "enlarge"; imageId: ImageId }
  | { kind: "sent"; imageId: ImageId }
  | { kind: "sent-all" }
  /** Asking about these would lay new answers over old ones, or might pay again for unsettled ones. */
  | { kind: "again"; imageIds: readonly ImageId[]; answered: number; unsettled: number };

interface ListState {
  /** The sheet that all of this is about. */
  sheetId: SheetId | null;
  /** The row that keys act on. */
  activeId: ImageId | null;
  /** The row whose caption is being edited. */
  editingId: ImageId | null;
  dialog: CaptionDialog | null;
  /** Whether answers this device has already are used instead of paying. */
  reuses: boolean;
  /** Starts afresh on another sheet; keeps everything on the same one. */
  enter: (sheetId: SheetId) => void;
  activate: (activeId: ImageId | null) => void;
  edit: (editingId: ImageId | null) => void;
  open: (dialog: CaptionDialog | null) => void;
  setReuses: (reuses: boolean) => void;
}

/** Where the person is in Caption. */
export const useListStore = create<ListState>((set, get) => ({
  sheetId: null,
  activeId: null,
  editingId: null,
  dialog: null,
  reuses: true,
  enter: (sheetId) => {
    if (get().sheetId === sheetId) return;
    set({ sheetId, activeId: null, editingId: null, dialog: null, reuses: true });
    useViewStore.getState().select([]);
    useViewStore.getState().setFilter("all");
  },
  activate: (activeId) => set({ activeId }),
  edit: (editingId) => set(editingId === null ? { editingId } : { editingId, activeId: editingId }),
  open: (dialog) => set({ dialog }),
  setReuses: (reuses) => set({ reuses }),
}));
