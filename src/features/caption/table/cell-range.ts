/** A cell by its place in the table; the head of the table is row -1. */
export interface CellPlace {
  row: number;
  column: number;
}

/** From where the user began to where they are. */
export interface CellRange {
  anchor: CellPlace;
  head: CellPlace;
}

/** A rectangle of cells, both ends included. */
export interface CellBox {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface TableSize {
  rows: number;
  columns: number;
  /** As many rows as the window shows. */
  page: number;
}

export function boxOf({ anchor, head }: CellRange): CellBox {
  return {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column),
  };
}

/** Where a key of a spreadsheet leads; null if it leads nowhere. With `isFar`, Ctrl or Cmd is held down. */
export function moved(
  { row, column }: CellPlace,
  { key, isFar }: { key: string; isFar: boolean },
  size: TableSize,
): CellPlace | null {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const to = (next: Partial<CellPlace>): CellPlace => ({
    row: Math.min(last.row, Math.max(-1, next.row ?? row)),
    column: Math.min(last.column, Math.max(0, next.column ?? column)),
  });
  switch (key) {
    case "ArrowDown":
      return to({ row: isFar ? last.row : row + 1 });
    case "ArrowUp":
      // The head comes after the first row, and not from afar.
      return to({ row: isFar ? Math.min(row, 0) : row - 1 });
    case "ArrowRight":
      return to({ column: isFar ? last.column : column + 1 });
    case "ArrowLeft":
      return to({ column: isFar ? 0 : column - 1 });
    case "PageDown":
      return to({ row: row + size.page });
    case "PageUp":
      return to({ row: Math.max(0, row - size.page) });
    case "Home":
      return to(isFar ? { row: 0, column: 0 } : { column: 0 });
    case "End":
      return to(isFar ? last : { column: last.column });
    default:
      return null;
  }
}

/** A cell that gets a text. */
export interface CellText extends CellPlace {
  text: string;
}

/** What a paste writes, and how many pasted cells found no place in the table. */
export interface PastePlan {
  cells: CellText[];
  unplaced: number;
}

/**
 * Lays a block over a range as spreadsheets do: from its first cell on, and again if the range is a multiple of the
 * block. So one cell fills a whole range.
 */
export function planPaste(
  block: readonly (readonly string[])[],
  { top, left, bottom, right }: CellBox,
  size: Pick<TableSize, "rows" | "columns">,
): PastePlan {
  const width = Math.max(...block.map((cells) => cells.length));
  const rows = repeated(bottom - top + 1, block.length);
  const columns = repeated(right - left + 1, width);
  const cells: CellText[] = [];
  let unplaced = 0;
  for (let down = 0; down < rows; down += 1)
    for (let across = 0; across < columns; across += 1) {
      const text = block[down % block.length]?.[across % width];
      if (text === undefined) continue;
      const place = { row: top + down, column: left + across };
      if (place.row < size.rows && place.column < size.columns) cells.push({ ...place, text });
      else unplaced += 1;
    }
  return { cells, unplaced };
}

function repeated(wanted: number, given: number): number {
  return wanted % given === 0 ? wanted : given;
}

/** What filling a range down from its first row writes. */
export function planFill(box: CellBox, textAt: (place: CellPlace) => string): CellText[] {
  const cells: CellText[] = [];
  for (let column = box.left; column <= box.right; column += 1) {
    const text = textAt({ row: box.top, column });
    for (let row = box.top + 1; row <= box.bottom; row += 1) cells.push({ row, column, text });
  }
  return cells;
}
