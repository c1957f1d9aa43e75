const ACCENTS = /[\u0300-\u036F]/gu;
const PLAIN = /^[\0-\x7F]*$/u;

/** A text as it is searched: without case, accents and the difference between ligatures and letters. */
export function folded(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  // The sigma at the end of a word is another character.
  return text.normalize("NFKD").replaceAll(ACCENTS, "").toLowerCase().replaceAll("ς", "σ");
}

const WORDS = /"([^"]*)"?|\S+/gu;

/** What has to be found: every word and every "quoted phrase" of a search, folded, each once. Quotes may be left open. */
export function searchWords(search: string): string[] {
  const words = [...search.matchAll(WORDS)].map(({ 0: word, 1: phrase }) =>
    folded(phrase ?? word).trim(),
  );
  return [...new Set(words.filter((word) => word !== ""))];
}

/** A stretch of a text, and whether it is one of the words. */
export interface TextPart {
  text: string;
  isFound: boolean;
}

/** A text, cut where words of a search begin and end. Joined, the parts are the text. */
export function foundParts(text: string, words: readonly string[]): TextPart[] {
  const found = rangesOf(text, words);
  if (found.length === 0) return text === "" ? [] : [{ text, isFound: false }];
  const parts: TextPart[] = [];
  let at = 0;
  for (const [from, to] of found) {
    if (from > at) parts.push({ text: text.slice(at, from), isFound: false });
    parts.push({ text: text.slice(from, to), isFound: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isFound: false });
  return parts;
}

/** Where the words are, in the order of the text; those that touch or overlap are one. */
function rangesOf(text: string, words: readonly string[]): [from: number, to: number][] {
  const { plain, starts } = foldedWithPlaces(text);
  const ranges = words
    .flatMap((word) => placesOf(plain, word))
    .toSorted(([a], [b]) => a - b)
    .map(([from, to]): [number, number] => [
      starts === null ? from : (starts[from] ?? text.length),
      starts === null ? to : (starts[to] ?? text.length),
    ]);
  const joined: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) joined.push([from, to]);
  }
  return joined;
}

function placesOf(plain: string, word: string): [from: number, to: number][] {
  const places: [number, number][] = [];
  if (word === "") return places;
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length))
    places.push([at, at + word.length]);
  return places;
}

/** The folded text and, for each of its characters, where the one that it was made of begins; null if nothing moved. */
function foldedWithPlaces(text: string): { plain: string; starts: number[] | null } {
  if (PLAIN.test(text)) return { plain: text.toLowerCase(), starts: null };
  const starts: number[] = [];
  let plain = "";
  let at = 0;
  let begun = 0;
  for (const character of text) {
    const letters = folded(character);
    // An accent of its own goes with the letter before it.
    if (letters !== "") begun = at;
    plain += letters;
    for (let index = 0; index < letters.length; index += 1) starts.push(begun);
    at += character.length;
  }
  return { plain, starts };
}
