import type { Recipe } from "#src/domain/recipe.ts";
import { modelById } from "./find-models.ts";

// For a model the catalogue does not know: enough for most, and small enough to send.
const UNKNOWN_MODEL_SIDE = 1024;

/**
 * The longest side, in pixels, that a recipe's pictures are sent at; "auto" means the most its model can
 * use.
 */
export function sentSideOf(recipe: Recipe): number {
  if (recipe.sentSize !== "auto") return recipe.sentSize;
  return modelById(recipe.modelId)?.side.pixels ?? UNKNOWN_MODEL_SIDE;
}
