import type { ImageId } from "#src/domain/image.ts";
import { editOf } from "#src/features/caption/bulk/preview.ts";
import { canEdit, type Standings } from "#src/features/caption/list/standing.ts";
import type { TextOf } from "#src/features/caption/view-state.ts";
import type { NewMark } from "#src/state/sheet/actions.ts";
import type { CellPlace, CellText } from "./cell-range.ts";
import type { TableColumn } from "./table-columns.ts";

/** What a table shows, for reading and writing cells by their places. */
export interface TableCells {
  ids: readonly ImageId[];
  columns: readonly TableColumn[];
  standings: Standings;
}

/** The text of a cell by its place; null for columns that hold none. */
export function textAt({ ids, columns }: TableCells, { row, column }: CellPlace): TextOf | null {
  const imageId = ids[row];
  const fieldId = columns[column]?.fieldId ?? null;
  return imageId === undefined || fieldId === null ? null : { imageId, fieldId };
}

/** The words of a text as they stand; null if it has none, or if nobody can write there. */
export function wordsOf({ standings }: TableCells, { imageId, fieldId }: TextOf): string | null {
  return standings.byId.get(imageId)?.texts.find((text) => text.fieldId === fieldId)?.text ?? null;
}

/** What writing into cells changes, and how many of them can't be written in. */
export interface CellEdits {
  marks: NewMark[];
  locked: number;
}

/** The edits that make cells read so. A cell that reads so already is left alone, and so are those nobody can edit. */
export function editsOf(table: TableCells, cells: readonly CellText[]): CellEdits {
  const marks: NewMark[] = [];
  let locked = 0;
  for (const { text: words, ...place } of cells) {
    const at = textAt(table, place);
    const text =
      at === null
        ? undefined
        : table.standings.byId.get(at.imageId)?.texts.find(({ fieldId }) => fieldId === at.fieldId);
    if (at === null || text === undefined || !canEdit(text)) {
      locked += 1;
      continue;
    }
    if (words === (text.text ?? "")) continue;
    marks.push(editOf(at.imageId, text, words));
  }
  return { marks, locked };
}
