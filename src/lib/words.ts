// In these, no space parts the words.
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORDS =
  /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:['’][\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*|[.,]\p{N}+)*/gu;

/** Of a longer text, only so much is looked at: browsers take ever longer for each word, the longer the text is. */
const MOST_CHARACTERS = 20_000;

let segmenter: Intl.Segmenter | null = null;

/**
 * The words of a text, without marks and spaces, as a reader of its script counts them (UAX 29). A pattern does for scripts
 * with spaces: segmenting thousands of captions takes seconds.
 */
export function wordsOf(text: string): string[] {
  const plain = text.slice(0, MOST_CHARACTERS).normalize("NFC");
  if (!WITHOUT_SPACES.test(plain)) return plain.match(WORDS) ?? [];
  segmenter ??= new Intl.Segmenter("en", { granularity: "word" });
  return Array.from(segmenter.segment(plain)).flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );
}
