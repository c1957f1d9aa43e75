import type { Column, ColumnId } from "#src/domain/compare-settings.ts";
import type { ImageId } from "#src/domain/image.ts";
import { createSheetView, useSheetView } from "#src/state/sheet/use-sheet.ts";

/** What covers the grid, one at a time. */
export type CompareDialog =
  /** An existing column, or a new one, which is put in after another. */
  | { kind: "column"; column: Column; after: ColumnId | null; isNew: boolean }
  | { kind: "cell"; imageId: ImageId; index: number }
  | { kind: "enlarge"; imageId: ImageId }
  | { kind: "reference"; imageId: ImageId }
  | { kind: "note"; imageId: ImageId }
  | { kind: "ranking" }
  | { kind: "stage" }
  | { kind: "present" };

/** Where the user is in Compare. */
export interface CompareViewState {
  /** The row that keys act on. */
  activeId: ImageId | null;
  dialog: CompareDialog | null;
  /** The column that has most of the width. */
  expandedId: ColumnId | null;
  onlyDifferent: boolean;
  /** Whether answers this device already has are used instead of paying. */
  reuses: boolean;
}

export const compareView = createSheetView<CompareViewState>({
  activeId: null,
  dialog: null,
  expandedId: null,
  onlyDifferent: false,
  reuses: true,
});

/** A part of where the user is in Compare. */
export function useCompareView<Part>(selector: (state: CompareViewState) => Part): Part {
  return useSheetView(compareView, selector);
}
