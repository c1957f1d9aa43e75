import { wilsonRate } from "./wilson-interval.ts";

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
