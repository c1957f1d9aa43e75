import type { StoreApi } from "zustand/vanilla";
import type { ImageId } from "#src/domain/image.ts";
import { createSheetView, useSheetView } from "#src/state/sheet/sheet-view.ts";

/** Which images Caption lists. */
export type ListFilter = "all" | "missing" | "done" | "edited" | "failed" | "running";

/** What covers the view. */
export type CaptionDialog =
  | { kind: "enlarge"; imageId: ImageId }
  | { kind: "sent"; imageId: ImageId }
  | { kind: "sent-all" }
  /** Asking about these would replace old answers, or might pay again for unsettled ones. */
  | { kind: "again"; imageIds: readonly ImageId[]; answered: number; unsettled: number };

/** Where the user is in Caption. */
export interface CaptionViewState {
  filter: ListFilter;
  selected: ReadonlySet<ImageId>;
  /** Where a range starts. */
  anchor: ImageId | null;
  /** The row that keys act on. */
  activeId: ImageId | null;
  /** The row whose caption is being edited. */
  editingId: ImageId | null;
  dialog: CaptionDialog | null;
  /** Whether answers this device has already are used instead of paying. */
  reuses: boolean;
}

export type CaptionView = StoreApi<CaptionViewState>;

export const captionView = createSheetView<CaptionViewState>({
  filter: "all",
  selected: new Set(),
  anchor: null,
  activeId: null,
  editingId: null,
  dialog: null,
  reuses: true,
});

/** A part of where the user is in Caption. */
export function useCaptionView<Part>(selector: (state: CaptionViewState) => Part): Part {
  return useSheetView(captionView, selector);
}

/** Selects these and no others. */
export function select(
  view: CaptionView,
  ids: Iterable<ImageId>,
  anchor: ImageId | null = null,
): void {
  view.setState({ selected: new Set(ids), anchor });
}

/** Edits the caption of a row, which then is the one that keys act on; null ends editing. */
export function edit(view: CaptionView, editingId: ImageId | null): void {
  view.setState(editingId === null ? { editingId } : { editingId, activeId: editingId });
}
