/** Millionths of a US dollar, a whole number. Unknown is null, never 0. */
export type MicroUsd = number;

/** US dollars as on the wire → whole micro-dollars; null for anything that is not a finite number ≥ 0. */
export function toMicroUsd(usd: number | null | undefined): MicroUsd | null {
  return typeof usd === "number" && Number.isFinite(usd) && usd >= 0
    ? Math.round(usd * 1_000_000)
    : null;
}

/**
 * "$0.0019", "$1.00": four decimals below ten cents, otherwise two; never rounds a cost to nothing. Null is
 * "unknown".
 */
export function formatUsd(microUsd: MicroUsd | null): string {
  if (microUsd === null) return "unknown";
  const usd = microUsd / 1_000_000;
  if (microUsd === 0) return "$0.00";
  if (microUsd < 100) return "< $0.0001";
  return `$${usd.toFixed(microUsd < 100_000 ? 4 : 2)}`;
}

/** A sum of costs that counts what it could not add. */
export interface CostSum {
  microUsd: MicroUsd;
  known: number;
  unknown: number;
}

/** Adds up costs; unknown ones are counted beside the sum, never as 0. */
export function sumCosts(costs: Iterable<MicroUsd | null>): CostSum {
  const sum: CostSum = { microUsd: 0, known: 0, unknown: 0 };
  for (const cost of costs) {
    if (cost === null) sum.unknown += 1;
    else {
      sum.microUsd += cost;
      sum.known += 1;
    }
  }
  return sum;
}
