import type { Recipe } from "./recipe.ts";

export type FieldId = string;

/** What the length of a text is counted in; tokens are estimated. */
export type LengthUnit = "characters" | "words" | "tokens";

/** The greatest length of a field's text. */
export interface FieldLimit {
  most: number;
  unit: LengthUnit;
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
  /** The names of the checks that are switched off, and whether its texts should end in a full stop. */
  checks: readonly string[];
  /** Whether a run asks for it. One that is not asked for can still be written by hand. */
  isAsked: boolean;
}

/** As many fields as a sheet may have. */
export const MOST_FIELDS = 20;

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
    isAsked: true,
  };
}

/** The fields that a run asks for. */
export function askedFields({ fields }: { fields: Fields }): readonly Field[] {
  return fields.filter(({ isAsked }) => isAsked);
}

/** The same fields, one of them changed. */
export function withField(fields: Fields, changed: Field): Fields {
  const [first, ...others] = fields;
  const kept = (field: Field): Field => (field.id === changed.id ? changed : field);
  return [kept(first), ...others.map(kept)];
}

/** What Caption asks: the recipe of its field. */
export function captionRecipe({ fields }: { fields: Fields }): Recipe {
  return captionField(fields).recipe;
}

/** The same fields, with this as the recipe that Caption asks. */
export function withCaptionRecipe(fields: Fields, recipe: Recipe): Fields {
  return withField(fields, { ...captionField(fields), recipe });
}

function captionField(fields: Fields): Field {
  return fields.find(({ id }) => id === CAPTION_FIELD) ?? fields[0];
}
