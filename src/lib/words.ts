// In these, no space parts the words.
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORDS =
  /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:['’][\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*|[.,]\p{N}+)*/gu;

/** Of a longer text, only so much is looked at. */
const MOST_CHARACTERS = 20_000;
// Browsers take ever longer for each word, the longer the text is: seconds for 20,000 letters in one piece.
const MOST_AT_ONCE = 500;

let segmenter: Intl.Segmenter | null = null;

/**
 * A text as words and what is between them, in whatever script (UAX 29). A long one is segmented in pieces, each up to a
 * space or a mark, so that the work grows with its length and no faster.
 */
export function segmentsOf(
  text: string,
): (Pick<Intl.SegmentData, "segment" | "index"> & { isWordLike?: boolean | undefined })[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "word" });
  const found: ReturnType<typeof segmentsOf> = [];
  for (let from = 0; from < text.length;) {
    const to = pieceEnd(text, from);
    for (const { segment, index, isWordLike } of segmenter.segment(text.slice(from, to)))
      found.push({ segment, index: from + index, isWordLike });
    from = to;
  }
  return found;
}

const BETWEEN = /^(?:[\s\p{Terminal_Punctuation}](?=[\p{L}\p{N}])|[\p{L}\p{N}](?=\s))/u;
const GOES_ON = /^[\p{M}\p{Cf}\p{Emoji_Modifier}\uDC00-\uDFFF]/u;

function pieceEnd(text: string, from: number): number {
  const most = from + MOST_AT_ONCE;
  if (most >= text.length) return text.length;
  for (let at = most; at > from + 1; at -= 1)
    if (BETWEEN.test(text.slice(at - 1, at + 2))) return at;
  // Somewhere in a word, but never in a letter.
  let at = most;
  while (at > from + 1 && GOES_ON.test(text.slice(at, at + 2))) at -= 1;
  return at === from + 1 ? most : at;
}

/**
 * The words of a text, without marks and spaces, as a reader of its script counts them (UAX 29). A pattern does for scripts
 * with spaces: segmenting thousands of captions takes seconds.
 */
export function wordsOf(text: string): string[] {
  const plain = text.slice(0, MOST_CHARACTERS).normalize("NFC");
  if (!WITHOUT_SPACES.test(plain)) return plain.match(WORDS) ?? [];
  return segmentsOf(plain).flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );
}
