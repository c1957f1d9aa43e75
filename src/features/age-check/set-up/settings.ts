import * as v from "valibot";
import { AGE_GROUPS, AGE_MODELS, modelById } from "#src/catalog/find-models.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { AgeGroups } from "#src/catalog/models.ts";
import { formatAgeRange, parseAgeLabel } from "#src/domain/age-label.ts";
import type { AgeRange } from "#src/domain/answer.ts";

/** The words in which the user says the truth: the key of some models' groups, or "exact" for the age itself. */
export type LabelSet = string;

/** The names of the label sets, for lists of choices. */
export const LABEL_SETS: readonly { set: LabelSet; name: string }[] = [
  ...AGE_GROUPS.map(({ key, name }) => ({ set: key, name })),
  { set: "exact", name: "Exact age" },
];

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

const KNOWN_SETS = LABEL_SETS.map(({ set }) => set);
const FIRST_MODEL = AGE_MODELS[0]?.id ?? "";

// Each setting falls back separately, so that a new or damaged one costs no sample.
const schema = v.object({
  modelIds: v.fallback(v.pipe(v.array(v.string()), v.minLength(1)), [FIRST_MODEL]),
  labelSet: v.fallback(v.picklist(KNOWN_SETS), KNOWN_SETS[0] ?? "exact"),
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

/** The groups of a model, youngest first; empty for one that is not in the catalogue. */
export function groupsOfModel(modelId: string): readonly AgeRange[] {
  return GROUPS_BY_MODEL.get(modelId) ?? [];
}

/** The groups the user chooses from; null if the age itself is typed. */
export function groupsOfSet(set: LabelSet): readonly AgeRange[] | null {
  return GROUPS_BY_SET.get(set) ?? null;
}

/** The rows of a truth: the user's own groups or, for exact ages, those of the model. */
export function truthGroups(set: LabelSet, modelId: string): readonly AgeRange[] {
  return groupsOfSet(set) ?? groupsOfModel(modelId);
}

/** A model's name for narrow places. */
export function shortNameOf(modelId: string): string {
  return modelById(modelId)?.shortName ?? `${modelId} (unknown model)`;
}

/** "13–20" → words that a screen reader says correctly: "13 to 20", "65 and over". */
export function spokenRange({ low, high }: AgeRange): string {
  if (high === null) return `${low} and over`;
  return low === high ? `${low}` : `${low} to ${high}`;
}

/** The range as it is printed, "13–20". */
export const rangeText = formatAgeRange;

const GROUPS_BY_SET: ReadonlyMap<LabelSet, readonly AgeRange[]> = new Map(
  AGE_GROUPS.map((groups) => [groups.key, rangesOf(groups)]),
);

const GROUPS_BY_MODEL: ReadonlyMap<string, readonly AgeRange[]> = new Map(
  AGE_MODELS.map(({ id, ageGroups }) => [id, ageGroups === null ? [] : rangesOf(ageGroups)]),
);

function rangesOf({ labels }: AgeGroups): readonly AgeRange[] {
  return labels.flatMap((label) => parseAgeLabel(label) ?? []);
}
