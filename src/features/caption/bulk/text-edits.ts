import type { Field } from "#src/domain/field.ts";
import { eachTagOnce, joinedTags, tagKey, tagsOf } from "#src/domain/tags.ts";
import { isUnspaced, sentenceEnds, trimmedText, wordsOf } from "#src/domain/trimmed-text.ts";
import { replacer, speaker, type Replacing } from "./replacing.ts";

/** What is done to every text that has words. */
export type TextEdit =
  | Replacing
  /** Words before and after each text, unless they stand there already or, with `anywhere`, are in the text. */
  | { kind: "around"; prefix: string; suffix: string; anywhere: boolean }
  /** Texts over the limit of their field end with the last sentence that fits or, if none does, the last word. */
  | { kind: "trim" }
  | { kind: "case"; to: LetterCase }
  | { kind: "clean"; quotes: boolean; spaces: boolean; lines: boolean };

export type LetterCase = "sentence" | "lower" | "upper" | "title";

/** As much of a field as an edit depends on. */
export type EditedField = Pick<Field, "kind" | "limit" | "language">;

/** Changes one text of a field. */
export type ChangeText = (text: string, field: EditedField) => string;

/** What does an edit. Throws a SyntaxError if it has a pattern that can’t be read. */
export function changerOf(edit: TextEdit): ChangeText {
  switch (edit.kind) {
    case "replace":
      return replacing(edit);
    case "around":
      return surrounding(edit);
    case "trim":
      return (text, field) => trimmedText(text, field, AT_SENTENCE);
    case "case":
      return (text, { language }) => inCase(text, edit.to, usableLanguage(language));
    case "clean":
      return (text, field) => cleaned(text, edit, field);
  }
}

// Between two commas, or before the first: what a tag leaves behind when its words are replaced by nothing.
const EMPTY_TAG = /(?:^|[,，、،\n])\s*(?:[,，、،\n]|$)/u;

function replacing(edit: Replacing): ChangeText {
  const replace = replacer(edit);
  return (text, { kind }) => {
    const result = replace(text);
    const leavesEmpty = kind === "tags" && EMPTY_TAG.test(result) && !EMPTY_TAG.test(text);
    return leavesEmpty ? joinedTags(tagsOf(result)) : result;
  };
}

function surrounding({ prefix, suffix, anywhere }: TextEdit & { kind: "around" }): ChangeText {
  const isSaid = { prefix: speaker(prefix.trim()), suffix: speaker(suffix.trim()) };
  const isThere = (text: string, end: "prefix" | "suffix"): boolean =>
    standsAt(text, end, end === "prefix" ? prefix : suffix) || (anywhere && isSaid[end](text));
  return (text, { kind }) => {
    if (kind === "tags") return withTags(text, tagsOf(prefix), tagsOf(suffix));
    let result = text;
    if (prefix.trim() !== "" && !isThere(text, "prefix"))
      result = prefix + (wantsSpace(prefix, text) ? " " : "") + result.trimStart();
    if (suffix.trim() !== "" && !isThere(text, "suffix"))
      result =
        result.trimEnd() +
        (startsWord(suffix) && wantsSpace(text.trimEnd(), suffix) ? " " : "") +
        suffix;
    return result;
  };
}

function withTags(text: string, first: readonly string[], last: readonly string[]): string {
  const tags = tagsOf(text);
  const known = new Set(tags.map(tagKey));
  const isNew = (tag: string): boolean => !known.has(tagKey(tag));
  const [before, after] = [first.filter(isNew), last.filter(isNew)];
  if (before.length + after.length === 0) return text;
  return joinedTags(eachTagOnce([...before, ...tags, ...after]));
}

function compared(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll(/\s+/gu, " ").trim();
}

const LETTER = /^[\p{L}\p{M}\p{N}]/u;
const LAST_LETTER = /[\p{L}\p{M}\p{N}]$/u;

/** Whether a text begins or ends with these words already, as words of their own. */
function standsAt(text: string, end: "prefix" | "suffix", added: string): boolean {
  const [whole, words] = [compared(text), compared(added)];
  if (end === "prefix")
    return whole.startsWith(words) && !isOneWord(words, whole.slice(words.length));
  const rest = whole.slice(0, Math.max(0, whole.length - words.length));
  return whole.endsWith(words) && !isOneWord(rest, words);
}

/** Whether a word goes on from one stretch into the next. */
function isOneWord(before: string, after: string): boolean {
  const [last, first] = [before.slice(-2), after.slice(0, 2)];
  const isSplit = isUnspaced(last) || isUnspaced(first);
  return LAST_LETTER.test(before) && LETTER.test(after) && !isSplit;
}

function startsWord(text: string): boolean {
  return LETTER.test(text);
}

/** Whether a space goes between two stretches: not after one, not before a comma, not in scripts without any. */
function wantsSpace(before: string, after: string): boolean {
  const [last, first] = [before.slice(-2), after.trimStart().slice(0, 2)];
  return (
    /[\p{L}\p{M}\p{N}\p{Pe}\p{Pf},.;:!?]$/u.test(before) &&
    !/^[,.;:!?]/u.test(first) &&
    !(isUnspaced(last) && isUnspaced(first))
  );
}

