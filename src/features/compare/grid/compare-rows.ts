import { comparedRow, type ComparedColumn, type ComparedRow } from "#src/domain/comparison.ts";
import type { ColumnId } from "#src/domain/compare-settings.ts";
import type { ImageId } from "#src/domain/image.ts";
import { perImage, type RowsByImage } from "#src/state/sheet/per-image.ts";

/** What a sheet's rows are made from. */
export interface RowSource extends RowsByImage {
  /** The same list as long as nothing in it changed. */
  columns: readonly ComparedColumn[];
  referenceColumnId: ColumnId | null;
}

/** Rows by image, in the sheet's order. */
export type ComparedRows = ReadonlyMap<ImageId, ComparedRow>;

/** Makes the rows of whole sheets, each again only if something of its own changed. */
export function createRows(): (source: RowSource) => ComparedRows {
  const rowsOf = perImage(
    comparedRow,
    ({ columns, referenceColumnId }: Pick<RowSource, "columns" | "referenceColumnId">) => [
      columns,
      referenceColumnId,
    ],
  );
  return (source) => rowsOf(source, source);
}
