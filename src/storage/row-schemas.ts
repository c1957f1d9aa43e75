import * as v from "valibot";
import type { AgeRange, Answer } from "#src/domain/answer.ts";
import type { Failure } from "#src/domain/failure.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import type { RunNote, Task, TaskState } from "#src/domain/task.ts";
import type { Field, Fields } from "#src/domain/field.ts";
import type { PartSource, SheetImage } from "#src/domain/image.ts";
import type { Contest, Mark } from "#src/domain/mark.ts";
import type { Mount } from "#src/domain/mount.ts";
import { PICTURE_FORMATS, PICTURE_NOTES, type PictureFacts } from "#src/domain/picture.ts";
import type { SavedPrompt } from "#src/domain/saved-prompt.ts";
import { NO_CONTEXT, type Sheet } from "#src/domain/sheet.ts";

/** Whole years, bounds inclusive; an open end is null. */
const ageRangeSchema = v.object({
  low: v.number(),
  high: v.nullable(v.number()),
}) satisfies v.GenericSchema<unknown, AgeRange>;

export const answerSchema = v.variant("kind", [
  v.object({ kind: v.literal("caption"), text: v.string() }),
  v.object({
    kind: v.literal("age"),
    verdict: v.object({
      label: v.string(),
      range: v.nullable(ageRangeSchema),
      confidence: v.nullable(v.number()),
    }),
  }),
]) satisfies v.GenericSchema<unknown, Answer>;

const answerSourceSchema = v.picklist(["service", "sandbox", "recorded", "reused", "device"]);
export const purseSchema = v.picklist(["sandbox", "runware", "device"]);

/** Whole micro-dollars. */
export const microUsdSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

const code = v.nullable(v.string());
const waitMs = v.nullable(v.number());
const saidBy = v.exactOptional(v.picklist(["service", "proxy-before", "proxy-after", "page"]));

/** A stored failure. Kept beside the union it mirrors: a test fails to compile if the two differ. */
export const failureSchema = v.variant("kind", [
  v.object({ kind: v.literal("auth"), code, saidBy }),
  v.object({ kind: v.literal("quota"), code, saidBy }),
  v.object({
    kind: v.literal("rate-limited"),
    retryAfterMs: waitMs,
    code: v.exactOptional(v.string()),
    saidBy,
  }),
  v.object({
    kind: v.literal("service-trouble"),
    status: v.number(),
    code,
    retryAfterMs: waitMs,
    saidBy,
  }),
  v.object({ kind: v.literal("timed-out"), by: v.picklist(["service", "deadline"]), saidBy }),
  v.object({ kind: v.literal("offline"), saidBy }),
  v.object({ kind: v.literal("unreachable"), via: v.picklist(["direct", "proxy"]), saidBy }),
  v.object({ kind: v.literal("refused"), code: v.string(), message: v.string(), saidBy }),
  v.object({
    kind: v.literal("rejected"),
    code: v.string(),
    message: v.string(),
    parameter: v.nullable(v.string()),
    saidBy,
  }),
  v.object({ kind: v.literal("not-found"), code: v.string(), message: v.string(), saidBy }),
  v.object({ kind: v.literal("conflict"), saidBy }),
  v.object({
    kind: v.literal("bad-response"),
    status: v.number(),
    detail: v.picklist(["empty", "html", "broken-json", "unexpected-shape"]),
    saidBy,
  }),
  v.object({ kind: v.literal("empty-file") }),
  v.object({
    kind: v.literal("unreadable-file"),
    what: v.picklist(["file", "folder"]),
    reason: v.picklist(["gone", "barred"]),
  }),
  v.object({ kind: v.literal("not-an-image") }),
  v.object({ kind: v.literal("canvas-noise") }),
  v.object({ kind: v.literal("decoder-missing") }),
  v.object({ kind: v.literal("unsupported-format"), format: v.string() }),
  v.object({
    kind: v.literal("unreadable-image"),
    reason: v.picklist(["damaged", "truncated", "undecodable"]),
  }),
  v.object({
    kind: v.literal("too-large"),
    what: v.picklist(["bytes", "pixels", "side"]),
    found: v.number(),
    limit: v.number(),
  }),
  v.object({
    kind: v.literal("sheet-file"),
    reason: v.picklist(["foreign", "newer", "damaged", "too-large", "unreadable", "unwritable"]),
  }),
  v.object({ kind: v.literal("picture-missing") }),
  v.object({ kind: v.literal("storage-full") }),
  v.object({ kind: v.literal("storage-broken") }),
  v.object({ kind: v.literal("storage-blocked") }),
  v.object({ kind: v.literal("storage-newer") }),
  v.object({ kind: v.literal("storage-closed") }),
  v.object({ kind: v.literal("cancelled") }),
  v.object({ kind: v.literal("no-key") }),
  v.object({ kind: v.literal("internal"), detail: v.string() }),
]) satisfies v.GenericSchema<unknown, Failure>;

const attempt = v.pipe(v.number(), v.integer(), v.minValue(1));
const moment = v.number();
const momentOrNull = v.nullable(moment);
const costMicroUsd = v.nullable(microUsdSchema);

export const recipeSchema = v.object({
  modelId: v.string(),
  prompt: v.nullable(v.string()),
  sentSize: v.picklist(["auto", 512, 768, 1024, 1536, 2048]),
}) satisfies v.GenericSchema<unknown, Recipe>;

