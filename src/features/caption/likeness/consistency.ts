import type { ImageId } from "#src/domain/image.ts";
import { folded } from "#src/lib/search-words.ts";
import { wordsOf } from "#src/lib/words.ts";
import { createGroups } from "./groups.ts";

/** A text that there is. */
export interface WrittenText {
  imageId: ImageId;
  text: string;
}

/** What several texts begin with. */
export interface Opening {
  /** As the first of them writes it. */
  words: string;
  ids: readonly ImageId[];
}

/** Texts that say the same in nearly the same words; at least two, in the order of the sheet. */
export interface LikeTexts {
  ids: readonly ImageId[];
  /** The first of them. */
  text: string;
  /** Whether all have the very same words. */
  areSame: boolean;
}

/** What is looked for. */
export interface ConsistencyQuestion {
  openingWords: number;
  /** An opening may be used so many times. */
  most: number;
  /** As typed: words or phrases, parted by commas. */
  triggers: string;
}

/** What a look over all texts of a field found; the most frequent first. */
export interface Findings {
  texts: number;
  openings: readonly Opening[];
  likeTexts: readonly LikeTexts[];
  /** For each word that the user named, the images whose text lacks it. */
  missing: readonly { trigger: string; ids: readonly ImageId[] }[];
}

/**
 * Texts with this much in common are nearly the same: pairs of neighbouring words in both, by those in either (P. Jaccard
 * 1912). That is one changed word in twelve, or two in twenty-four.
 */
const LEAST_SHARE = 0.7;

// How much is done between two moments in which the page may breathe.
const TEXTS_A_STEP = 10;

/** How often an opening may be used before it is told: a twentieth of the texts, and three times in a small sheet. */
export function usualMost(texts: number): number {
  return Math.max(3, Math.round(texts / 20));
}

/** Looks over all texts of a field, in steps. */
export function* findInconsistent(
  texts: readonly WrittenText[],
  question: ConsistencyQuestion,
): Generator<undefined, Findings> {
  const words: string[][] = [];
  for (const [at, { text }] of texts.entries()) {
    words.push(wordsOf(text));
    if (at % TEXTS_A_STEP === 0) yield;
  }
  const openings = openingsOf(texts, words, question);
  yield;
  const likeTexts = yield* findLike(texts, words);
  const missing = triggersIn(question.triggers).map((trigger) => ({
    trigger,
    ids: texts.filter(({ text }) => !hasWords(text, trigger)).map(({ imageId }) => imageId),
  }));
  return { texts: texts.length, openings, likeTexts, missing };
}

/** A text without its first words, and what parted them from the rest; the rest begins as the text did. */
export function withoutOpening(text: string, openingWords: number): string {
  let at = 0;
  for (const word of wordsOf(text).slice(0, openingWords)) {
    const found = text.indexOf(word, at);
    if (found < 0) return text;
    at = found + word.length;
  }
  const rest = text.slice(at).replace(/^[\s\p{P}]+/u, "");
  const [first = ""] = rest;
  const begins = text.trimStart().charAt(0);
  return begins === begins.toLowerCase() ? rest : first.toUpperCase() + rest.slice(first.length);
}

/** A text with a word before it, as training captions have it. */
export function withTrigger(text: string, trigger: string): string {
  return text.trim() === "" ? trigger : `${trigger}, ${text.trimStart()}`;
}

function openingsOf(
  texts: readonly WrittenText[],
  words: readonly (readonly string[])[],
  { openingWords, most }: ConsistencyQuestion,
): Opening[] {
  const openings = new Map<string, { words: string; ids: ImageId[] }>();
  for (const [at, { imageId }] of texts.entries()) {
    const first = (words[at] ?? []).slice(0, openingWords);
    if (first.length < openingWords) continue;
    const shown = first.join(" ");
    const key = folded(shown);
    const opening = openings.get(key);
    if (opening === undefined) openings.set(key, { words: shown, ids: [imageId] });
    else opening.ids.push(imageId);
  }
  return [...openings.values()]
    .filter(({ ids }) => ids.length > most)
    .toSorted((a, b) => b.ids.length - a.ids.length);
}

/**
 * Groups texts that say the same in nearly the same words. Only texts that share one of their rarest pairs of words are
 * compared, and only if what follows in both could still be enough: without, they can't be alike. The result is that of
 * comparing all of them. (Prefix and positional filtering: C. Xiao, W. Wang, X. Lin, J. X. Yu (2008), "Efficient similarity
 * joins for near duplicate detection", WWW, 131–140.)
 */
