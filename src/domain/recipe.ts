/** The longest side a picture is sent at, in pixels; "auto" is the side the catalogue has for the model. */
export type SentSize = "auto" | 512 | 768 | 1024 | 1536 | 2048;

/** What an image is asked. `prompt` is null for a model that takes none, and "" if the user left it empty. */
export interface Recipe {
  /** AIR id, as in the catalogue. */
  modelId: string;
  prompt: string | null;
  sentSize: SentSize;
}

/**
 * Equal for recipes that ask the same, and only for those. It holds the prompt's text: never put it in a URL or a log.
 */
export function recipeKey(recipe: Recipe): string {
  return JSON.stringify([recipe.modelId, recipe.prompt, recipe.sentSize]);
}

/** The prompt that answers are reused by: an empty one is sent as none, and kept apart from a model's that takes none. */
export function reusedPrompt({ prompt }: Recipe, promptSent: string | null): string | null {
  return promptSent ?? (prompt === null ? null : "");
}
