import { modelById } from "#src/catalog/find-models.ts";
import { MODELS } from "#src/catalog/models.ts";
import type { Purse } from "#src/domain/connection.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { holdFor, type PriceBounds } from "./budget.ts";

export interface PriceSeen {
  modelId: string;
  purse: Purse;
  microUsd: MicroUsd;
}

/** What models cost, as far as the catalogue and this device know. Shared by all sheets of a tab. */
export interface Prices {
  /** What a task of this model holds while it is in flight. */
  holdOf: (modelId: string, purse: Purse) => MicroUsd;
  /** The same, with what an answer can plausibly cost. */
  boundsOf: (modelId: string, purse: Purse) => PriceBounds;
  learn: (seen: PriceSeen) => void;
  /**
   * Takes in what the device remembers, oldest first, for models about which nothing has been
   * learned yet.
   */
  recall: (seen: readonly PriceSeen[]) => void;
}

/**
 * An answer is believed to cost up to ten times the published price. Published prices are for usual pictures and
 * prompts, and a few times more has been seen. A hundred times is a mistake by the service, or a wrong unit. So a seen
 * price counts up to that bound. If it were believed in full, one answer of nine thousand million dollars would hold
 * more than any cap allows, and no task of its model would ever start again. A price that really rises further leads to
 * a pause after each dearer answer.
 */
const PLAUSIBLE_TIMES = 10;
/**
 * A price counts while it is among the latest that were seen, as many as storage keeps, so a mistake is forgotten in
 * time.
 */
const PRICES_COUNTED = 50;
// A model about which nothing is known is taken to be as dear as the dearest.
const DEAREST = Math.max(...MODELS.map(({ price }) => price.high));

export function createPrices(seen: readonly PriceSeen[]): Prices {
  const latest = new Map<string, MicroUsd[]>();
  const keyOf = (modelId: string, purse: Purse): string => `${purse} ${modelId}`;
  const learn: Prices["learn"] = ({ modelId, purse, microUsd }) => {
    const key = keyOf(modelId, purse);
    latest.set(key, [...(latest.get(key) ?? []), microUsd].slice(-PRICES_COUNTED));
  };
  const recall: Prices["recall"] = (remembered) => {
    const known = new Set(latest.keys());
    for (const price of remembered) if (!known.has(keyOf(price.modelId, price.purse))) learn(price);
  };
  const boundsOf: Prices["boundsOf"] = (modelId, purse) => {
    const published = modelById(modelId)?.price.high ?? DEAREST;
    const plausible = published * PLAUSIBLE_TIMES;
    const counted = (latest.get(keyOf(modelId, purse)) ?? []).map((microUsd) =>
      Math.min(microUsd, plausible),
    );
    const holdMicroUsd = holdFor([published, ...counted]);
    return { holdMicroUsd, worstMicroUsd: Math.max(holdMicroUsd, plausible) };
  };
  recall(seen);
  return {
    holdOf: (modelId, purse) => boundsOf(modelId, purse).holdMicroUsd,
    boundsOf,
    learn,
    recall,
  };
}
