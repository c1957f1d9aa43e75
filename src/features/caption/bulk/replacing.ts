import { isUnspaced, UNSPACED } from "#src/domain/trimmed-text.ts";
import { segmentsOf } from "#src/lib/words.ts";

/** Finds words or a pattern in texts, and puts others in their place. */
export interface Replacing {
  kind: "replace";
  find: string;
  /** With a pattern `$1`, `$<name>` and `$&` stand for what was found, `\n` and `\t` for a new line and a tab. */
  with: string;
  wholeWord: boolean;
  matchCase: boolean;
  /** A capital that begins what is found stays one. Not for patterns. */
  keepsCapital: boolean;
  /** Whether `find` is a regular expression, in JavaScript’s Unicode syntax. */
  isPattern: boolean;
}

const LETTER = `(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}_]`;
/** Anywhere but inside a word. */
const EDGE = `(?:(?<!${LETTER})|(?!${LETTER}))`;

/** What does the replacing. Throws a SyntaxError if the pattern can’t be read. */
export function replacer(how: Replacing): (text: string) => string {
  if (how.find === "") return (text) => text;
  const regex = regexOf(how);
  return (text) => {
    let result = "";
    let from = 0;
    for (const found of text.matchAll(regex)) {
      const [match] = found;
      const to = found.index + match.length;
      if (how.wholeWord && !isBetweenWords(text, [found.index, to])) continue;
      result += text.slice(from, found.index);
      result += how.isPattern ? filledIn(how.with, found) : inPlaceOf(match, how);
      from = to;
    }
    return from === 0 && result === "" ? text : result + text.slice(from);
  };
}

/** Whether a text says these words, whatever their case and composition, not as a part of others. */
export function speaker(words: string): (text: string) => boolean {
  const how = { matchCase: false, wholeWord: true, isPattern: false };
  const regex = regexOf({ ...how, find: words });
  return (text) =>
    [...text.matchAll(regex)].some(({ index, 0: { length } }) =>
      isBetweenWords(text, [index, index + length]),
    );
}

function regexOf(how: Pick<Replacing, "find" | "isPattern" | "wholeWord" | "matchCase">): RegExp {
  const { find, isPattern, wholeWord, matchCase } = how;
  const flags = matchCase ? "gu" : "giu";
  if (isPattern) {
    // By itself first: a bracket too many could close one of ours.
    const alone = new RegExp(find, flags);
    return wholeWord ? new RegExp(`${EDGE}(?:${find})${EDGE}`, flags) : alone;
  }
  const plain = plainPattern(find);
  return new RegExp(wholeWord ? `${EDGE}${plain}${EDGE}` : plain, flags);
}

// What is found is whole characters as a reader sees them: no letter without its accent, no member of an emoji family.
function plainPattern(find: string): string {
  const letters = Array.from(find.normalize("NFC"), (letter) => {
    const apart = letter.normalize("NFD");
    return apart === letter ? escaped(letter) : `(?:${escaped(letter)}|${escaped(apart)})`;
  });
  return `(?<!\\u200D)${letters.join("")}\\uFE0F?(?![\\p{M}\\u200D\\p{EMod}])`;
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/gu, "\\$&");
}

/** Whether a stretch of a text begins and ends where words do, in scripts that don’t show it. */
function isBetweenWords(text: string, places: readonly number[]): boolean {
  const isHidden = places.some(
    (place) =>
      isUnspaced(text.slice(Math.max(0, place - 2), place)) &&
      isUnspaced(text.slice(place, place + 2)),
  );
  if (!isHidden) return true;
  // It is asked again for every place of the same text.
  if (segmented.text !== text)
    segmented = { text, edges: new Set(segmentsOf(text).map(({ index }) => index)) };
  return places.every((place) => place === text.length || segmented.edges.has(place));
}

let segmented: { text: string; edges: ReadonlySet<number> } = { text: "", edges: new Set() };

function inPlaceOf(
  match: string,
  { with: replacement, keepsCapital, matchCase }: Replacing,
): string {
  if (!keepsCapital || matchCase) return replacement;
  const [old = ""] = match;
  const [first = ""] = replacement;
  const isCapital = old !== old.toLowerCase() && old === old.toUpperCase();
  return isCapital ? first.toUpperCase() + replacement.slice(first.length) : replacement;
}

const PLACEHOLDER = /\$(?:(\$)|(&)|<([^>]*)>|(\d{1,2}))|\\(n|t|\\)/gu;

/** As String.replace does, and with the escapes of a search box. */
function filledIn(template: string, found: RegExpExecArray): string {
  return template.replaceAll(PLACEHOLDER, (whole: string, ...parts: (string | undefined)[]) => {
    const [dollar, all, name, digits, letter] = parts;
    if (dollar !== undefined) return "$";
    if (all !== undefined) return found[0];
    if (letter !== undefined) return { n: "\n", t: "\t" }[letter] ?? "\\";
    if (name !== undefined) return found.groups === undefined ? whole : (found.groups[name] ?? "");
    return numbered(digits ?? "", found) ?? whole;
  });
}

/** "$12" is the twelfth group or, if there are fewer, the first and a 2. */
function numbered(digits: string, found: RegExpExecArray): string | null {
  for (const length of [digits.length, 1]) {
    const at = Number(digits.slice(0, length));
    if (at > 0 && at < found.length) return (found[at] ?? "") + digits.slice(length);
  }
  return null;
}
