import type { ComparedColumn, ComparedRow } from "#src/domain/comparison.ts";
import { pursesOf, type PurseCosts } from "#src/domain/purse-costs.ts";
import { hasEnded } from "#src/domain/task.ts";
import { isMissing } from "#src/features/compare/columns/column-facts.ts";
import { distinctColumns, isAskable } from "#src/features/compare/compare-questions.ts";

/** How far the cells of a grid are. */
export interface CellCounts {
  total: number;
  done: number;
  unended: number;
  failed: number;
  /** Ended without an answer, and not failed: refused, empty, unsettled. */
  unanswered: number;
  /** Never asked. */
  missing: number;
  /** Of the answers that stand. */
  costs: readonly PurseCosts[];
}

/** Counts the cells of all columns; those that ask the same are counted once. */
export function countCells(
  rows: Iterable<ComparedRow>,
  columns: readonly ComparedColumn[],
): CellCounts {
  const all = [...rows];
  const indexes = distinctColumns(columns);
  const cellsOf = (places: readonly number[]) =>
    all.flatMap((row) => places.flatMap((index) => row.cells[index]?.repeats ?? []));
  const askable = cellsOf(indexes.filter((index) => isAskable(columns[index])));
  // A model that nobody here has heard of is never asked: of its cells only those count that were asked elsewhere.
  const others = cellsOf(indexes.filter((index) => !isAskable(columns[index])));
  const cells = [...askable, ...others.filter((cell) => !isMissing(cell))];
  const answered = cells.flatMap(({ answered: task }) => task ?? []);
  const ended = cells.filter(
    ({ answered: task, latest }) => task === null && latest !== null && hasEnded(latest),
  );
  const retriable = new Set(askable);
  const failed = ended.filter(
    (cell) => cell.latest?.state.phase === "failed" && retriable.has(cell),
  ).length;
  const empty = answered.filter(({ state }) => state.phase === "empty").length;
  return {
    total: cells.length,
    done: answered.length - empty,
    unended: cells.filter(({ latest }) => latest !== null && !hasEnded(latest)).length,
    failed,
    unanswered: ended.length - failed + empty,
    missing: cells.filter(isMissing).length,
    costs: pursesOf(answered),
  };
}
