import type { Field } from "#src/domain/field.ts";
import { trimmedText } from "#src/domain/trimmed-text.ts";

/** What of the form of a text can be seen and mended without knowing what it says. */

const END = /[\p{Sentence_Terminal}…]/u;
// The parts that emoji are made of, each by itself.
const EMOJI_PART =
  "\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\p{Regional_Indicator}|\\p{Variation_Selector}|\\p{Join_Control}|\\u20E3|[\\u{E0020}-\\u{E007F}]";
// What may come after the end of a sentence: what closes a quotation or a bracket, marks of Markdown, and emoji.
const AFTER_END = new RegExp(`[\\s\\p{Pe}\\p{Pf}\\p{Pi}"'\`*_~]|${EMOJI_PART}`, "u");
// The same without what a full stop goes after.
const AFTER_STOP = new RegExp(`[\\s*_]|${EMOJI_PART}`, "u");
const ABBREVIATION = /(?:\b(?:etc|vs|inc|ltd|st|no|approx|usw|bzw|ca|[a-z])\.|\.\.\.|…)$/iu;

/** Where a text ends if the signs at its end do not count. Sign by sign: a pattern would begin anew at each of them. */
function endBefore(text: string, isTail: (sign: string) => boolean): number {
  let end = text.length;
  while (end > 0) {
    const isPair = (text.codePointAt(end - 2) ?? 0) > 0xffff;
    const from = end - (isPair ? 2 : 1);
    if (!isTail(text.slice(from, end))) break;
    end = from;
  }
  return end;
}

/** Whether a text ends as a sentence does, before any closing quotation mark, bracket, Markdown or emoji. */
export function hasEnd(text: string): boolean {
  const end = endBefore(text, (sign) => AFTER_END.test(sign) && !END.test(sign));
  // Greek asks with a semicolon.
  return /[\p{Sentence_Terminal}…]$|\p{Script=Greek}[;\u037E]$/u.test(
    text.slice(Math.max(0, end - 3), end),
  );
}

/** Whether a text ends in a full stop that could be left out: none of an abbreviation. */
export function hasFullStop(text: string): boolean {
  const end = text.trimEnd().slice(-12);
  return FULL_STOP.test(end) && !ABBREVIATION.test(end);
}

const FULL_STOP = /[.。．｡।۔։።။។]$/u;
const FULL_STOPS: Readonly<Record<string, string>> = {
  zh: "。",
  yue: "。",
  ja: "。",
  hi: "।",
  ne: "।",
  bn: "।",
  as: "।",
  pa: "।",
  or: "।",
  ur: "۔",
  hy: "։",
  am: "።",
  ti: "።",
  my: "။",
  km: "។",
};

// Thai, Lao, Tibetan, Mongolian and others end without one, or with a mark of their own.
const STOPPED =
  /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Gurmukhi}\p{sc=Gujarati}\p{sc=Oriya}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Sinhala}\p{sc=Armenian}\p{sc=Georgian}\p{sc=Ethiopic}\p{sc=Myanmar}\p{sc=Khmer}]/u;
const MOST_LAST = 60;

function lastLetter(text: string): string | null {
  return text.slice(-MOST_LAST).match(/\p{L}/gu)?.at(-1) ?? null;
}

/** Whether sentences in the script that a text ends in end in a full stop; true if it has no letters. */
export function takesFullStop(text: string): boolean {
  const last = lastLetter(text);
  return last === null || STOPPED.test(last);
}

const NOT_LATIN = /(?!\p{sc=Latin})\p{L}/u;
const IDEOGRAPHIC = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu;
// A sign’s words in an English sentence make it no Chinese one: each stands for some letters.
const LETTERS_FOR_ONE = 3;

/** The full stop of a language or, if it has none of its own or the text is in another, of the script of the text. */
function fullStopIn(language: string | null, text: string): string {
  const own = FULL_STOPS[language?.split("-")[0] ?? ""];
  if (own !== undefined) return NOT_LATIN.test(text) ? own : ".";
  const ideographic = text.match(IDEOGRAPHIC)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return ideographic * LETTERS_FOR_ONE > letters - ideographic ? "。" : ".";
}

