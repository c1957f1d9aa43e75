import { wilsonRate, Z, type Rate } from "./intervals.ts";

/** How far two judges agree beyond chance. */
export interface Agreement {
  /** Pairs that name the same group. */
  same: Rate;
  /** −1 to 1, with its 95 % interval; null if both judges always name one and the same group. */
  kappa: { value: number; low: number; high: number } | null;
}

/**
 * Agreement of two judges on ordered groups: the raw share, and kappa with quadratic weights. J. Cohen (1968), "Weighted
 * kappa", Psychological Bulletin 70, 213–220; its standard error is that of J. L. Fleiss, J. Cohen and B. S. Everitt
 * (1969), "Large sample standard errors of kappa and weighted kappa", Psychological Bulletin 72, 323–327.
 *
 * @param pairs places of the groups that the two judges named, from 0
 * @param groupCount at least 2
 */
export function weightedAgreement(
  pairs: readonly (readonly [number, number])[],
  groupCount: number,
): Agreement {
  const same = wilsonRate(pairs.filter(([one, other]) => one === other).length, pairs.length);
  return { same, kappa: pairs.length === 0 ? null : kappaOf(pairs, groupCount) };
}

function kappaOf(
  pairs: readonly (readonly [number, number])[],
  groupCount: number,
): Agreement["kappa"] {
  const n = pairs.length;
  const weight = (one: number, other: number): number =>
    1 - (one - other) ** 2 / (groupCount - 1) ** 2;
  const shareOf = (side: 0 | 1): number[] =>
    Array.from(
      { length: groupCount },
      (_, group) => pairs.filter((pair) => pair[side] === group).length / n,
    );
  const [rows, columns] = [shareOf(0), shareOf(1)];
  const meanFor = (group: number, shares: readonly number[]): number =>
    shares.reduce((sum, share, other) => sum + share * weight(group, other), 0);
  const rowMeans = rows.map((_, group) => meanFor(group, columns));
  const columnMeans = columns.map((_, group) => meanFor(group, rows));
  const observed = mean(pairs.map(([one, other]) => weight(one, other)));
  const expected = rows.reduce((sum, share, group) => sum + share * (rowMeans[group] ?? 0), 0);
  // Only one group on both sides: chance alone agrees fully, and kappa is 0 ÷ 0.
  if (expected > 1 - 1e-12) return null;
  const spread = mean(
    pairs.map(([one, other]) => {
      const margins = (rowMeans[one] ?? 0) + (columnMeans[other] ?? 0);
      return (weight(one, other) * (1 - expected) - margins * (1 - observed)) ** 2;
    }),
  );
  const centre = (observed * expected - 2 * expected + observed) ** 2;
  const error = Math.sqrt(Math.max(0, spread - centre) / n) / (1 - expected) ** 2;
  const value = (observed - expected) / (1 - expected);
  return {
    value,
    low: Math.max(-1, value - Z * error),
    high: Math.min(1, value + Z * error),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
