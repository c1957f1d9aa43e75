import * as v from "valibot";

// What rows became in version 5 of the database, and in version 2 of the sheet's file. Never edited, and never reading
// today's types. A row that is not as rows were then stays as it is: it is damaged, and its reader says so.

const oldSheet = v.looseObject({ recipe: v.unknown() });
const oldTask = v.looseObject({
  askedBy: v.string(),
  recipe: v.looseObject({ prompt: v.nullable(v.string()) }),
});
const oldMark = v.looseObject({ value: v.looseObject({ kind: v.string() }) });
const markTime = v.object({ at: v.number() });

/** A sheet's recipe becomes that of its only field. */
export function sheetOfVersion5(row: unknown): unknown {
  if (!v.is(oldSheet, row) || "fields" in row) return row;
  const { recipe, ...sheet } = row;
  const field = { id: "caption", name: "Caption", kind: "sentence" };
  return { ...sheet, fields: [{ ...field, recipe, limit: null, language: null, checks: [] }] };
}

/** A task names its field, and what was sent: until then always the recipe's prompt. */
export function taskOfVersion5(row: unknown): unknown {
  if (!v.is(oldTask, row) || "fieldId" in row) return row;
  const fieldId = row.askedBy === "caption" ? "caption" : null;
  return { ...row, fieldId, promptSent: row.recipe.prompt };
}

/**
 * Words that the user wrote name their field, and every mark its place in the order of its sheet's
 * marks.
 */
export function markOfVersion5(row: unknown, seq: number): unknown {
  if (!v.is(oldMark, row) || "seq" in row) return row;
  const { value } = row;
  const isText = value.kind === "edit" || value.kind === "reference";
  return { ...row, seq, value: isText ? { ...value, fieldId: "caption" } : value };
}

/**
 * When a mark was made, in epoch milliseconds; a damaged one comes first. Marks are ordered by it, then by their ids.
 */
export function timeOfMark(row: unknown): number {
  return v.is(markTime, row) ? row.at : 0;
}
