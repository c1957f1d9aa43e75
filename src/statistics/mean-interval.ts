/** A mean with its interval; in the unit of the values. */
export interface Mean {
  n: number;
  mean: number;
  /** Bounds of the 95 % interval; infinite for fewer than two values. */
  low: number;
  high: number;
}

const Z = 1.959963984540054;

/**
 * The mean of some values with Student's t interval at 95 %; null for none.
 * "Student" (1908), "The probable error of a mean", Biometrika 6, 1–25.
 */
export function meanInterval(values: readonly number[]): Mean | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean, low: -Infinity, high: Infinity };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = studentPoint(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { n, mean, low: mean - half, high: mean + half };
}

/**
 * The 97.5 % point of Student's t, by the expansion around the normal one: M. Abramowitz and I. Stegun (1964), Handbook
 * of Mathematical Functions, 26.7.5. Correct to three decimals from 8 degrees of freedom on; figures are shown from 19.
 */
function studentPoint(freedom: number): number {
  const [z3, z5, z7, z9] = [Z ** 3, Z ** 5, Z ** 7, Z ** 9];
  return (
    Z +
    (z3 + Z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * Z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * freedom ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * Z) / (92_160 * freedom ** 4)
  );
}
