import { useEffect, useState } from "react";
import type { MicroUsd } from "#src/domain/money.ts";
import type { SeenPrice } from "#src/storage/storage.ts";
import { capNeed, estimateRun, type RunEstimate, type RunPrognosis } from "./estimate-run.ts";
import { useServices } from "./services.ts";
import { usePurse } from "./use-connection.ts";
import { useSheet } from "./use-sheet.ts";

/** What asking a model this many times is likely to cost and take, over the connection in use. */
export function useRunEstimate(modelId: string, count: number): RunEstimate {
  return useEstimator()(modelId, count);
}

/** The same for any number of models. */
export function useEstimator(): (modelId: string, count: number) => RunEstimate {
  return useReckoning(estimateRun);
}

/** What the cap must leave for that; null where no price is known. */
export function useCapNeed(): (modelId: string, count: number) => MicroUsd | null {
  return useReckoning(capNeed);
}

function useReckoning<Result>(
  reckon: (prognosis: RunPrognosis, seen: readonly SeenPrice[]) => Result,
): (modelId: string, count: number) => Result {
  const purse = usePurse();
  const mostInFlight = useSheet((state) => state.sheet.run.mostInFlight);
  const seen = useSeenPrices();
  return (modelId, count) => reckon({ modelId, count, purse, mostInFlight }, seen);
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
