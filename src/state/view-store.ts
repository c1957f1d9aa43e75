import { create } from "zustand";
import type { ImageId } from "#src/domain/image.ts";

/** Which images Caption lists. */
export type ListFilter = "all" | "missing" | "done" | "edited" | "failed" | "running";

interface ViewState {
  filter: ListFilter;
  selected: ReadonlySet<ImageId>;
  /** Where a range starts. */
  anchor: ImageId | null;
  setFilter: (filter: ListFilter) => void;
  select: (ids: Iterable<ImageId>, anchor?: ImageId | null) => void;
}

const NOTHING: ReadonlySet<ImageId> = new Set();

/** How the screen looks: nothing here is kept, and nothing here can be recomputed from what is. */
export const useViewStore = create<ViewState>((set) => ({
  filter: "all",
  selected: NOTHING,
  anchor: null,
  setFilter: (filter) => set({ filter }),
  select: (ids, anchor = null) => set({ selected: new Set(ids), anchor }),
}));
