import { DEFAULT_MODEL_ID } from "#src/domain/defaults.ts";
import type { Field, Fields } from "#src/domain/field.ts";
import { type AgeGroups, type Model, MODELS } from "./models.ts";
import type { Recipe } from "#src/domain/recipe.ts";

/** The model a new sheet starts with. */
export const DEFAULT_MODEL: Model = MODELS.find(({ id }) => id === DEFAULT_MODEL_ID) ?? MODELS[0];

/** Models that answer with text, and with an age group, each in the picker's order. */
export const TEXT_MODELS: readonly Model[] = MODELS.filter((model) => model.answers === "text");
export const AGE_MODELS: readonly Model[] = MODELS.filter((model) => model.answers === "age");

/** The age divisions that these models answer in, each once, in the picker's order. */
export const AGE_GROUPS: readonly AgeGroups[] = [
  ...new Map(
    AGE_MODELS.flatMap(({ ageGroups }) => (ageGroups === null ? [] : [[ageGroups.key, ageGroups]])),
  ).values(),
];

const BY_ID: ReadonlyMap<string, Model> = new Map(MODELS.map((model) => [model.id, model]));

/** The catalogue's entry; null for an unknown model, which an old sheet or a shared link may name. */
export function modelById(id: string): Model | null {
  return BY_ID.get(id) ?? null;
}

/** What a model answers with: text, for one that the catalogue does not know. */
export function answersOfModel(modelId: string): Model["answers"] {
  return modelById(modelId)?.answers ?? "text";
}

/**
 * A recipe as it is asked: without the prompt if its model takes none. Settings keep the prompt's text in the meantime,
 * so that choosing another model brings it back.
 */
export function askedRecipe(recipe: Recipe): Recipe {
  const { prompt: use } = modelById(recipe.modelId) ?? { prompt: "followed" };
  const given = recipe.prompt ?? "";
  // For a model that needs none, no prompt and an empty one are the same question.
  const isNone = use === "none" || (use === "optional" && given === "");
  return { ...recipe, prompt: isNone ? null : given };
}

/** Fields with their recipes as they are asked. */
export function askedRecipes(fields: Fields): Fields {
  const asked = (field: Field): Field => ({ ...field, recipe: askedRecipe(field.recipe) });
  const [first, ...others] = fields;
  return [asked(first), ...others.map(asked)];
}

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
