import { modelById } from "#src/catalog/find-models.ts";
import { MODELS } from "#src/catalog/models.ts";
import type { Purse } from "#src/domain/connection.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { holdFor } from "./budget.ts";

/** What models cost, as far as the catalogue and this device know. */
export interface Prices {
  /** What a task of this model sets aside while it is in flight. */
  holdOf: (modelId: string, purse: Purse) => MicroUsd;
  learn: (seen: { modelId: string; purse: Purse; microUsd: MicroUsd }) => void;
}

// A model that nothing is known of is taken to be as dear as the dearest.
const DEAREST = Math.max(...MODELS.map(({ price }) => price.high));

export function createPrices(
  seen: readonly { modelId: string; purse: Purse; microUsd: MicroUsd }[],
): Prices {
  const dearest = new Map<string, MicroUsd>();
  const keyOf = (modelId: string, purse: Purse): string => `${purse} ${modelId}`;
  const learn: Prices["learn"] = ({ modelId, purse, microUsd }) => {
    const key = keyOf(modelId, purse);
    dearest.set(key, Math.max(dearest.get(key) ?? 0, microUsd));
  };
  for (const price of seen) learn(price);
  return {
    holdOf: (modelId, purse) =>
      holdFor([modelById(modelId)?.price.high ?? DEAREST, dearest.get(keyOf(modelId, purse)) ?? 0]),
    learn,
  };
}
