import { DEFAULT_MODEL_ID } from "#src/domain/defaults.ts";
import { MODELS, type AgeGroups, type Model } from "./models.ts";

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
