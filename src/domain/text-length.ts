import type { FieldLimit, LengthUnit } from "./field.ts";

/** How long a text is in this unit. Tokens are estimated. */
export function textLength(text: string, unit: LengthUnit): number {
  switch (unit) {
    case "characters":
      return charactersIn(text);
    case "words":
      return text.match(WORDS)?.length ?? 0;
    case "tokens":
      return tokensIn(text);
  }
}

/** By how much a text exceeds its limit, in the limit's unit; 0 if it does not, or if there is no limit. */
export function lengthOver(text: string, limit: FieldLimit | null): number {
  return limit === null ? 0 : Math.max(0, textLength(text, limit.unit) - limit.most);
}

const WORDS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu;
const PIECES = /[\p{L}\p{M}]+|\p{N}|[^\s\p{L}\p{M}\p{N}]/gu;
const LETTERS_OF_A_TOKEN = 7;

// As a reader counts: a letter beyond the basic plane, such as an emoji, is one.
function charactersIn(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) if ((text.codePointAt(at) ?? 0) > 0xffff) count--;
  return count;
}

/**
 * About as many as CLIP's tokenizer makes: one for each mark and digit, and one for every seven letters of a word that
 * were begun, since common words are whole and rare ones are split.
 */
function tokensIn(text: string): number {
  return (text.match(PIECES) ?? []).reduce(
    (sum, piece) => sum + Math.ceil(piece.length / LETTERS_OF_A_TOKEN),
    0,
  );
}
