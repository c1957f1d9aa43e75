import type { Recipe } from "#src/domain/recipe.ts";
import { modelById } from "./find-models.ts";

/**
 * A recipe as it is asked: without the prompt if its model takes none. Settings keep the prompt's text in the meantime,
 * so that choosing another model brings it back.
 */
export function askedRecipe(recipe: Recipe): Recipe {
  const takesPrompt = modelById(recipe.modelId)?.takesPrompt ?? true;
  return { ...recipe, prompt: takesPrompt ? (recipe.prompt ?? "") : null };
}
