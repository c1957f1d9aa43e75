import { wordsOf } from "#src/lib/words.ts";

/** Of longer texts, only so many words are compared: each word is held against each of the other text. */
const MOST_WORDS = 2_000;

/**
 * How much of a text's words was changed: 0 for the same words, 1 if none was kept. The fewest words that have to be
 * put in, taken out or replaced, divided by the number of words of the longer text. V. I. Levenshtein (1966), "Binary
 * codes capable of correcting deletions, insertions, and reversals", Soviet Physics Doklady 10, 707–710, with words for
 * letters. Marks and spaces between words don't count, the case does.
 */
export function wordDistance(before: string, after: string): number {
  if (before === after) return 0;
  const [a = [], b = []] = [before, after].map((text) => wordsOf(text).slice(0, MOST_WORDS));
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 0 : editsBetween(a, b) / longer;
}

/** Two rows of the table at a time: only the one above is read. */
function editsBetween(a: readonly string[], b: readonly string[]): number {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  let above = Uint32Array.from({ length: endB - start + 1 }, (_, at) => at);
  for (let row = start; row < endA; row += 1) {
    const next = new Uint32Array(above.length);
    next[0] = row - start + 1;
    for (let at = 1; at < above.length; at += 1) {
      const kept = (above[at - 1] ?? 0) + (a[row] === b[start + at - 1] ? 0 : 1);
      next[at] = Math.min(kept, (above[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1);
    }
    above = next;
  }
  return above[above.length - 1] ?? 0;
}
