import type { AgeRange } from "./answer.ts";

/** The oldest age that is accepted. */
export const MOST_YEARS = 130;
const NUMBER = String.raw`(?<![\d.])(\d{1,3})(?![\d.]*\d)`;
const CLOSED = new RegExp(String.raw`${NUMBER}\s*-\s*${NUMBER}`, "gu");
const FROM = new RegExp(
  String.raw`${NUMBER}\s*(?:years?\s*)?(?:\+|(?:plus|(?:and|or)\s+(?:over|above|older|more|up|upwards))\b)|(?:more than|over|above|older than|at least|>=?|≥)\s*${NUMBER}`,
  "gu",
);
const UNDER = new RegExp(
  String.raw`(?:less than|fewer than|under|below|younger than|<(?!=))\s*${NUMBER}`,
  "gu",
);
const UP_TO = new RegExp(
  String.raw`(?:up to|at most|<=|≤)\s*${NUMBER}|${NUMBER}\s*(?:and|or)\s+(?:under|below|younger|less)\b`,
  "gu",
);

/**
 * Reads the range of whole years, bounds inclusive, from a model's label, whatever words surround it:
 * - "13-20", "Teenager 13–20", "13 to 20": from 13 to 20.
 * - "65+", "70 and over", "at least 70", and also "more than 70", "over 70", ">70": from that year, open-ended. Taken
 *   literally the latter would begin at 71, but the groups that use them follow one that ends at 69.
 * - "under 13", "<13": 0 to 12. "up to 12", "12 and younger": 0 to 12.
 *
 * Null if no range can be read, or more than one: lone numbers (a label "3" may be the third group), only words, or
 * bounds that are reversed or beyond 130.
 */
export function parseAgeLabel(label: string): AgeRange | null {
  const text = label
    .toLowerCase()
    .replaceAll(/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu, "-")
    .replaceAll(/(?<=\d)\s*(?:to|until|through)\s*(?=\d)/gu, "-");
  const ranges = [
    ...numbersIn(text, CLOSED).map(([low = 0, high = 0]): AgeRange => ({ low, high })),
    ...numbersIn(text, FROM).map(([low = 0]): AgeRange => ({ low, high: null })),
    ...numbersIn(text, UNDER).map(([over = 0]): AgeRange => ({ low: 0, high: over - 1 })),
    ...numbersIn(text, UP_TO).map(([high = 0]): AgeRange => ({ low: 0, high })),
  ];
  const [range] = ranges;
  return range !== undefined && ranges.length === 1 && isPossible(range) ? range : null;
}

/** "21–44", "65+", and "30" if both bounds are the same year. */
export function formatAgeRange({ low, high }: AgeRange): string {
  if (high === null) return `${low}+`;
  return low === high ? `${low}` : `${low}–${high}`;
}

function numbersIn(text: string, pattern: RegExp): number[][] {
  return [...text.matchAll(pattern)].map((match) =>
    match
      .slice(1)
      .filter((group) => group !== undefined)
      .map(Number),
  );
}

function isPossible({ low, high }: AgeRange): boolean {
  return low <= MOST_YEARS && (high === null || (low <= high && high <= MOST_YEARS));
}

/**
 * The value of an age field after something was typed or pasted into it: the whole years, or the value `before` if they
 * would be more than anyone's age.
 */
export function typedYears(before: string, text: string): string {
  const digits = /^\s*0*(\d+)/u.exec(text)?.[1] ?? "";
  return Number(digits) <= MOST_YEARS ? digits : before;
}
