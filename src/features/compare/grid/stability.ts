import { answerText, type Cell } from "#src/domain/cell.ts";
import { sharedWords } from "#src/domain/own-words.ts";

/**
 * How alike a recipe's repeats are: the mean share of words that two of them have in common or, for ages, the share of
 * pairs with one group. Null until there are two answers.
 */
export function stability(repeats: readonly Cell[]): number | null {
  const tasks = repeats.flatMap(({ answered }) => answered ?? []);
  const shares = tasks.flatMap((one, at) =>
    tasks.slice(at + 1).map((other) => {
      const [text, otherText] = [answerText(one), answerText(other)];
      if (text !== null && otherText !== null) return sharedWords(text, otherText);
      return labelOf(one) === labelOf(other) ? 1 : 0;
    }),
  );
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function labelOf({ state }: NonNullable<Cell["answered"]>): string | null {
  return state.phase === "done" && state.answer.kind === "age" ? state.answer.verdict.label : null;
}