const AT_SENTENCE = { leastSentence: 0, leastClause: null, stop: "" } as const;

/** A language that letters can be changed by; undefined for one that this browser can’t read. */
function usableLanguage(language: string | null): string | undefined {
  try {
    return language === null ? undefined : Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}

// English titles leave these small.
const SMALL: ReadonlySet<string> = new Set(
  "a an the and but or nor for of in on at to by as with from into over per via".split(" "),
);

function inCase(text: string, to: LetterCase, language: string | undefined): string {
  if (to === "lower") return text.toLocaleLowerCase(language);
  if (to === "upper") return text.toLocaleUpperCase(language);
  const isLoud = text === text.toLocaleUpperCase(language) && /\p{Lu}{4}/u.test(text);
  const small = (word: string): string =>
    keepsItsCase(word, language) && !isLoud ? word : word.toLocaleLowerCase(language);
  const capital = (word: string): string => {
    const lowered = small(word);
    const [first = ""] = lowered;
    return keepsItsCase(lowered, language)
      ? lowered
      : first.toLocaleUpperCase(language) + lowered.slice(first.length);
  };
  if (to === "sentence") {
    const ends = sentenceEnds(text);
    let isFirst = true;
    return wordsOf(text)
      .map(({ segment, index, isWordLike }) => {
        if (ends[0] !== undefined && index >= ends[0]) {
          ends.shift();
          isFirst = true;
        }
        if (isWordLike !== true) return segment;
        const change = isFirst ? capital : nounsStay(language) && !isLoud ? same : small;
        isFirst = false;
        return change(segment);
      })
      .join("");
  }
  const words = wordsOf(text);
  const first = words.findIndex(({ isWordLike }) => isWordLike);
  const last = words.findLastIndex(({ isWordLike }) => isWordLike);
  const isEnglish = language === undefined || language.startsWith("en");
  return words
    .map(({ segment, isWordLike }, at) => {
      if (isWordLike !== true) return segment;
      const staysSmall =
        isEnglish && at !== first && at !== last && SMALL.has(segment.toLowerCase());
      return staysSmall ? segment.toLowerCase() : capital(segment);
    })
    .join("");
}

function same(word: string): string {
  return word;
}

/** "USB", "iPhone", "McDonald", "I": their letters are not those of their place in a sentence. */
function keepsItsCase(word: string, language: string | undefined): boolean {
  const [first = ""] = word;
  const rest = word.slice(first.length);
  return rest !== rest.toLocaleLowerCase(language) || /^I(?:$|['’])/u.test(word);
}

function nounsStay(language: string | undefined): boolean {
  return language?.split("-")[0] === "de";
}

const QUOTES: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ["“", "”"],
  ["„", "“"],
  ["”", "”"],
  ["'", "'"],
  ["‘", "’"],
  ["‚", "‘"],
  ["«", "»"],
  ["»", "«"],
  ["‹", "›"],
  ["「", "」"],
  ["『", "』"],
  ["`", "`"],
];

// It begins where the spaces do: tried anew from each of them, thousands would take seconds.
const LINE_BREAKS = /(?<!\s)\s*[\n\r\u2028\u2029]\s*/gu;

function cleaned(
  text: string,
  { quotes, spaces, lines }: TextEdit & { kind: "clean" },
  { kind }: EditedField,
): string {
  let result = text;
  if (quotes) result = withoutQuotes(result);
  // Tags may stand on lines of their own: each stays one.
  if (lines && kind === "tags" && result.search(LINE_BREAKS) >= 0)
    result = joinedTags(tagsOf(result));
  else if (lines) result = result.replaceAll(LINE_BREAKS, " ");
  if (spaces)
    result = result
      .replaceAll(/[^\S\n\r]+/gu, " ")
      .replaceAll(/ ?(\r?\n) ?/gu, "$1")
      .trim();
  return lines ? result.trim() : result;
}

const MOST_QUOTES = 5;

/** A text without the quotation marks that stand around all of it, within one another too. */
function withoutQuotes(text: string, most = MOST_QUOTES): string {
  const bare = text.trim();
  const around = QUOTES.find(([open, close]) => {
    if (bare.length <= open.length + close.length) return false;
    if (!bare.startsWith(open) || !bare.endsWith(close)) return false;
    // An apostrophe closes nothing; another quotation mark may: "this" and "that".
    const inside = bare.slice(open.length, -close.length).replaceAll(APOSTROPHE, "");
    return open === close ? !inside.includes(open) : !closesEarly(inside, [open, close]);
  });
  return around === undefined || most === 0
    ? text
    : withoutQuotes(bare.slice(around[0].length, -around[1].length), most - 1);
}

const APOSTROPHE = /(?<=\p{L})['’](?=\p{L})/gu;

function closesEarly(inside: string, [open, close]: readonly [string, string]): boolean {
  let depth = 1;
  for (const letter of inside) {
    if (letter === open) depth += 1;
    else if (letter === close) depth -= 1;
    if (depth === 0) return true;
  }
  return false;
}
