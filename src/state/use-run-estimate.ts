import { useEffect, useState } from "react";
import type { MicroUsd } from "#src/domain/money.ts";
import type { SeenPrice } from "#src/storage/storage.ts";
import {
  capNeed,
  estimateRun,
  type AskedModels,
  type RunEstimate,
  type RunTerms,
} from "./estimate-run.ts";
import { useServices } from "./services.ts";
import { usePurse } from "./use-connection.ts";
import { useSheet } from "./sheet/use-sheet.ts";

/** What asking these models is likely to cost and take, over the connection in use. */
export function useRunEstimate(asked: AskedModels): RunEstimate {
  return useReckoning(estimateRun)(asked);
}

/** Tells what the cap must leave for asking; null where no price is known. */
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
