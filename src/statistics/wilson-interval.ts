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
const Z = 1.959963984540054;

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
