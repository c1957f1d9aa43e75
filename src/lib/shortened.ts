/** The beginning of a text, with "…" if more follows. Cuts no pair of surrogates in two. */
export function shortened(text: string, mostLetters: number): string {
  return text.length <= mostLetters
    ? text
    : `${text.slice(0, mostLetters).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
