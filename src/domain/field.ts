import type { Recipe } from "./recipe.ts";

export type FieldId = string;

/** The greatest length of a field's text; null for a field without a limit. */
export interface FieldLimit {
  most: number;
  unit: "characters" | "words";
}

/**
 * One text that every image of a sheet may have: what it is for, and how a model is asked for it.
 */
export interface Field {
  /** Unique on its sheet; tasks and marks name it. */
  id: FieldId;
  name: string;
  kind: "sentence" | "title" | "tags" | "free";
  recipe: Recipe;
  limit: FieldLimit | null;
  /** A BCP 47 tag; null leaves the language to the prompt. */
  language: string | null;
  /** The names of the checks that its texts go through. */
  checks: readonly string[];
}

/** A sheet's fields: always at least one. */
export type Fields = readonly [Field, ...Field[]];

/** The id of the field that every sheet begins with. */
export const CAPTION_FIELD: FieldId = "caption";

/** The field that every sheet begins with. */
export function newCaptionField(recipe: Recipe): Field {
  return {
    id: CAPTION_FIELD,
    name: "Caption",
    kind: "sentence",
    recipe,
    limit: null,
    language: null,
    checks: [],
  };
}

/** What Caption asks: the recipe of its field. */
export function captionRecipe({ fields }: { fields: Fields }): Recipe {
  return (fields.find(({ id }) => id === CAPTION_FIELD) ?? fields[0]).recipe;
}

/** The same fields, with this as the recipe that Caption asks. */
export function withCaptionRecipe(fields: Fields, recipe: Recipe): Fields {
  const asked = fields.some(({ id }) => id === CAPTION_FIELD) ? CAPTION_FIELD : fields[0].id;
  const [first, ...others] = fields;
  const changed = (field: Field): Field => (field.id === asked ? { ...field, recipe } : field);
  return [changed(first), ...others.map(changed)];
}
