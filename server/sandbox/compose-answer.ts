import type { Model } from "#src/catalog/models.ts";
import type { AnswerMark } from "#src/contract/answer-mark.ts";
import type { PublishedExample } from "#src/contract/published-examples.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { describePicture, fitText, wordCount } from "./describe-picture.ts";
import type { PictureMeasures } from "./measure-picture.ts";
import type { Scenario } from "./scenario.ts";
import { parseAgeLabel } from "#src/domain/age-label.ts";
import { createSeededRandom } from "#src/lib/seeded-random.ts";
import { seedOf } from "./seed-of.ts";

/** What is said about one picture, before it is written as an entry of a reply. */
export interface ComposedAnswer {
  /** The service calls captions "caption" in its reference and "imageCaption" in its published replies. */
  taskType: "caption" | "imageCaption";
  content: { text: string } | { structuredData: AgeGuess };
  costMicroUsd: MicroUsd;
  mark: AnswerMark;
}

interface Question {
  model: Model;
  prompt: string;
  scenario: Scenario;
}

// Between a few words and the most that the published token prices mention.
const FEWEST_TOKENS = 20;
const MOST_TOKENS = 105;
const TOKENS_PER_WORD = 1.35;
const PRICE_STEP: MicroUsd = 100;

/** What the model is made to say about measured pixels. */
export function answerFromPixels(measures: PictureMeasures, question: Question): ComposedAnswer {
  const { model, prompt } = question;
  if (model.answers === "age") return ageAnswer(guessAge(measures.pixelHash, model), question);
  return textAnswer(describePicture(measures, { modelId: model.id, prompt }), question);
}

/** An answer that does not look at the picture, for measuring everything else. */
export function cannedAnswer(key: string, question: Question): ComposedAnswer {
  if (question.model.answers === "age") return ageAnswer(guessAge(key, question.model), question);
  return textAnswer("A canned answer of the sandbox, which did not look at the picture.", question);
}

/**
 * The published answer, word for word, for the model that gave it. Another model does not get it: it gets the sandbox's
 * own answer from what is published, since there are no pixels to measure.
 */
export function answerFromExample(example: PublishedExample, question: Question): ComposedAnswer {
  const { request, response, title } = example;
  const { model, prompt, scenario } = question;
  if (request.model === model.id) return recordedAnswer(example, scenario);
  if (model.answers === "age") {
    const group = response.structuredData?.ageGroup;
    const key = request.inputs.image;
    return ageAnswer(group ? guessFromGroup(group, key, model) : guessAge(key, model), question);
  }
  const titled = `“${title}” is what its publisher calls this picture. The sandbox fetches nothing, so it has not seen it.`;
  return textAnswer(fitText(response.text ?? titled, prompt), question);
}

/** The dearest an answer of this model can be; a dry run gives this figure. */
export function highestPrice({ price }: Model, { costFactor }: Scenario): MicroUsd {
  return Math.round(price.high * costFactor);
}

function recordedAnswer({ response }: PublishedExample, scenario: Scenario): ComposedAnswer {
  return {
    taskType: "imageCaption",
    content: response.structuredData
      ? { structuredData: ageOnWire(response.structuredData, scenario) }
      : { text: response.text ?? "" },
    costMicroUsd: Math.round(response.cost * 1_000_000 * scenario.costFactor),
    mark: "recorded",
  };
}

function textAnswer(text: string, { model, scenario }: Question): ComposedAnswer {
  const tokens = wordCount(text) * TOKENS_PER_WORD;
  const share = Math.min(1, Math.max(0, (tokens - FEWEST_TOKENS) / (MOST_TOKENS - FEWEST_TOKENS)));
  const { low, high } = model.price;
  const price = low + Math.round((share * (high - low)) / PRICE_STEP) * PRICE_STEP;
  return {
    taskType: "caption",
    content: { text },
    costMicroUsd: Math.round(price * scenario.costFactor),
    mark: "sandbox",
  };
}

function ageAnswer(guess: AgeGuess, { model, scenario }: Question): ComposedAnswer {
  return {
    taskType: "caption",
    content: { structuredData: ageOnWire(guess, scenario) },
    costMicroUsd: Math.round(model.price.low * scenario.costFactor),
    mark: "sandbox",
  };
}

function ageOnWire(guess: AgeGuess, { confidence, prefixedLabels }: Scenario): AgeGuess {
  return {
    ageGroup: prefixedLabels ? withPrefix(guess.ageGroup) : guess.ageGroup,
    // Two decimals of a percentage, as in the sample of 2025.
    confidence:
      confidence === "fraction" ? guess.confidence : Math.round(guess.confidence * 10_000) / 100,
  };
}

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
function guessAge(pixelHash: string, model: Pick<Model, "id" | "ageGroups">): AgeGuess {
  const picture = createSeededRandom(seedOf("age", pixelHash));
  const own = createSeededRandom(seedOf("age", pixelHash, model.id));
  const age = picture() * OLDEST;
  return guessNear(age + (own() - 0.5) * 14, { model, random: own });
}

/** The model's group for a range that someone else named, chosen by the middle of the range. */
function guessFromGroup(
  group: string,
  key: string,
  model: Pick<Model, "id" | "ageGroups">,
): AgeGuess {
  const range = parseAgeLabel(group);
  const middle = range ? (range.low + (range.high ?? OLDEST)) / 2 : OLDEST / 2;
  return guessNear(middle, { model, random: createSeededRandom(seedOf("age", key, model.id)) });
}

/** "13-20" → "Teenager 13-20"; a label without a known prefix stays as it is. */
function withPrefix(label: string): string {
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
