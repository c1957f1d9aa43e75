import * as v from "valibot";
import type { AgeRange, Answer } from "#src/domain/answer.ts";

/** Whole years, bounds inclusive; an open end is null. */
export const ageRangeSchema = v.object({
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

export const answerSourceSchema = v.picklist([
  "service",
  "sandbox",
  "recorded",
  "reused",
  "device",
]);
export const purseSchema = v.picklist(["sandbox", "runware", "device"]);

/** Whole micro-dollars. */
export const microUsdSchema = v.pipe(v.number(), v.integer(), v.minValue(0));
