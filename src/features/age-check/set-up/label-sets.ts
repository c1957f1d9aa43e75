import { AGE_GROUPS, AGE_MODELS, modelById } from "#src/catalog/find-models.ts";
import type { AgeGroups } from "#src/catalog/models.ts";
import { formatAgeRange, parseAgeLabel } from "#src/domain/age-label.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { EXACT, type LabelSet } from "./settings.ts";

/** The names of the label sets, for lists of choices. */
export const LABEL_SETS: readonly { set: LabelSet; name: string }[] = [
  ...AGE_GROUPS.map(({ key, name }) => ({ set: key, name })),
  { set: EXACT, name: "Exact age" },
];

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
