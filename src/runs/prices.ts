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
  /** What a task of this model sets aside while it is in flight. */
  holdOf: (modelId: string, purse: Purse) => MicroUsd;
  /** The same, with what an answer can plausibly cost. */
  boundsOf: (modelId: string, purse: Purse) => PriceBounds;
  learn: (seen: PriceSeen) => void;
  /** Takes in what the device remembers, oldest first, of models that nothing was learned of yet. */
  recall: (seen: readonly PriceSeen[]) => void;
}

/**
 * An answer is believed to cost up to ten times the published price. Published prices are for usual pictures and prompts,
 * and a few times more was seen; a hundred times is a slip of the service, or of a unit. So a seen price counts up to
 * that bound: believed in full, one answer of nine thousand million dollars would hold more than any cap has, and no task
 * of its model would ever start again. A price that really rose further is met by the pause after each dearer answer.
 */
const PLAUSIBLE_TIMES = 10;
/** A price counts while it is among the latest that were seen, as many as storage keeps: a slip is forgotten in time. */
const PRICES_COUNTED = 50;
// A model that nothing is known of is taken to be as dear as the dearest.
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