function* findLike(
  texts: readonly WrittenText[],
  words: readonly (readonly string[])[],
): Generator<undefined, LikeTexts[]> {
  const groups = createGroups(texts.length);
  const { sets, places } = yield* distinctSets(words, groups.join);
  /** By pair of words, the sets that have it among their rarest, and where in them. */
  const holders = new Map<number, { set: number; at: number }[]>();
  /** By set, the one that it was compared with last. */
  const seen = new Int32Array(sets.length).fill(-1);
  for (const [number, set] of sets.entries()) {
    const rarest = set.length - Math.ceil(LEAST_SHARE * set.length) + 1;
    for (let at = 0; at < rarest; at += 1) {
      const pair = set[at] ?? 0;
      let others = holders.get(pair);
      if (others === undefined) holders.set(pair, (others = []));
      for (const other of others) {
        if (seen[other.set] === number) continue;
        const known = sets[other.set] ?? [];
        const least = (LEAST_SHARE / (1 + LEAST_SHARE)) * (set.length + known.length);
        // What comes before is in neither, or this would not be the first that they share.
        if (Math.min(set.length - at, known.length - other.at) < least - 1e-9) continue;
        seen[other.set] = number;
        if (areInBoth(set, known, least - 1e-9))
          groups.join(places[number] ?? 0, places[other.set] ?? 0);
      }
      others.push({ set: number, at });
    }
    if (number % TEXTS_A_STEP === 0) yield;
  }
  return groups
    .all()
    .map((members) => {
      const [first = 0] = members;
      const spoken = new Set(members.map((place) => folded((words[place] ?? []).join(" "))));
      return {
        ids: members.flatMap((place) => texts[place]?.imageId ?? []),
        text: texts[first]?.text ?? "",
        areSame: spoken.size === 1,
      };
    })
    .toSorted((a, b) => b.ids.length - a.ids.length);
}

/**
 * The sets of neighbouring words that there are, the smaller first, each pair by its rank from the rarest on, ascending;
 * and where in the list of texts each was found first. Texts with the same set are joined at once.
 */
function* distinctSets(
  words: readonly (readonly string[])[],
  join: (a: number, b: number) => void,
): Generator<undefined, { sets: number[][]; places: number[] }> {
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  const found = new Map<string, { set: number[]; place: number }>();
  for (const [place, some] of words.entries()) {
    if (some.length === 0) continue;
    const set = new Set<number>();
    // The first word is one of a pair, too, so that a text of one word has any.
    let before = "";
    for (const word of folded(some.join(" ")).split(" ")) {
      const pair = `${before} ${word}`;
      before = word;
      const number = numbers.get(pair) ?? numbers.size;
      numbers.set(pair, number);
      set.add(number);
    }
    const inOrder = [...set].toSorted((a, b) => a - b);
    const key = inOrder.join(" ");
    const known = found.get(key);
    if (known !== undefined) join(known.place, place);
    else {
      for (const number of inOrder) counts[number] = (counts[number] ?? 0) + 1;
      found.set(key, { set: inOrder, place });
    }
    if (place % TEXTS_A_STEP === 0) yield;
  }
  const ranks = new Int32Array(counts.length);
  const rarestFirst = counts.map((count, pair) => ({ count, pair }));
  rarestFirst.sort((a, b) => a.count - b.count);
  for (const [rank, { pair }] of rarestFirst.entries()) ranks[pair] = rank;
  const inOrder = [...found.values()].toSorted((a, b) => a.set.length - b.set.length);
  return {
    sets: inOrder.map(({ set }) => set.map((pair) => ranks[pair] ?? 0).toSorted((a, b) => a - b)),
    places: inOrder.map(({ place }) => place),
  };
}

/** Whether two ascending lists share at least so many numbers. */
function areInBoth(a: readonly number[], b: readonly number[], least: number): boolean {
  let [both, inA, inB] = [0, 0, 0];
  while (inA < a.length && inB < b.length) {
    const one = a[inA] ?? 0;
    const other = b[inB] ?? 0;
    if (one === other) both += 1;
    if (one <= other) inA += 1;
    if (other <= one) inB += 1;
    // What is left can't be enough any more.
    if (both + Math.min(a.length - inA, b.length - inB) < least) return false;
  }
  return both >= least;
}

/** The words or phrases that the user named, each once. */
export function triggersIn(typed: string): string[] {
  return [...new Set(typed.split(",").map((word) => word.trim().replaceAll(/\s+/gu, " ")))].filter(
    (word) => word !== "",
  );
}

/** Whether a text has these words, in this order and not as parts of others; case and accents don't count. */
function hasWords(text: string, wanted: string): boolean {
  const plain = folded(text).replaceAll(/\s+/gu, " ");
  const word = folded(wanted);
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
    const before = at === 0 ? "" : plain.slice(0, at).slice(-1);
    const after = plain.slice(at + word.length, at + word.length + 1);
    if (!isLetter(before) && !isLetter(after)) return true;
  }
  return false;
}

function isLetter(character: string): boolean {
  return /[\p{L}\p{N}_]/u.test(character);
}
