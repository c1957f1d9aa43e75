import * as v from "valibot";
import { AGE_GROUPS, AGE_MODELS } from "#src/catalog/find-models.ts";
import type { ImageId } from "#src/domain/image.ts";

/** The words in which the user says the truth: the key of some models' groups, or `EXACT` for the age itself. */
export type LabelSet = string;
export const EXACT: LabelSet = "exact";

/** Why an image was shown to the user. Random and hunted images are never in the same rate. */
export type Sample = {
  id: string;
  imageIds: readonly ImageId[];
  /** Epoch milliseconds. */
  drawnAt: number;
} & (
  | { kind: "random"; seed: number }
  | { kind: "hunted"; by: "least-sure" | "disagreement" | "near-threshold" }
);

/** What Age check stores with a sheet. */
export interface AgeCheckSettings {
  /** AIR ids, in the order they are shown; never empty. */
  modelIds: readonly string[];
  labelSet: LabelSet;
  /** Hides the models' verdicts until the user has answered. */
  blind: boolean;
  /** Stays on a face after the answer, for the reveal; otherwise the next one comes by itself. */
  staysForReveal: boolean;
  samples: readonly Sample[];
  /** What is reviewed: a sample, or with null the whole sheet. */
  sampleId: string | null;
  /** The age that the threshold figures are shown for; null for the model's first edge from 18 on. */
  threshold: number | null;
  /** Images whose verdicts were seen while there was no judgement: judging them is no longer blind. */
  seen: readonly ImageId[];
}

const sampleBase = { id: v.string(), imageIds: v.array(v.string()), drawnAt: v.number() };
const sampleSchema = v.variant("kind", [
  v.object({ ...sampleBase, kind: v.literal("random"), seed: v.number() }),
  v.object({
    ...sampleBase,
    kind: v.literal("hunted"),
    by: v.picklist(["least-sure", "disagreement", "near-threshold"]),
  }),
]);

const FIRST_MODEL = AGE_MODELS[0]?.id ?? "";
const KNOWN_SETS: readonly LabelSet[] = [...AGE_GROUPS.map(({ key }) => key), EXACT];

// Each setting falls back separately, so that a new or damaged one costs no sample.
const schema = v.object({
  modelIds: v.fallback(v.pipe(v.array(v.string()), v.minLength(1)), [FIRST_MODEL]),
  labelSet: v.fallback(v.picklist(KNOWN_SETS), KNOWN_SETS[0] ?? EXACT),
  blind: v.fallback(v.boolean(), true),
  staysForReveal: v.fallback(v.boolean(), false),
  samples: v.fallback(v.array(sampleSchema), []),
  sampleId: v.fallback(v.nullable(v.string()), null),
  threshold: v.fallback(v.nullable(v.number()), null),
  seen: v.fallback(v.array(v.string()), []),
}) satisfies v.GenericSchema<unknown, AgeCheckSettings>;

/** Reads what a sheet stores for Age check, whoever wrote it. */
export function parseAgeCheck(stored: unknown): AgeCheckSettings {
  return v.parse(
    v.fallback(schema, () => v.parse(schema, {})),
    stored,
  );
}

/** The sample under review; null if it is the whole sheet. */
export function activeSample({ samples, sampleId }: AgeCheckSettings): Sample | null {
  return samples.find(({ id }) => id === sampleId) ?? null;
}
