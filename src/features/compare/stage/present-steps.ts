/** Where a presentation is: which row, and how many of its columns are shown. */
export interface Step {
  /** From 0. */
  row: number;
  shown: number;
}

/**
 * The step after or before: column by column, then the next picture without any; it stays at either end.
 */
export function nextStep(
  { row, shown }: Step,
  by: 1 | -1,
  shape: { rows: number; columns: number },
): Step {
  if (by === 1) {
    if (shown < shape.columns) return { row, shown: shown + 1 };
    return row < shape.rows - 1 ? { row: row + 1, shown: 0 } : { row, shown };
  }
  if (shown > 0) return { row, shown: shown - 1 };
  return row > 0 ? { row: row - 1, shown: shape.columns } : { row, shown };
}
