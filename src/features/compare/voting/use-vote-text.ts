import type { ComparedRow } from "#src/domain/comparison.ts";
import { recipeKey } from "#src/domain/recipe.ts";
import { isRevealed } from "./blind-rules.ts";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { voteText } from "#src/features/compare/compare-words.ts";
import { useTaskOf } from "#src/features/compare/grid/use-task-of.ts";

/**
 * The outcome of a row's vote, in words that give away no name before it may be seen; null if there is nothing to say.
 */
export function useVoteText(row: ComparedRow, isBlind: boolean): string | null {
  const desk = useDesk();
  const taskOf = useTaskOf();
  if (row.vote.kind === "cast" && !isRevealed(row, isBlind))
    return "An answer has arrived since the vote. Vote again.";
  return voteText(row.vote, (uuid) => {
    const task = taskOf(row.image.id, uuid);
    const key = task === null ? null : recipeKey(task.recipe);
    return desk.comparison().columns.find((column) => column.key === key)?.label ?? null;
  });
}
