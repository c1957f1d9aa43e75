import { modelById } from "#src/catalog/find-models.ts";
import type { RunEstimate } from "#src/sheet/run-estimate.ts";
import { useSheet } from "#src/state/use-sheet.ts";

/** What asking this many images with the current recipe is likely to cost and take. */
export function useEstimate(count: number): RunEstimate {
  const modelId = useSheet((state) => state.sheet.recipe.modelId);
  const price = modelById(modelId)?.price ?? null;
  return {
    microUsd: price === null ? null : Math.round((count * (price.low + price.high)) / 2),
    seconds: null,
  };
}
