import { segmentsOf } from "#src/lib/words.ts";

/** A part of a text; `own` if no other text says it. */
export interface TextPart {
  text: string;
  own: boolean;
}

interface Term {
  start: number;
  end: number;
  /** The folded word: case, plural and possessive are ignored. */
  word: string;
  /**
   * "plain" words are compared alone; numbers and negations together with the words they refer to.
   */
  kind: "plain" | "number" | "negation" | "filler";
  /** For numbers and negations: the next content words. */
  about: readonly string[];
}

/**
 * Splits a text at words that none of the others says. Articles, prepositions and the like never count. Numbers and
 * negations always do, together with the words they refer to: "two men" is not said by "two dogs and three men". Made
 * for English; words of other languages are compared as they are written.
 */
export function ownWords(text: string, others: readonly string[]): TextPart[] {
  const known = others.map(termsOf);
  const words = new Set(known.flat().map(({ word }) => word));
  const special = known.flat().filter(isSpecial);
  const own = termsOf(text).filter((term) => {
    if (term.kind === "filler") return false;
    if (term.kind === "plain") return !words.has(term.word);
    return !special.some((other) => other.word === term.word && speakOfOne(term, other));
  });
  return partsOf(text, own);
}

/** Texts are compared up to this length: some ten times the longest caption that models give. */
export const MOST_COMPARED_CHARACTERS = 4000;

/** True if no text says a word that another does not. Longer ones say the same only if they are identical. */
export function sayTheSame(texts: readonly string[]): boolean {
  if (texts.some(({ length }) => length > MOST_COMPARED_CHARACTERS))
    return new Set(texts).size === 1;
  return texts.every((text, index) =>
    texts.every(
      (other, place) => index === place || ownWords(text, [other]).every((part) => !part.own),
    ),
  );
}

/** The share of words that two texts have in common (Jaccard), 0–1; 1 for two empty texts. */
export function sharedWords(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => new Set(contentOf(termsOf(text))));
  if (a === undefined || b === undefined) return 0;
  const either = new Set([...a, ...b]).size;
  return either === 0 ? 1 : [...a].filter((word) => b.has(word)).length / either;
}

/** How many words a text has. */
export function countWords(text: string): number {
  return wordsIn(text).length;
}

const REMEMBERED = 4000;
const remembered = new Map<string, readonly Term[]>();

// A row's texts are compared pair by pair, and again with every change of what they are compared
// with.
function termsOf(text: string): readonly Term[] {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const terms = readTerms(text);
  remembered.set(text, terms);
  return terms;
}

const REACH = 3;

type PlacedWord = Omit<Term, "about">;

function readTerms(text: string): readonly Term[] {
  const words = joinNumbers(
    wordsIn(text).map(({ word, start }) => ({ start, end: start + word.length, ...fold(word) })),
    text,
  );
  return words.map((word, index) => ({
    ...word,
    about: isSpecial(word) ? spokenOf(words, index, text) : [],
  }));
}

/**
 * The content words that a number or negation refers to: the next few, up to the next number or negation, and not past
 * the phrase: "no dogs, but people" denies no people.
 */
function spokenOf(words: readonly PlacedWord[], at: number, text: string): string[] {
  const about: string[] = [];
  let end = words[at]?.end ?? 0;
  for (const next of words.slice(at + 1)) {
    const endsPhrase = PHRASE_ENDS.test(text.slice(end, next.start)) || PARTERS.has(next.word);
    if (isSpecial(next) || about.length === REACH || (endsPhrase && about.length > 0)) break;
    if (next.kind === "plain") about.push(next.word);
    end = next.end;
  }
  return about;
}

const PHRASE_ENDS = /[,.;:!?…—–()\n、。，；]/u;
// Not "or": if one is denied, so is the other.
const PARTERS: ReadonlySet<string> = new Set(["and", "but", "while"]);

function isSpecial({ kind }: Pick<Term, "kind">): boolean {
  return kind === "number" || kind === "negation";
}

function contentOf(terms: readonly Pick<Term, "kind" | "word">[]): string[] {
  return terms
    .filter(({ kind }) => kind !== "filler" && kind !== "negation")
    .map(({ word }) => word);
}

