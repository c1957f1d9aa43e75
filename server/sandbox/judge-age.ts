import type { Model } from "#src/catalog/models.ts";
import { parseAgeLabel } from "#src/domain/age-label.ts";
import { createSeededRandom } from "#src/lib/seeded-random.ts";
import { seedOf } from "./seed-of.ts";

/** A group from a model's own label set, and how sure it claims to be (0–1, two decimals). */
export interface AgeGuess {
  ageGroup: string;
  confidence: number;
}

const OLDEST = 90;
// The prefixes that Open Age Detection's own card writes before its groups.
const PREFIXES: Readonly<Record<string, string>> = {
  "0-12": "Child",
  "13-20": "Teenager",
  "21-44": "Adult",
  "45-64": "Middle Age",
  "65+": "Aged",
};

/**
 * Makes an age group up. It is derived from the pixels, not seen in them: the same picture always gets the same
 * answer, and the models mostly agree on it, each with its own error, as real ones do.
 */
export function guessAge(pixelHash: string, model: Pick<Model, "id" | "ageGroups">): AgeGuess {
  const picture = createSeededRandom(seedOf("age", pixelHash));
  const own = createSeededRandom(seedOf("age", pixelHash, model.id));
  const age = picture() * OLDEST;
  return guessNear(age + (own() - 0.5) * 14, { model, random: own });
}

/** The model's group for a range that someone else named, chosen by the middle of the range. */
export function guessFromGroup(
  group: string,
  key: string,
  model: Pick<Model, "id" | "ageGroups">,
): AgeGuess {
  const range = parseAgeLabel(group);
  const middle = range ? (range.low + (range.high ?? OLDEST)) / 2 : OLDEST / 2;
  return guessNear(middle, { model, random: createSeededRandom(seedOf("age", key, model.id)) });
}

/** "13-20" → "Teenager 13-20"; a label without a known prefix stays as it is. */
export function withPrefix(label: string): string {
  const prefix = PREFIXES[label];
  return prefix === undefined ? label : `${prefix} ${label}`;
}

function guessNear(
  age: number,
  { model, random }: { model: Pick<Model, "ageGroups">; random: () => number },
): AgeGuess {
  const years = Math.min(OLDEST, Math.max(0, age));
  const groups = (model.ageGroups?.labels ?? []).map((label) => ({
    label,
    range: parseAgeLabel(label),
  }));
  const group = groups.find(({ range }) => range !== null && years < (range.high ?? OLDEST) + 1);
  const { label, range } = group ?? groups.at(-1) ?? { label: "unknown", range: null };
  if (range === null) return { ageGroup: label, confidence: rounded(0.5 + random() * 0.4) };
  const width = (range.high ?? OLDEST) + 1 - range.low;
  // Near the edge of its group a classifier is less sure than in the middle.
  const fromEdge = Math.min(years - range.low, range.low + width - years) / (width / 2);
  return {
    ageGroup: label,
    confidence: rounded(0.48 + 0.4 * Math.max(0, fromEdge) + 0.11 * random()),
  };
}

function rounded(confidence: number): number {
  return Math.round(Math.min(0.99, confidence) * 100) / 100;
}
