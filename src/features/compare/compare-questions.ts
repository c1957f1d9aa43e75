import type { RunCounts } from "#src/sheet/run-bar.tsx";
import type { Cell } from "#src/domain/cell.ts";
import type { ComparedColumn, ComparedRow } from "#src/domain/comparison.ts";
import { type ImageId, isReady } from "#src/domain/image.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import { hasFailed, isMissing } from "./columns/column-facts.ts";
import { canAskColumn } from "./columns/settings.ts";
import { type PurseCosts, pursesOf } from "#src/domain/purse-costs.ts";
import { hasEnded } from "#src/domain/task.ts";
import { partCounts } from "#src/state/pictures/parts.ts";

/** What to ask, in the form a run's plan needs. */
export interface CompareQuestion {
  imageId: ImageId;
  recipe: Recipe;
  repeat: number;
  /** Repeats ask how stable a model is, and an answer given before says nothing about that. */
  fresh: boolean;
}

/** "missing" was never asked; "failed" was asked without success, and certainly not paid for. */
export type CompareScope = "missing" | "failed";

/**
 * The questions of a scope, so that columns start fair: picture by picture, each picture's columns in turn, and each
 * picture begins with the next column. Columns that ask the same are asked once.
 */
export function compareQuestions(
  rows: Iterable<ComparedRow>,
  columns: readonly ComparedColumn[],
  scope: CompareScope,
): CompareQuestion[] {
  const asked = distinctColumns(columns).filter((index) => canAskColumn(columns[index]));
  const all = [...rows];
  const split = splitAmong(all);
  return all
    .filter(({ image }) => isReady(image) && !split.has(image.id))
    .flatMap((row, turn) => {
      const order = asked.map((_, place) => asked[(place + turn) % asked.length] ?? 0);
      const mostRepeats = Math.max(0, ...columns.map(({ column }) => column.repeats));
      return Array.from({ length: mostRepeats }, (_, repeat) =>
        order.flatMap((index) => questionOf(row, columns[index], { index, repeat, scope })),
      ).flat();
    });
}

// Their parts are asked about instead.
function splitAmong(rows: readonly ComparedRow[]): ReadonlyMap<ImageId, number> {
  return partCounts(rows.map(({ image }) => image));
}

/** The indexes of columns without those that ask what an earlier one asks as often. */
function distinctColumns(columns: readonly ComparedColumn[]): number[] {
  return [...columns.keys()].filter((index) => {
    const { key, column } = columns[index] ?? {};
    return !columns.some(
      (other, at) =>
        at !== index &&
        other.key === key &&
        (other.column.repeats > (column?.repeats ?? 0) ||
          (other.column.repeats === column?.repeats && at < index)),
    );
  });
}

function questionOf(
  { image, cells }: ComparedRow,
  column: ComparedColumn | undefined,
  { index, repeat, scope }: { index: number; repeat: number; scope: CompareScope },
): CompareQuestion[] {
  const cell = cells[index]?.repeats[repeat];
  if (column === undefined || cell === undefined || !isIn(cell, scope)) return [];
  return [
    {
      imageId: image.id,
      recipe: column.recipe,
      repeat: repeat + 1,
      fresh: column.column.repeats > 1,
    },
  ];
}

function isIn(cell: Cell, scope: CompareScope): boolean {
  if (scope === "missing") return isMissing(cell);
  return cell.answered === null && hasFailed(cell) && cell.latest?.state.phase !== "unsettled";
}

/** How far the cells of a grid are. */
export interface CellCounts extends RunCounts {
  /** Never asked. */
  missing: number;
  /** Of the current answers. */
  costs: readonly PurseCosts[];
}

/** Counts the cells of all columns; those that ask the same are counted once. */
export function countCells(
  rows: Iterable<ComparedRow>,
  columns: readonly ComparedColumn[],
): CellCounts {
  const all = [...rows];
  const indexes = distinctColumns(columns);
  const split = splitAmong(all);
  const cellsOf = (places: readonly number[]) =>
    all.flatMap(({ cells: ofRow, image }) => {
      const ofPlaces = places.flatMap((index) => ofRow[index]?.repeats ?? []);
      return split.has(image.id) ? ofPlaces.filter((cell) => !isMissing(cell)) : ofPlaces;
    });
  const askable = cellsOf(indexes.filter((index) => canAskColumn(columns[index])));
  // A model that nobody here knows is never asked: only those of its cells count that were asked elsewhere.
  const others = cellsOf(indexes.filter((index) => !canAskColumn(columns[index])));
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
