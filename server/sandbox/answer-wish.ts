/** Inclusive bounds; `most` may be infinite. */
export interface Bounds {
  least: number;
  most: number;
}

/**
 * What a prompt asks for in an answer's form. A field is null if the prompt says nothing about it.
 */
export interface AnswerWish {
  form: "prose" | "tags" | "list";
  characters: Bounds | null;
  words: Bounds | null;
  sentences: Bounds | null;
  /** Entries of a list, or tags. */
  items: Bounds | null;
  /** What to talk about first, in the prompt's own order. */
  topics: readonly Topic[];
}

export type Topic = "colour" | "light" | "detail" | "layout" | "format";

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  single: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
};
const NUMBER = `(\\d+|${Object.keys(NUMBER_WORDS).join("|")})`;
const UP_TO =
  "under|below|at most|up to|max(?:imum)?(?: of)?|no more than|not more than|no longer than|less than|fewer than|shorter than|within";
const AT_LEAST = "at least|no fewer than|no less than|more than|over|min(?:imum)?(?: of)?";
const ABOUT = "about|around|roughly|approximately|some|~|exactly|in|of";
const UNITS = {
  characters: "(?:characters?|chars?|letters?)",
  words: "words?",
  sentences: "sentences?",
  items: "(?:tags?|keywords?|items?|objects?|phrases?|entries)",
} as const;

/**
 * Reads length, form and topics from a prompt. It knows only English, as in the presets, and ignores a wish it can't
 * read.
 */
export function readWish(prompt: string): AnswerWish {
  const text = prompt.toLowerCase().replaceAll(/[–—]/gu, "-");
  const items = readBounds(text, "items");
  const wish: AnswerWish = {
    form: readForm(text),
    characters: readBounds(text, "characters"),
    words: readBounds(text, "words"),
    sentences: readBounds(text, "sentences"),
    items,
    topics: readTopics(text),
  };
  const silent = !wish.characters && !wish.words && !wish.sentences && wish.form === "prose";
  return silent ? { ...wish, sentences: sentencesOfMood(text) } : wish;
}

function readForm(text: string): AnswerWish["form"] {
  if (/comma[- ]separated|\b(?:tags|keywords|hashtags)\b/u.test(text)) return "tags";
  return /^list\b|\b(?:as|give|write|make) a list\b|semicolons?|bullet/u.test(text)
    ? "list"
    : "prose";
}

/** Words that ask for a length without naming one. */
function sentencesOfMood(text: string): Bounds | null {
  if (/\b(?:rich|detailed|thorough|in[- ]depth|long|extensive)\b/u.test(text)) {
    return { least: 3, most: 5 };
  }
  if (/\ban? (?:[a-z-]+ ){0,2}sentence\b/u.test(text)) return { least: 1, most: 1 };
  return /\b(?:concise|brief|short|terse|succinct)\b/u.test(text) ? { least: 1, most: 1 } : null;
}

function readBounds(text: string, unit: keyof typeof UNITS): Bounds | null {
  // Up to two adjectives may come between number and unit ("two short sentences"), or a hyphen ("125-character").
  const noun = `(?:[ -](?:[a-z-]+ ){0,2}?)${UNITS[unit]}\\b`;
  const range = match(text, `\\b${NUMBER} ?(?:-|to|and|or) ?${NUMBER}${noun}`);
  if (range) return ordered(asNumber(range[1]), asNumber(range[2]));
  const upTo =
    match(text, `\\b(?:${UP_TO}) ${NUMBER}${noun}`) ??
    match(text, `\\b${NUMBER}${noun} (?:or less|or fewer|max(?:imum)?|at most|tops)\\b`);
  if (upTo) return { least: 0, most: asNumber(upTo[1]) };
  const atLeast =
    match(text, `\\b(?:${AT_LEAST}) ${NUMBER}${noun}`) ??
    match(text, `\\b${NUMBER}${noun} or more\\b`);
  if (atLeast) return { least: asNumber(atLeast[1]), most: Number.POSITIVE_INFINITY };
  const plain = match(text, `(?:^|[ (,:])(?:(?:${ABOUT}) )?${NUMBER}${noun}`);
  if (!plain) return null;
  const count = asNumber(plain[1]);
  // A round number of words is a target to approach, a number of characters is a limit, and sentences are
  // counted exactly.
  if (unit === "words") return { least: Math.ceil(count * 0.8), most: Math.floor(count * 1.1) };
  return unit === "characters" ? { least: 0, most: count } : { least: count, most: count };
}

const TOPIC_WORDS: readonly (readonly [Topic, RegExp])[] = [
  ["light", /\b(?:light|lighting|lit|bright|dark|shadow|exposure|contrast)/u],
  ["colour", /\b(?:colou?r|palette|hue|tone)/u],
  ["layout", /\b(?:framing|composition|layout|where they are|viewpoint|symmetr|balance)/u],
  ["detail", /\b(?:details?|texture|focus|sharp)/u],
  ["format", /\b(?:size|format|resolution|dimension|pixel|technical)/u],
];

function readTopics(text: string): Topic[] {
  return TOPIC_WORDS.map(([topic, words]) => ({ topic, at: text.search(words) }))
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at)
    .map(({ topic }) => topic);
}

function match(text: string, pattern: string): RegExpExecArray | null {
  return new RegExp(pattern, "u").exec(text);
}

function asNumber(word: string | undefined): number {
  return NUMBER_WORDS[word ?? ""] ?? Number(word);
}

function ordered(one: number, other: number): Bounds {
  return { least: Math.min(one, other), most: Math.max(one, other) };
}