function speakOfOne(one: Term, other: Term): boolean {
  if (one.about.length === 0 || other.about.length === 0) return true;
  return one.about.some((word) => other.about.includes(word));
}

// A number keeps its point and its commas: "2.5" is not a 2 and a 5.
const WORD = /\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;
// Scripts that put no spaces between words need a dictionary; everything else is faster without.
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

function wordsIn(text: string): { word: string; start: number }[] {
  if (!UNSPACED.test(text))
    return [...text.matchAll(WORD)].map((match) => ({ word: match[0], start: match.index }));
  return segmentsOf(text)
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment, index }) => ({ word: segment, start: index }));
}

function fold(written: string): Pick<Term, "word" | "kind"> {
  const word = written.normalize("NFKC").toLowerCase().replaceAll("’", "'");
  if (NEGATIONS.has(word) || word.endsWith("n't")) return { word: "not", kind: "negation" };
  const number = NUMBERS.get(word);
  if (number !== undefined) return { word: String(number), kind: "number" };
  if (/^\p{N}[\p{N}.,]*$/u.test(word))
    return { word: word.replaceAll(GROUP_COMMA, "").replace(/^0+(?=\p{N})/u, ""), kind: "number" };
  const bare = word.replace(/'s?$/u, "");
  if (FILLERS.has(bare)) return { word: bare, kind: "filler" };
  return { word: singular(bare), kind: "plain" };
}

/** Joins numbers that are written in several words: "twenty-five", "three hundred". */
function joinNumbers(words: readonly PlacedWord[], text: string): PlacedWord[] {
  const joined: PlacedWord[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    // Digits beside digits are two numbers.
    const isNext =
      last !== undefined &&
      /^[\s-]+$/u.test(text.slice(last.end, word.start)) &&
      !/\p{N}/u.test(text.slice(last.start, word.end));
    const sum = isNext ? sumOf(last, word) : null;
    if (last === undefined || sum === null) joined.push(word);
    else joined.splice(-1, 1, { ...last, end: word.end, word: String(sum) });
  }
  return joined;
}

/** The number that two neighbours make together; null if they make none. */
function sumOf(before: PlacedWord, after: PlacedWord): number | null {
  if (before.kind !== "number" || after.kind !== "number") return null;
  const [large, small] = [Number(before.word), Number(after.word)];
  if (small >= 100) return large > 0 && large < small && small % 100 === 0 ? large * small : null;
  const isRoom =
    large % 100 === 0 ? small < 100 : large % 100 >= 20 && large % 10 === 0 && small < 10;
  return large >= 20 && small > 0 && isRoom ? large + small : null;
}

function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/u.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss)es$/u.test(word)) return word.slice(0, -2);
  return word.replace(/s$/u, "");
}

function partsOf(text: string, own: readonly Term[]): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end } of own) {
    const gap = text.slice(at, start);
    const last = parts.at(-1);
    // Neighbours are marked as one phrase, as one would underline them by hand.
    if (last?.own === true && /^[\s-]*$/u.test(gap)) last.text += gap + text.slice(start, end);
    else {
      if (gap !== "") parts.push({ text: gap, own: false });
      parts.push({ text: text.slice(start, end), own: true });
    }
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), own: false });
  return parts;
}

const NEGATIONS: ReadonlySet<string> = new Set(
  "no not never without none nobody nothing neither nor nowhere cannot".split(" "),
);

const GROUP_COMMA = /,(?=\p{N}{3}(?!\p{N}))/gu;

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
    "eighteen nineteen"
  )
    .split(" ")
    .map((word, number) => [word, number] as const),
  ..."twenty thirty forty fifty sixty seventy eighty ninety"
    .split(" ")
    .map((word, place) => [word, (place + 2) * 10] as const),
  ["hundred", 100],
  ["thousand", 1000],
]);

const FILLERS: ReadonlySet<string> = new Set(
  (
    "a an the this that these those it its he him his she her hers they them their there here which who whom whose what " +
    "and or but so as if then than while of in on at by to from with into onto over under near for about across along " +
    "through up down out off between among against around behind beside before after above below is are was were be been " +
    "being am has have had having do does did can could may might will would shall should seem seems appear appears also " +
    "very some any each both all other another such just only more most too s t"
  ).split(" "),
);