export const taskStateSchema = v.variant("phase", [
  v.object({ phase: v.literal("waiting") }),
  v.object({ phase: v.literal("preparing") }),
  v.object({ phase: v.literal("sending"), attempt }),
  v.object({ phase: v.literal("resting"), attempt, until: moment, failure: failureSchema }),
  v.object({ phase: v.literal("polling"), attempt }),
  v.object({
    phase: v.literal("done"),
    answer: answerSchema,
    source: answerSourceSchema,
    costMicroUsd,
  }),
  v.object({ phase: v.literal("empty"), source: answerSourceSchema, costMicroUsd }),
  v.object({ phase: v.literal("refused"), failure: failureSchema }),
  v.object({ phase: v.literal("failed"), failure: failureSchema }),
  v.object({ phase: v.literal("cancelled") }),
  v.object({ phase: v.literal("unsettled"), failure: failureSchema }),
]) satisfies v.GenericSchema<unknown, TaskState>;

// Written out here: the lists of the domain would be two more files to load before there is a sheet.
const ROLES = ["informative", "decorative", "functional", "complex"] as const;
const BACKGROUNDS = ["white", "grey", "dark", "checker"] as const;

export const mountSchema = v.nullable(
  v.object({
    background: v.nullable(v.picklist(BACKGROUNDS)),
    fit: v.nullable(v.object({ leastSide: v.number(), longestRatio: v.number() })),
  }),
) satisfies v.GenericSchema<unknown, Mount | null>;

// What a newer app wrote into a row is kept, and written back. The index of open tasks is up to the store.
export const taskSchema = v.pipe(
  v.looseObject({
    taskUuid: v.string(),
    sheetId: v.string(),
    imageId: v.string(),
    runId: v.string(),
    askedBy: v.picklist(["caption", "compare", "age-check"]),
    fieldId: v.nullable(v.string()),
    recipe: recipeSchema,
    promptSent: v.nullable(v.string()),
    // Older rows were asked before fields had a language.
    language: v.optional(v.nullable(v.string()), null),
    repeat: v.pipe(v.number(), v.integer(), v.minValue(1)),
    // Older rows were sent as their copies were.
    mount: v.optional(mountSchema, null),
    purse: purseSchema,
    state: taskStateSchema,
    times: v.object({
      createdAt: moment,
      preparingAt: momentOrNull,
      firstSentAt: momentOrNull,
      sentAt: momentOrNull,
      endedAt: momentOrNull,
      serviceMs: v.nullable(v.number()),
    }),
    sent: v.nullable(
      v.object({
        width: v.nullable(v.number()),
        height: v.nullable(v.number()),
        bytes: v.number(),
      }),
    ),
    holdMicroUsd: microUsdSchema,
    deletedAt: momentOrNull,
  }),
  v.transform(({ open: _isOpen, ...task }): Task => task),
) satisfies v.GenericSchema<unknown, Task>;

export const runNoteSchema = v.object({
  sheetId: v.string(),
  runId: v.string(),
  paused: v.boolean(),
}) satisfies v.GenericSchema<unknown, RunNote>;

const shares = v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const fieldSchema = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["sentence", "title", "tags", "free"]),
  recipe: recipeSchema,
  limit: v.nullable(v.object({ most: count, unit: v.picklist(["characters", "words", "tokens"]) })),
  language: v.nullable(v.string()),
  checks: v.array(v.string()),
  isAsked: v.optional(v.boolean(), true),
}) satisfies v.GenericSchema<unknown, Field>;

export const fieldsSchema = v.tupleWithRest([fieldSchema], fieldSchema) satisfies v.GenericSchema<
  unknown,
  Fields
>;

export const savedPromptSchema = v.object({
  id: v.string(),
  name: v.string(),
  text: v.string(),
  kind: fieldSchema.entries.kind,
  limit: v.fallback(fieldSchema.entries.limit, null),
  note: v.fallback(v.string(), ""),
  place: v.fallback(v.number(), 0),
  changedAt: v.fallback(v.number(), 0),
  isUnsaved: v.fallback(v.boolean(), false),
}) satisfies v.GenericSchema<unknown, SavedPrompt>;

export const sheetSchema = v.object({
  id: v.string(),
  name: v.string(),
  keeping: v.picklist(["disk", "memory"]),
  fields: fieldsSchema,
  run: v.object({
    mostInFlight: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
    delivery: v.picklist(["sync", "async"]),
    capMicroUsd: v.nullable(microUsdSchema),
  }),
  copySide: v.picklist([1536, 2048]),
  background: v.fallback(v.picklist(["auto", ...BACKGROUNDS]), "auto"),
  // Older rows had none; for a damaged one it is not known what the user said.
  filePictures: v.optional(v.fallback(v.picklist(["none", "held", "shown"]), "held"), "none"),
  context: v.optional(
    v.object({ sheet: v.string(), folders: v.record(v.string(), v.string()) }),
    NO_CONTEXT,
  ),
  caption: v.optional(v.unknown(), null),
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
      fileName: v.string(),
      folder: v.string(),
      number: count,
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
    v.object({
      kind: v.literal("existing"),
      fieldId: v.string(),
      text: v.string(),
      from: v.object({ kind: v.picklist(["sidecar", "table", "picture"]), name: v.string() }),
    }),
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
    v.object({ kind: v.literal("reviewed") }),
    v.object({ kind: v.literal("context"), text: v.string() }),
    v.object({ kind: v.literal("role"), role: v.picklist(ROLES) }),
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
  format: v.picklist(PICTURE_FORMATS),
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
  notes: v.array(v.picklist(PICTURE_NOTES)),
  // Copies of older rows were laid on white.
  background: v.optional(v.nullable(v.picklist(BACKGROUNDS)), null),
  // Older rows have none.
  perceptualHash: v.optional(
    v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^[\da-f]{16}$/u))), null),
    null,
  ),
}) satisfies v.GenericSchema<unknown, PictureFacts>;
