import { readWish, type AnswerWish, type Bounds } from "./answer-wish.ts";
import type { PictureMeasures } from "./measure-picture.ts";
import {
  capital,
  pictureFacts,
  pictureHeads,
  pictureTags,
  type PictureFact,
} from "./picture-facts.ts";
import { createSeededRandom } from "#src/lib/seeded-random.ts";
import { seedOf } from "./seed-of.ts";

/** How a stand-in model words things, so that the columns of a comparison differ. */
interface Manner {
  form: "prose" | "tags";
  /** Which of a fact's three wordings it uses. */
  wording: 0 | 1 | 2;
  /** What it writes if the prompt names no length. */
  sentences: Bounds;
}

const DEFAULT_MANNER: Manner = { form: "prose", wording: 0, sentences: { least: 2, most: 3 } };
// LLaVA's page promises prose of three to five sentences, CLIP's examples are tags, and the smaller Qwen is the terser
// one.
const MANNERS: Readonly<Record<string, Manner>> = {
  "runware:152@2": DEFAULT_MANNER,
  "runware:152@1": { form: "prose", wording: 2, sentences: { least: 1, most: 2 } },
  "runware:150@2": { form: "prose", wording: 1, sentences: { least: 3, most: 5 } },
  "runware:151@1": { form: "tags", wording: 0, sentences: { least: 1, most: 1 } },
};
const USUAL_TAGS: Bounds = { least: 9, most: 12 };

/**
 * A description of what was measured, in the length and form the prompt asks for. Equal pixels, model and prompt give
 * equal text.
 */
export function describePicture(
  measures: PictureMeasures,
  question: { modelId: string; prompt: string },
): string {
  const manner = MANNERS[question.modelId] ?? DEFAULT_MANNER;
  const wish = readWish(question.prompt);
  const random = createSeededRandom(seedOf(measures.pixelHash, question.modelId, question.prompt));
  if (manner.form === "tags" || wish.form === "tags") {
    return fitItems(pictureTags(measures), ", ", { wish, random });
  }
  if (wish.form === "list") return fitItems(pictureTags(measures), "; ", { wish, random });
  const facts = inAskedOrder(pictureFacts(measures), wish);
  return fitProse(proseOptions(facts, measures, manner), wish, { manner, random });
}

/** Shortens a given (published) text to what a prompt allows: by whole sentences first, then by words. */
export function fitText(text: string, prompt: string): string {
  const wish = readWish(prompt);
  const sentences = text.match(/[^.!?]+[.!?]+/gu)?.map((sentence) => sentence.trim()) ?? [text];
  const shorter = sentences.map((_, index) =>
    sentences.slice(0, sentences.length - index).join(" "),
  );
  return shorter.find((option) => withinMost(option, wish)) ?? cut(sentences[0] ?? text, wish);
}

function fitItems(
  tags: readonly string[],
  separator: string,
  { wish, random }: { wish: AnswerWish; random: () => number },
): string {
  const { least, most } = wish.items ?? USUAL_TAGS;
  const wanted = Math.min(most, tags.length);
  const count = Math.max(1, wanted - Math.floor(random() * Math.max(1, wanted - least + 1)));
  for (let kept = count; kept > 1; kept -= 1) {
    const text = tags.slice(0, kept).join(separator);
    if (withinMost(text, { ...wish, sentences: null })) return text;
  }
  return cut(tags[0] ?? "", wish);
}

function inAskedOrder(facts: readonly PictureFact[], wish: AnswerWish): PictureFact[] {
  const rank = ({ topic }: PictureFact) =>
    wish.topics.includes(topic) ? wish.topics.indexOf(topic) : wish.topics.length;
  return facts.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * Everything that could be said, longest first: several sentences, then one with fewer and fewer clauses, then only
 * colours.
 */
function proseOptions(
  facts: readonly PictureFact[],
  measures: PictureMeasures,
  { wording }: Manner,
): string[] {
  const several = facts.map((_, index) =>
    facts
      .slice(0, facts.length - index)
      .map(({ sentences }) => sentences[wording])
      .join(" "),
  );
  const head = pictureHeads(measures)[wording];
  // Each manner has its own idea of what matters next to the colours.
  const ordered = [...facts.slice(wording, 6), ...facts.slice(0, wording)];
  const clauses = ordered.map((fact) => fact.clauses[wording]);
  const compound = [5, 4, 3, 2, 1].map(
    (count) => `${[head, ...clauses.slice(0, count)].join(", ")}.`,
  );
  return [...several, ...compound, `${head}.`, `${capital(measures.colours[0]?.name ?? "grey")}.`];
}

function fitProse(
  options: readonly string[],
  wish: AnswerWish,
  { manner, random }: { manner: Manner; random: () => number },
): string {
  const fitting = options.filter((option) => withinMost(option, wish) && withinLeast(option, wish));
  const usual = fitting.filter((option) => isWithin(sentenceCount(option), manner.sentences));
  // A length that the prompt names takes precedence over the model's habits: if both can't be met, the
  // habits go.
  const choice = usual.length > 0 && !wish.sentences ? usual : fitting;
  const chosen = choice[Math.floor(random() * Math.min(choice.length, 3))];
  if (chosen !== undefined) return chosen;
  const shortEnough = options.find((option) => withinMost(option, wish));
  return shortEnough ?? cut(options.at(-1) ?? "", wish);
}

function withinMost(text: string, wish: AnswerWish): boolean {
  return (
    text.length <= (wish.characters?.most ?? Number.POSITIVE_INFINITY) &&
    wordCount(text) <= (wish.words?.most ?? Number.POSITIVE_INFINITY) &&
    sentenceCount(text) <= (wish.sentences?.most ?? Number.POSITIVE_INFINITY)
  );
}

function withinLeast(text: string, wish: AnswerWish): boolean {
  return (
    text.length >= (wish.characters?.least ?? 0) &&
    wordCount(text) >= (wish.words?.least ?? 0) &&
    sentenceCount(text) >= (wish.sentences?.least ?? 0)
  );
}

/** Cuts between words, and inside the first word only if even that is too long. */
function cut(text: string, wish: AnswerWish): string {
  const most = wish.characters?.most ?? Number.POSITIVE_INFINITY;
  const words = text
    .split(/\s+/u)
    .slice(0, Math.max(1, wish.words?.most ?? Number.POSITIVE_INFINITY));
  while (words.length > 1 && words.join(" ").length > most) words.pop();
  return words.join(" ").slice(0, Math.max(1, most));
}

/** Words of a text, split at its spaces. */
export function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== "").length;
}

function sentenceCount(text: string): number {
  return text.match(/[.!?](?=\s|$)/gu)?.length ?? 0;
}

function isWithin(count: number, { least, most }: Bounds): boolean {
  return count >= least && count <= most;
}
