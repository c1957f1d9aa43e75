/**
 * Solves a small system of linear equations by Gaussian elimination with partial pivoting; null if the matrix is
 * singular to working precision.
 *
 * @param matrix square, row by row; it is not changed
 */
export function solveLinear(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | null {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const pivot = pivotFor(rows, column);
    if (pivot === null) return null;
    for (let below = column + 1; below < size; below += 1) {
      const row = rows[below] ?? [];
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      if (factor === 0) continue;
      for (let at = column; at <= size; at += 1)
        row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  }
  const solution = rows.map(() => 0);
  for (let at = size - 1; at >= 0; at -= 1) {
    const row = rows[at] ?? [];
    let rest = row[size] ?? 0;
    for (let known = at + 1; known < size; known += 1)
      rest -= (row[known] ?? 0) * (solution[known] ?? 0);
    solution[at] = rest / (row[at] ?? 1);
  }
  return solution;
}

// Below this share of the largest entry, what is left of a column is rounding.
const NOTHING = 1e-12;

/** Moves the row with the largest entry of a column to its place; null if all of them are zero. */
function pivotFor(rows: number[][], column: number): number[] | null {
  const scale = Math.max(...rows.flatMap((row) => row.slice(0, -1).map(Math.abs)), 0);
  let best = column;
  for (let index = column + 1; index < rows.length; index += 1) {
    if (Math.abs(rows[index]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = index;
  }
  const chosen = rows[best];
  const here = rows[column];
  if (chosen === undefined || here === undefined) return null;
  if (Math.abs(chosen[column] ?? 0) <= NOTHING * scale) return null;
  rows[best] = here;
  rows[column] = chosen;
  return chosen;
}
