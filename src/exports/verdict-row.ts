import * as v from "valibot";
import type { Judgement } from "#src/domain/mark.ts";

/** What became of a model's question, in the words of verdict files. */
export type VerdictStatus = "group" | "no-group" | "refused" | "failed" | "not-asked";

/**
 * One judge's judgement beside one model's verdict, on one image: a line of a verdict file. Pictures are named only by
 * their hash.
 */
export interface VerdictRow {
  /** SHA-256 of the original bytes; null for pictures that were never read here. */
  sha256: string | null;
  /** Only if the user wants names in the file. */
  file_name: string | null;
  width: number | null;
  height: number | null;
  /** AIR id; null if no model was asked. */
  model: string | null;
  status: VerdictStatus;
  /** Whole years, inclusive; `predicted_to` is null for an open end. */
  predicted_from: number | null;
  predicted_to: number | null;
  raw_label: string | null;
  /** 0–1. */
  confidence: number | null;
  simulated: boolean;
  source: string | null;
  task: string | null;
  sent_width: number | null;
  sent_height: number | null;
  answered_at: string | null;
  /** The judge's current judgement. */
  judgement: Judgement["kind"] | null;
  true_from: number | null;
  true_to: number | null;
  truth_source: "person" | "file" | "file-name" | null;
  reviewer: string | null;
  /** Whether the first judgement was given before any verdict was seen. */
  blind: boolean | null;
  blind_judgement: Judgement["kind"] | null;
  blind_from: number | null;
  blind_to: number | null;
  changed: boolean;
  seconds: number | null;
  sample: "random" | "hunted" | null;
  flagged: boolean;
  judged_at: string | null;
}

const text = v.nullable(v.string());
const years = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(130)));
const count = v.nullable(v.number());
const kind = v.nullable(
  v.picklist(["age", "range", "wrong", "no-face", "several-faces", "unusable", "unsure"]),
);

/** Reads a row that anyone may have written. */
export const verdictRowSchema = v.object({
  sha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u))),
  file_name: text,
  width: count,
  height: count,
  model: text,
  status: v.picklist(["group", "no-group", "refused", "failed", "not-asked"]),
  predicted_from: years,
  predicted_to: years,
  raw_label: text,
  confidence: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  simulated: v.boolean(),
  source: text,
  task: text,
  sent_width: count,
  sent_height: count,
  answered_at: text,
  judgement: kind,
  true_from: years,
  true_to: years,
  truth_source: v.nullable(v.picklist(["person", "file", "file-name"])),
  reviewer: text,
  blind: v.nullable(v.boolean()),
  blind_judgement: kind,
  blind_from: years,
  blind_to: years,
  changed: v.boolean(),
  seconds: count,
  sample: v.nullable(v.picklist(["random", "hunted"])),
  flagged: v.boolean(),
  judged_at: text,
}) satisfies v.GenericSchema<unknown, VerdictRow>;

/** The columns, in the order they are written. */
export const VERDICT_COLUMNS = v.parse(
  v.array(v.keyof(verdictRowSchema)),
  Object.keys(verdictRowSchema.entries),
);
