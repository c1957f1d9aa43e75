import * as v from "valibot";
import {
  DEFAULT_COPY_SIDE,
  DEFAULT_MODEL_ID,
  DEFAULT_RUN,
  DEFAULT_SENT_SIZE,
} from "#src/domain/defaults.ts";
import { newCaptionField } from "#src/domain/field.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import { NO_CONTEXT, type Sheet } from "#src/domain/sheet.ts";
import { fieldSchema, imageSchema, markSchema, recipeSchema, sheetSchema } from "./row-schemas.ts";

// One wrong field must not hide a row: if something harmless can replace it, that does. Tasks have no such schema:
// what they cost, hold and belong to is never guessed.

const sheet = sheetSchema.entries;
const field = fieldSchema.entries;
const run = sheet.run.entries;
const recipe = recipeSchema.entries;
const NO_RECIPE = {
  modelId: DEFAULT_MODEL_ID,
  prompt: null,
  sentSize: DEFAULT_SENT_SIZE,
} as const;
// A cap that cannot be read may have been any amount: until the user sets one, nothing is spent.
const NO_RUN = { ...DEFAULT_RUN, capMicroUsd: 0 };

// Its id is all that a field needs: tasks and marks name it.
const mendedField = v.object({
  id: field.id,
  name: v.fallback(field.name, "Field with a damaged name"),
  kind: v.fallback(field.kind, "free"),
  recipe: v.fallback(
    v.object({
      modelId: v.fallback(recipe.modelId, NO_RECIPE.modelId),
      prompt: v.fallback(recipe.prompt, NO_RECIPE.prompt),
      sentSize: v.fallback(recipe.sentSize, NO_RECIPE.sentSize),
    }),
    NO_RECIPE,
  ),
  limit: v.fallback(field.limit, null),
  language: v.fallback(field.language, null),
  checks: v.fallback(field.checks, []),
  // Nothing is asked, and paid for, on the word of a damaged row.
  isAsked: v.fallback(field.isAsked, false),
});

/** A sheet, with defaults for what cannot be read. Its id is all that it needs. */
export const mendedSheetSchema = v.object({
  id: sheet.id,
  name: v.fallback(sheet.name, "Sheet with a damaged name"),
  keeping: v.fallback(sheet.keeping, "disk"),
  fields: v.fallback(v.tupleWithRest([mendedField], mendedField), [newCaptionField(NO_RECIPE)]),
  run: v.fallback(
    v.object({
      mostInFlight: v.fallback(run.mostInFlight, NO_RUN.mostInFlight),
      delivery: v.fallback(run.delivery, NO_RUN.delivery),
      capMicroUsd: v.fallback(run.capMicroUsd, NO_RUN.capMicroUsd),
    }),
    NO_RUN,
  ),
  copySide: v.fallback(sheet.copySide, DEFAULT_COPY_SIDE),
  background: sheet.background,
  filePictures: sheet.filePictures,
  context: v.fallback(sheet.context, NO_CONTEXT),
  caption: v.fallback(sheet.caption, null),
  compare: v.fallback(sheet.compare, null),
  ageCheck: v.fallback(sheet.ageCheck, null),
  createdAt: v.fallback(sheet.createdAt, 0),
  editedAt: v.fallback(sheet.editedAt, 0),
  // Rather one too many on screen than one lost.
  deletedAt: v.fallback(sheet.deletedAt, null),
}) satisfies v.GenericSchema<unknown, Sheet>;

/** An image that is known by its source and picture, whatever else of it is damaged. */
export const mendedImageSchema = v.looseObject({
  ...imageSchema.entries,
  addedAt: v.fallback(imageSchema.entries.addedAt, 0),
  deletedAt: v.fallback(imageSchema.entries.deletedAt, null),
}) satisfies v.GenericSchema<unknown, SheetImage>;

/** A mark without what was written beside it, if that is damaged. */
export const mendedMarkSchema = v.looseObject({
  ...markSchema.entries,
  // Its place among the others is lost, but what it says is not.
  seq: v.fallback(markSchema.entries.seq, 0),
  note: v.fallback(markSchema.entries.note, null),
  by: v.fallback(markSchema.entries.by, null),
  secondsTaken: v.fallback(markSchema.entries.secondsTaken, null),
}) satisfies v.GenericSchema<unknown, Mark>;
