import { modelById } from "#src/catalog/find-models.ts";
import type { Purse } from "#src/domain/connection.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { createPrices } from "#src/runs/prices.ts";
import type { SeenPrice } from "#src/storage/storage.ts";

/** What a run is likely to cost and take. */
export interface RunEstimate {
  /** Null where no price is known. */
  microUsd: MicroUsd | null;
  /** Null where nothing is known of the speed. */
  seconds: number | null;
}

/** How many of what, paid from which purse, how fast. */
export interface RunPrognosis {
  modelId: string;
  count: number;
  purse: Purse;
  mostInFlight: number;
}

// One or two answers may both be odd ones out.
const ENOUGH_SEEN = 3;

/**
 * Price: the mean of what this device has paid for the model from the same purse or, before that, the middle of the
 * published range. Time: the median from sending to answer, as many at once as the sheet allows.
 */
export function estimateRun(
  { modelId, count, purse, mostInFlight }: RunPrognosis,
  seen: readonly SeenPrice[],
): RunEstimate {
  const alike = seen.filter((one) => one.modelId === modelId && one.purse === purse);
  const each = likelyPrice(modelId, alike);
  const medianMs = median(alike.flatMap((one) => one.milliseconds ?? []));
  const rounds = count / Math.max(1, Math.min(mostInFlight, count));
  return {
    microUsd: each === null ? null : Math.round(each * count),
    seconds: medianMs === null ? null : (rounds * medianMs) / 1000,
  };
}

/**
 * What the cap must leave for a run to come to its end: the likely price of what is answered by then, and what the
 * tasks that are in flight at the end hold. Null where no price is known.
 */
export function capNeed(
  { modelId, count, purse, mostInFlight }: RunPrognosis,
  seen: readonly SeenPrice[],
): MicroUsd | null {
  const alike = seen.filter((one) => one.modelId === modelId && one.purse === purse);
  const each = likelyPrice(modelId, alike);
  if (each === null) return null;
  const lastInFlight = Math.min(mostInFlight, count);
  const hold = createPrices(alike).holdOf(modelId, purse);
  return Math.ceil(each * (count - lastInFlight) + hold * lastInFlight);
}

function likelyPrice(modelId: string, alike: readonly SeenPrice[]): number | null {
  return meanPrice(alike) ?? publishedPrice(modelId);
}

function meanPrice(seen: readonly SeenPrice[]): number | null {
  if (seen.length < ENOUGH_SEEN) return null;
  return seen.reduce((sum, one) => sum + one.microUsd, 0) / seen.length;
}

function publishedPrice(modelId: string): number | null {
  const price = modelById(modelId)?.price;
  return price === undefined ? null : (price.low + price.high) / 2;
}

function median(numbers: readonly number[]): number | null {
  if (numbers.length < ENOUGH_SEEN) return null;
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
