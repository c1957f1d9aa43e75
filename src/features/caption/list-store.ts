import { create } from "zustand";
import type { ImageId } from "#src/domain/image.ts";

/** What lies over the view. */
export type CaptionDialog =
  | { kind: "enlarge"; imageId: ImageId }
  | { kind: "sent"; imageId: ImageId }
  | { kind: "sent-all" }
  /** Asking about these would lay new answers over old ones. */
  | { kind: "overwrite"; imageIds: readonly ImageId[]; answered: number };

interface ListState {
  /** The row that keys act on. */
  activeId: ImageId | null;
  /** The row whose caption is being edited. */
  editingId: ImageId | null;
  dialog: CaptionDialog | null;
  /** Whether answers this device has already are used instead of paying. */
  reuses: boolean;
  activate: (activeId: ImageId | null) => void;
  edit: (editingId: ImageId | null) => void;
  open: (dialog: CaptionDialog | null) => void;
  setReuses: (reuses: boolean) => void;
}

/** Where the person is in Caption. */
export const useListStore = create<ListState>((set) => ({
  activeId: null,
  editingId: null,
  dialog: null,
  reuses: true,
  activate: (activeId) => set({ activeId }),
  edit: (editingId) => set(editingId === null ? { editingId } : { editingId, activeId: editingId }),
  open: (dialog) => set({ dialog }),
  setReuses: (reuses) => set({ reuses }),
}));
