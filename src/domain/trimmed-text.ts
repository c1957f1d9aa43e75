import { segmentsOf } from "#src/lib/words.ts";
import type { Field } from "./field.ts";
import { joinedTags, tagsOf } from "./tags.ts";
import { lengthOver, textLength } from "./text-length.ts";

/** Texts as their sentences, clauses and words, and texts that are cut between them. */

/** The scripts that put no spaces between words, for a character class: a dictionary knows where those begin and end. */
export const UNSPACED =
  "\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}";
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const ENDS_UNSPACED = new RegExp(`[${UNSPACED}]$`, "u");

/** Whether a text has letters of a script that puts no spaces between its words. */
export function isUnspaced(text: string): boolean {
  return IS_UNSPACED.test(text);
}

const ENDS =
  /(?<![\p{Sentence_Terminal}…])[\p{Sentence_Terminal}…]+["'”’“‘»«)\]」』）]*(?=\s|$)|(?<![。．！？｡])[。．！？｡]+["”’」』）]*/gu;
const ABBREVIATION =
  /(?:^|[\s("“„‘'])(?:(?:\p{L}\.\s?)*\p{L}|vs|etc|approx|ca|no|nr|mr|mrs|ms|dr|prof|rev|gen|sgt|capt|jr|sr|st|ste|mt|ft|fig|vol|pp?|dept|inc|ltd|corp|sra|dott|sig|mag|dipl|ing|inkl|evtl|ggf|bzw|jan|feb|aug|sept?|oct|nov|dec)\.$/iu;
const MOST_OF_ABBREVIATION = 12;

/** Where the sentences of a text end. The platform’s own rule finds none before a small letter. */
export function sentenceEnds(text: string): number[] {
  return [...text.matchAll(ENDS)]
    .map(({ index, 0: { length } }) => index + length)
    .filter((end) => !ABBREVIATION.test(text.slice(Math.max(0, end - MOST_OF_ABBREVIATION), end)));
}

type Word = ReturnType<typeof segmentsOf>[number];

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.][\p{L}\p{M}\p{N}]+)*/gu;

/** A text as words and what is between them. A dictionary, which takes ten times as long, only where it is needed. */
export function wordsOf(text: string): readonly Word[] {
  if (isUnspaced(text)) return segmentsOf(text);
  const words: Word[] = [];
  let from = 0;
  const addBetween = (to: number): void => {
    if (to > from) words.push({ segment: text.slice(from, to), index: from });
  };
  for (const { 0: segment, index } of text.matchAll(WORD)) {
    addBetween(index);
    words.push({ segment, index, isWordLike: true });
    from = index + segment.length;
  }
  addBetween(text.length);
  return words;
}

/** How a text is cut. */
export interface Trimming {
  /** The least share of the limit that a sentence has to fill to be kept alone: 0 keeps any that fits. */
  leastSentence: number;
  /** The same for a clause; null cuts at none. */
  leastClause: number | null;
  /** What is written after a text that ends in the middle of a sentence; it counts too. */
  stop: string;
}

/**
 * A text within its field’s limit: cut at the end of a sentence, else of a clause, else of a word, and never inside a
 * number. Tags stay whole. It is as it was if nothing could be cut, such as a single word.
 */
export function trimmedText(
  text: string,
  { kind, limit }: Pick<Field, "kind" | "limit">,
  { leastSentence, leastClause, stop }: Trimming,
): string {
  if (limit === null || lengthOver(text, limit) === 0) return text;
  const fits = (part: string): boolean => lengthOver(part, limit) === 0;
  const fills = (part: string, share: number): boolean =>
    part !== "" && textLength(part, limit.unit) >= limit.most * share;
  if (kind === "tags") {
    const tags = tagsOf(text);
    const most = mostThat(tags.length, (count) => fits(joinedTags(tags.slice(0, count))));
    return most === 0 ? text : joinedTags(tags.slice(0, most));
  }
  /** The longest beginning that ends at one of these places and fits. */
  const longest = (ends: readonly number[], after: string): string => {
    const partTo = (end: number | undefined): string => withoutLoose(text.slice(0, end ?? 0));
    return partTo(
      ends[mostThat(ends.length, (count) => fits(partTo(ends[count - 1]) + after)) - 1],
    );
  };
  // "Mr." is no end, but needs no other full stop.
  const ended = (part: string): string => part + (IS_ENDED.test(part.slice(-2)) ? "" : stop);
  const sentence = longest(
    sentenceEnds(text).filter((end) => !ORDINAL.test(text.slice(Math.max(0, end - 4), end))),
    "",
  );
  if (fills(sentence, leastSentence)) return sentence;
  if (leastClause !== null) {
    const clause = longest(
      Array.from(text.matchAll(CLAUSE_ENDS), ({ index }) => index),
      stop,
    );
    if (fills(clause, leastClause)) return ended(clause);
  }
  const cut = longest(wordEnds(text), stop);
  const clean = withoutHanging(cut);
  return cut === "" ? text : ended(clean === "" ? cut : clean);
}

const IS_ENDED = /[\p{Sentence_Terminal}…]$/u;
// "am 3. Mai" goes on after its full stop.
const ORDINAL = /(?:^|\D)\d{1,2}\.$/u;
// No mark inside a number ends a clause: 12,000 and 10:45 have no space, and 10 – 12 is between two digits.
const CLAUSE_ENDS = /[,;:](?=\s)|(?<!\d\s?)[–—](?=\s)|[、，；：](?!\d)/gu;
// 12 000 is one number, and 10 – 12 are two that belong together.
const SPACES = /(?<=\S)(?<!\d\s?[–—-])(?=\s)(?!(?<=\d)\s(?:[–—-]\s?)?\d)/gu;

function wordEnds(text: string): number[] {
  const spaces = Array.from(text.matchAll(SPACES), ({ index }) => index);
  if (!isUnspaced(text)) return spaces;
  const ends = wordsOf(text)
    .map(({ index, segment }) => index + segment.length)
    .filter((end) => ENDS_UNSPACED.test(text.slice(Math.max(0, end - 2), end)));
  return [...new Set([...spaces, ...ends])].toSorted((a, b) => a - b);
}

// What leads on to words that are gone: a comma, a dash, an opened bracket.
const LOOSE = /[\s,;:、，；：\p{Ps}\p{Pi}\p{Pd}&/]/u;
const QUOTE_THAT_ENDS = /[.!?…][“‘«]$/u;

/** Sign by sign: a pattern would begin anew at each of them. */
function withoutLoose(text: string): string {
  if (QUOTE_THAT_ENDS.test(text.slice(-2))) return text;
  let end = text.length;
  while (end > 0 && LOOSE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const HANGING =
  /^(?:and|or|with|of|in|on|at|a|an|the|to|by|for|from|its|und|oder|mit|der|die|das|ein|eine|et|ou|avec|de|la|le|y|con|e|di)$/iu;
const LONGEST_HANGING = 6;

/** Without the small words at its end, which lead on to words that are gone. */
function withoutHanging(text: string): string {
  let current = text;
  for (;;) {
    const last = /[\s,;:–—-](\p{L}+)$/u.exec(current.slice(-LONGEST_HANGING))?.[1];
    if (last === undefined || !HANGING.test(last)) return current;
    current = withoutLoose(current.slice(0, -last.length));
  }
}

/** The greatest count from 0 on for which this holds; if it holds for one, it holds for all below. */
function mostThat(total: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, total];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
