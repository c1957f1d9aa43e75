import * as v from "valibot";
import type { Field, Fields } from "#src/domain/field.ts";
import type { PartSource, SheetImage } from "#src/domain/image.ts";
import type { Contest, Mark } from "#src/domain/mark.ts";
import type { EncodedPicture, PictureFacts } from "#src/domain/picture.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import { ageRangeSchema, microUsdSchema } from "./answer-schema.ts";
import { failureSchema } from "./failure-schema.ts";
import { recipeSchema } from "./task-schema.ts";

const momentOrNull = v.nullable(v.number());
const shares = v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const fieldSchema = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["sentence", "title", "tags", "free"]),
  recipe: recipeSchema,
  limit: v.nullable(v.object({ most: count, unit: v.picklist(["characters", "words"]) })),
  language: v.nullable(v.string()),
  checks: v.array(v.string()),
}) satisfies v.GenericSchema<unknown, Field>;

export const sheetSchema = v.object({
  id: v.string(),
  name: v.string(),
  keeping: v.picklist(["disk", "memory"]),
  fields: v.tupleWithRest([fieldSchema], fieldSchema) satisfies v.GenericSchema<unknown, Fields>,
  run: v.object({
    mostInFlight: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
    delivery: v.picklist(["sync", "async"]),
    capMicroUsd: v.nullable(microUsdSchema),
  }),
  copySide: v.picklist([1536, 2048]),
  // Older rows had none; for a damaged one it is not known what the user said.
  filePictures: v.optional(v.fallback(v.picklist(["none", "held", "shown"]), "held"), "none"),
  compare: v.unknown(),
  ageCheck: v.unknown(),
  createdAt: v.number(),
  editedAt: v.number(),
  deletedAt: momentOrNull,
}) satisfies v.GenericSchema<unknown, Sheet>;

// What a newer app wrote into a row is kept, and written back.
export const imageSchema = v.looseObject({
  id: v.string(),
  sheetId: v.string(),
  frame: v.pipe(v.number(), v.integer(), v.minValue(1)),
  source: v.variant("kind", [
    v.object({ kind: v.literal("file"), fileName: v.string(), folder: v.string() }),
    v.object({ kind: v.literal("clipboard"), fileName: v.string() }),
    v.object({ kind: v.literal("sample"), fileName: v.string() }),
    v.object({
      kind: v.literal("url"),
      url: v.string(),
      title: v.nullable(v.string()),
      fromSheetFile: v.exactOptional(v.literal(true)),
    }),
    v.object({ kind: v.literal("runware"), imageUuid: v.string() }),
    v.object({ kind: v.literal("hash"), fileName: v.nullable(v.string()) }),
    v.object({
      kind: v.literal("part"),
      of: v.string(),
      box: v.custom<PartSource["box"]>((value) => v.is(shares, value) && value.length === 4),
      by: v.picklist(["person", "detector", "split"]),
    }),
  ]),
  preparation: v.variant("phase", [
    v.object({ phase: v.literal("queued") }),
    v.object({ phase: v.literal("preparing") }),
    v.object({ phase: v.literal("ready"), pictureHash: v.string() }),
    v.object({ phase: v.literal("remote") }),
    v.object({ phase: v.literal("unseen"), pictureHash: v.string() }),
    v.object({ phase: v.literal("rejected"), failure: failureSchema }),
  ]),
  addedAt: v.number(),
  deletedAt: momentOrNull,
}) satisfies v.GenericSchema<unknown, SheetImage>;

const judgementSchema = v.variant("kind", [
  v.object({ kind: v.literal("age"), years: v.number() }),
  v.object({ kind: v.literal("range"), range: ageRangeSchema, label: v.string() }),
  v.object({ kind: v.literal("wrong") }),
  v.object({ kind: v.literal("no-face") }),
  v.object({ kind: v.literal("several-faces") }),
  v.object({ kind: v.literal("unusable") }),
  v.object({ kind: v.literal("unsure") }),
]);

const contest = v.exactOptional(
  v.object({
    columns: v.array(v.object({ columnId: v.string(), recipe: recipeSchema })),
    blind: v.boolean(),
  }) satisfies v.GenericSchema<unknown, Contest>,
);

export const markSchema = v.looseObject({
  id: v.string(),
  sheetId: v.string(),
  seq: count,
  imageId: v.string(),
  value: v.variant("kind", [
    v.object({ kind: v.literal("edit"), fieldId: v.string(), text: v.string() }),
    v.object({ kind: v.literal("reference"), fieldId: v.string(), text: v.string() }),
    v.object({ kind: v.literal("pick"), taskUuid: v.string(), contest }),
    v.object({ kind: v.literal("tie"), contest }),
    v.object({ kind: v.literal("all-bad"), contest }),
    v.object({ kind: v.literal("void"), why: v.picklist(["revealed", "redone"]) }),
    v.object({
      kind: v.literal("judgement"),
      judgement: judgementSchema,
      blind: v.boolean(),
      from: v.picklist(["person", "file", "file-name"]),
    }),
    v.object({ kind: v.literal("flag") }),
  ]),
  shown: v.array(v.string()),
  note: v.nullable(v.string()),
  by: v.nullable(v.string()),
  at: v.number(),
  secondsTaken: v.nullable(v.number()),
  sample: v.nullable(v.picklist(["random", "hunted"])),
  replaces: v.nullable(v.string()),
  deletedAt: momentOrNull,
}) satisfies v.GenericSchema<unknown, Mark>;

export const factsSchema = v.object({
  hash: v.string(),
  format: v.picklist(["jpeg", "png", "webp", "gif", "avif", "bmp", "ico", "svg", "heic", "tiff"]),
  bytes: count,
  width: count,
  height: count,
  orientation: count,
  capturedAt: v.nullable(v.string()),
  camera: v.nullable(v.string()),
  hasLocation: v.boolean(),
  removed: v.array(
    v.picklist(["location", "camera", "capture-date", "thumbnail", "other-metadata"]),
  ),
  notes: v.array(
    v.picklist(["first-frame-only", "truncated", "colours-converted", "alpha-on-white"]),
  ),
}) satisfies v.GenericSchema<unknown, PictureFacts>;

export const encodedSchema = v.object({
  bytes: v.instance(ArrayBuffer),
  mime: v.literal("image/jpeg"),
  width: count,
  height: count,
}) satisfies v.GenericSchema<unknown, EncodedPicture>;