/** The text with the full stop of its language at its end, but before emoji and Markdown; as it is if it has an end. */
export function withEnd(text: string, language: string | null): string {
  const whole = text.trimEnd();
  if (hasEnd(whole)) return whole;
  const end = endBefore(whole, (sign) => AFTER_STOP.test(sign));
  const from = endBefore(whole.slice(0, end), (sign) => /[\s,;:–—-]/u.test(sign));
  const words = whole.slice(0, from);
  return (hasEnd(words) ? words : words + fullStopIn(language, words)) + whole.slice(end);
}

/** The text without the full stop at its end. */
export function withoutEnd(text: string): string {
  const whole = text.trimEnd();
  return FULL_STOP.test(whole.slice(-1)) ? whole.slice(0, -1) : whole;
}

// Signs that are drawn as pictures; ©, ™ and ✓ are signs of writing.
const EMOJI =
  /(?:\p{Regional_Indicator}{2}|[#*\d]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F)(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Emoji})*)/u;
const EVERY_EMOJI = new RegExp(EMOJI, "gu");

/** The first emoji in a text; null if there is none. */
export function emojiIn(text: string): string | null {
  return EMOJI.exec(text)?.[0] ?? null;
}

/** The text without emoji, and without the gaps that they leave. */
export function withoutEmoji(text: string): string {
  return text
    .replaceAll(EVERY_EMOJI, "\uE000")
    .replaceAll(/\uE000+/gu, "\uE000")
    .replaceAll(/ ?\uE000(?=[\s.,;:!?]|$)/gu, "")
    .replaceAll(/\uE000 ?/gu, "")
    .trim();
}

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["“", "”"],
  ["„", "“"],
  ["„", "”"],
  ["«", "»"],
  ["»", "«"],
  ["‘", "’"],
  ["'", "'"],
  ["`", "`"],
];
// No pattern here may look past where it could begin again: an answer can be 20,000 times the same sign.
const BULLET = "^[^\\S\\n\\r\\u2028\\u2029]*[-*•] ";
const MARKDOWN: readonly RegExp[] = [
  /\*\*\S(?:(?!\*\*)[^\n])*\*\*/u,
  /(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])/u,
  /(?<!\w)__\S(?:[^_\n]*\S)?__(?!\w)/u,
  /^#{1,6} \S/mu,
  new RegExp(`${BULLET}\\S.*[\\n\\r\\u2028\\u2029]\\s*[-*•] \\S`, "mu"),
  /^```/mu,
  /\[[^[\]\n]+\]\(https?:[^[)\s]+\)/u,
  /<\/?(?:p|b|i|em|strong|br|think|h[1-6])\s*\/?>/iu,
];

/** Markdown in a text, or the quotation marks around all of it; null if there are neither. */
export function markupIn(text: string): { kind: "quotes" | "markdown"; found: string } | null {
  for (const pattern of MARKDOWN) {
    const found = pattern.exec(text)?.[0].trim();
    if (found !== undefined) return { kind: "markdown", found };
  }
  const words = text.trim();
  const around = quotesAround(words);
  return around === null ? null : { kind: "quotes", found: words };
}

function quotesAround(words: string): readonly [string, string] | null {
  if (words.length < 3) return null;
  // “Open” and “Closed” begin and end with quotation marks, but nothing is around the whole.
  const isAround = ([left, right]: readonly [string, string]): boolean => {
    if (!words.startsWith(left) || !words.endsWith(right)) return false;
    const inner = words.slice(left.length, -right.length);
    return !inner.includes(left) && !(left !== right && right !== "’" && inner.includes(right));
  };
  return QUOTES.find(isAround) ?? null;
}

/** The words of a text without Markdown and without quotation marks around them. */
export function withoutMarkup(text: string): string {
  const plain = text
    .replaceAll(/<think>(?:(?!<think>)[\s\S])*?<\/think>/giu, "")
    .replaceAll(/^```\w*$/gmu, "")
    .replaceAll(/<\/?(?:p|b|i|em|strong|think|h[1-6])\s*\/?>/giu, "")
    .replaceAll(/<br\s*\/?>/giu, "\n")
    .replaceAll(/\[([^[\]\n]+)\]\(https?:[^[)\s]+\)/gu, "$1")
    .replaceAll(/\*\*(\S(?:(?!\*\*)[^\n])*)\*\*/gu, "$1")
    .replaceAll(/(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/gu, "$1")
    .replaceAll(/(?<!\w)__(\S(?:[^_\n]*\S)?)__(?!\w)/gu, "$1")
    .replaceAll(/^#{1,6} (?=\S)/gmu, "")
    .replaceAll(new RegExp(`${BULLET}(?=\\S)`, "gmu"), "")
    .replaceAll(/\n{2,}/gu, "\n")
    .trim();
  const around = quotesAround(plain);
  return around === null ? plain : plain.slice(around[0].length, -around[1].length).trim();
}

interface Word {
  word: string;
  /** How many words from the first to this one have a letter. */
  lettered: number;
  from: number;
  to: number;
}

/** Words that are said again and again, one time after the other. */
export interface Loop {
  /** What is said, as it stands the first time. */
  unit: string;
  times: number;
  /** The text with the words said once. */
  cut: string;
}

const MOST_WORDS_IN_UNIT = 40;
// Eight words that come twice in a row are no figure of speech.
const LONG_UNIT = 8;
const LEAST_AGAIN = 3;
const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** The first loop in a text; null if there is none. */
export function loopIn(text: string): Loop | null {
  if (NO_SPACES.test(text)) return loopOfLetters(text);
  const words = wordsOf(text);
  // The shortest loop has three words more than once.
  if (words.length - new Set(words.map(({ word }) => word)).size < LEAST_AGAIN) return null;
  const most = Math.min(MOST_WORDS_IN_UNIT, Math.floor(words.length / 2));
  for (let size = 1; size <= most; size += 1) {
    const times = size === 1 ? 4 : size < LONG_UNIT ? 3 : 2;
    let run = 0;
    for (let at = size; at < words.length; at += 1) {
      run = words[at]?.word === words[at - size]?.word ? run + 1 : 0;
      if (run < size * (times - 1)) continue;
      const first = at - run - size + 1;
      // Numbers repeat by nature: 0 0 0 0 is a reading.
      const [before, last] = [words[first - 1], words[first + size - 1]];
      if (last?.lettered === (before?.lettered ?? 0)) continue;
      return loopFrom(text, words, { first, size });
    }
  }
  return null;
}

function loopFrom(
  text: string,
  words: readonly Word[],
  { first, size }: { first: number; size: number },
): Loop {
  let end = first + size;
  while (end < words.length && words[end]?.word === words[end - size]?.word) end += 1;
  const said = (end - first) / size;
  const from = words[first]?.from ?? 0;
  const unitEnd = words[first + size - 1]?.to ?? text.length;
  const unit = text.slice(from, unitEnd);
  // What comes after the last whole turn; a turn that breaks off at the end of the text says nothing.
  const isBrokenOff = end === words.length;
  const rest = isBrokenOff ? "" : text.slice(words[first + Math.floor(said) * size - 1]?.to ?? 0);
  const tail = isBrokenOff ? (/[.!?…]$/u.exec(text.trimEnd())?.[0] ?? "") : "";
  return { unit, times: Math.floor(said), cut: text.slice(0, unitEnd) + rest + tail };
}

function wordsOf(text: string): Word[] {
  let lettered = 0;
  return [...text.matchAll(/[\p{L}\p{M}\p{N}’'-]+/gu)].map(({ 0: word, index }) => {
    if (/\p{L}/u.test(word)) lettered += 1;
    return { word: word.toLowerCase(), lettered, from: index, to: index + word.length };
  });
}

function loopOfLetters(text: string): Loop | null {
  const found = /(.{2,30}?)\1{3,}/u.exec(text.slice(0, 2000));
  const unit = found?.[1] ?? "";
  if (found === null || !/\p{L}/u.test(unit)) return null;
  const after = text.slice(found.index + found[0].length);
  return {
    unit,
    times: Math.floor(found[0].length / unit.length),
    cut: text.slice(0, found.index) + unit + (unit.startsWith(after) ? "" : after),
  };
}

/** The least shares of the limit that a sentence and a clause have to fill to be kept alone. */
const LEAST = { leastSentence: 0.4, leastClause: 0.55 } as const;

/** A text within its field’s limit, which ends as it did: in a full stop or without. */
export function trimmedTo(text: string, field: Pick<Field, "kind" | "language" | "limit">): string {
  const words = text.trim();
  const stop = hasEnd(words) ? fullStopIn(field.language, words) : "";
  return trimmedText(words, field, { ...LEAST, stop });
}
