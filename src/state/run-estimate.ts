import { useEffect, useState } from "react";
import type { MicroUsd } from "#src/domain/money.ts";
import type { SeenPrice } from "#src/storage/storage.ts";
import { modelById } from "#src/catalog/find-models.ts";
import type { Purse } from "#src/domain/connection.ts";
import { createPrices } from "#src/runs/budget.ts";
import { usePurse, useServices } from "./services.ts";
import { useSheet } from "./sheet/use-sheet.ts";

/** What asking these models is likely to cost and take, over the connection in use. */
export function useRunEstimate(asked: AskedModels): RunEstimate {
  return useReckoning(estimateRun)(asked);
}

/** Returns what the cap must leave for asking; null if no price is known. */
export function useCapNeed(): (asked: AskedModels) => MicroUsd | null {
  return useReckoning(capNeed);
}

function useReckoning<Result>(
  reckon: (asked: AskedModels, terms: RunTerms, seen: readonly SeenPrice[]) => Result,
): (asked: AskedModels) => Result {
  const purse = usePurse();
  const mostInFlight = useSheet((state) => state.sheet.run.mostInFlight);
  const seen = useSeenPrices();
  return (asked) => reckon(asked, { purse, mostInFlight }, seen);
}

/** Prices are read again when a run has ended: then there are new ones. */
function useSeenPrices(): readonly SeenPrice[] {
  const keeping = useSheet((state) => state.sheet.keeping);
  const isIdle = useSheet((state) => state.run.phase === "idle");
  const storage = useServices().sheets.storages[keeping];
  const [seen, setSeen] = useState<readonly SeenPrice[]>([]);
  useEffect(() => {
    let left = false;
    if (!isIdle) return undefined;
    // Without them the published prices are used.
    storage.readSeenPrices().then(
      (prices) => {
        if (!left) setSeen(prices);
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [storage, isIdle]);
  return seen;
}

/** What a run is likely to cost and take. */
export interface RunEstimate {
  /** Null if no price is known. */
  microUsd: MicroUsd | null;
  /** Null if nothing is known about the speed. */
  seconds: number | null;
}

/** How often each model is asked, by its id. */
export type AskedModels = ReadonlyMap<string, number>;

/** The purse it is paid from, and how many tasks are in flight at most. */
interface RunTerms {
  purse: Purse;
  mostInFlight: number;
}

// One or two answers may both be odd ones out.
const ENOUGH_SEEN = 3;

/**
 * Price: the mean of what this device has paid for each model from the same purse or, before that, the middle of the
 * published range. Time: the median from sending to answer, with as many at once as the sheet allows. A sum is unknown
 * if one of its parts is.
 */
export function estimateRun(
  asked: AskedModels,
  terms: RunTerms,
  seen: readonly SeenPrice[],
): RunEstimate {
  const parts = partsOf(asked, terms, seen);
  const microUsd = likelyPrice(parts);
  const busyMs = sumOf(
    parts.map(({ count, alike }) => {
      const each = median(alike.flatMap((one) => one.milliseconds ?? []));
      return each === null ? null : each * count;
    }),
  );
  const atOnce = Math.max(1, Math.min(terms.mostInFlight, countOf(parts)));
  return {
    microUsd: microUsd === null ? null : Math.round(microUsd),
    seconds: busyMs === null ? null : busyMs / atOnce / 1000,
  };
}

/**
 * What the cap must leave for a run to come to its end: the likely price of what is answered by then, and what the
 * tasks that are in flight at the end hold, the dearest of them. Null if no price is known.
 */
export function capNeed(
  asked: AskedModels,
  terms: RunTerms,
  seen: readonly SeenPrice[],
): MicroUsd | null {
  const parts = partsOf(asked, terms, seen);
  const likely = likelyPrice(parts);
  if (likely === null) return null;
  const extras = parts
    .map(({ modelId, count, price, alike }) => ({
      count,
      extra: createPrices(alike).holdOf(modelId, terms.purse) - (price ?? 0),
    }))
    .toSorted((a, b) => b.extra - a.extra);
  let need = likely;
  let lastInFlight = terms.mostInFlight;
  for (const { count, extra } of extras) {
    const held = Math.min(count, lastInFlight);
    need += held * extra;
    lastInFlight -= held;
  }
  return Math.ceil(need);
}

interface Part {
  modelId: string;
  count: number;
  /** What this device has seen from the model, paid from the same purse. */
  alike: readonly SeenPrice[];
  /** Null if it is not known. */
  price: number | null;
}

function partsOf(asked: AskedModels, { purse }: RunTerms, seen: readonly SeenPrice[]): Part[] {
  return [...asked]
    .filter(([, count]) => count > 0)
    .map(([modelId, count]) => {
      const alike = seen.filter((one) => one.modelId === modelId && one.purse === purse);
      return { modelId, count, alike, price: meanPrice(alike) ?? publishedPrice(modelId) };
    });
}

function likelyPrice(parts: readonly Part[]): number | null {
  return sumOf(parts.map(({ count, price }) => (price === null ? null : price * count)));
}

function countOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { count }) => sum + count, 0);
}

function sumOf(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
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
