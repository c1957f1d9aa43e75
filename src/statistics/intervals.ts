/** A share with its interval; `n` is never left out, since a rate without it says nothing. */
export interface Rate {
  hits: number;
  n: number;
  /** hits ÷ n, 0–1; null if n is 0. */
  share: number | null;
  /** Bounds of the 95 % interval, 0–1; 0 and 1 if n is 0. */
  low: number;
  high: number;
}

/** The 97.5 % point of the standard normal distribution. */
export const Z = 1.959963984540054;

/**
 * A share with its Wilson score interval at 95 %, without continuity correction.
 * E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22, 209–212.
 *
 * @param hits whole number from 0 to n
 */
export function wilsonRate(hits: number, n: number): Rate {
  if (n === 0) return { hits, n, share: null, low: 0, high: 1 };
  const share = hits / n;
  const scale = 1 + (Z * Z) / n;
  const centre = (share + (Z * Z) / (2 * n)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  // At the ends the bound is exact; rounding would leave it a hair off.
  return {
    hits,
    n,
    share,
    low: hits === 0 ? 0 : centre - half,
    high: hits === n ? 1 : centre + half,
  };
}

/** A mean with its interval; in the unit of the values. */
export interface Mean {
  n: number;
  mean: number;
  /** Bounds of the 95 % interval; infinite for fewer than two values. */
  low: number;
  high: number;
}

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

/**
 * How many judgements in total bring the 95 % Wilson interval of a rate to ± `halfWidth`, if the share stays as it is.
 *
 * @param share 0–1; null if nothing is known yet, which plans for the widest case, one half
 * @param halfWidth as a share: 0.05 is five points
 */
export function judgementsNeeded(share: number | null, halfWidth: number): number {
  const planned = share ?? 0.5;
  let low = 1;
  let high = 1;
  while (halfOf(planned, high) > halfWidth) {
    low = high;
    high *= 2;
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (halfOf(planned, middle) <= halfWidth) high = middle;
    else low = middle + 1;
  }
  return high;
}

function halfOf(share: number, n: number): number {
  const { low, high } = wilsonRate(share * n, n);
  return (high - low) / 2;
}

/**
 * The value below which a share of the sample lies, interpolated between neighbours: definition 7 of Hyndman and Fan
 * (1996), "Sample quantiles in statistical packages", The American Statistician 50, 361–365; R's default. In the
 * sample's own unit; null for an empty sample.
 *
 * @param share 0–1: 0.5 is the median
 */
export function quantile(sample: readonly number[], share: number): number | null {
  const sorted = sample.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}
