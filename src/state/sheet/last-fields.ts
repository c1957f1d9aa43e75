import * as v from "valibot";
import { modelById } from "#src/catalog/find-models.ts";
import type { Fields } from "#src/domain/field.ts";
import { fieldsSchema } from "#src/storage/row-schemas.ts";

/** Fields as they were asked for last; null if they can't be read, or name a model that nobody here knows. */
export function parseLastFields(stored: unknown): Fields | null {
  const fields = v.safeParse(fieldsSchema, stored);
  if (!fields.success) return null;
  return fields.output.every(({ recipe }) => modelById(recipe.modelId) !== null)
    ? fields.output
    : null;
}
