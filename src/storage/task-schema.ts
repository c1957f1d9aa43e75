import * as v from "valibot";
import type { Recipe } from "#src/domain/recipe.ts";
import type { RunNote, Task, TaskState } from "#src/domain/task.ts";
import { answerSchema, answerSourceSchema, microUsdSchema, purseSchema } from "./answer-schema.ts";
import { failureSchema } from "./failure-schema.ts";

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
    repeat: v.pipe(v.number(), v.integer(), v.minValue(1)),
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
