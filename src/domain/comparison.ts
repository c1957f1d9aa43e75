import { answerText, type Cell, cellOf } from "./cell.ts";
import type { Column, ColumnId } from "./compare-settings.ts";
import type { SheetImage } from "./image.ts";
import type { Mark } from "./mark.ts";
import type { Recipe } from "./recipe.ts";
import { namesAll, rowVote, type RowVote, typedReference, votesAmong } from "./row-vote.ts";
import type { Task } from "./task.ts";

/** A column with what it asks, ready to be looked up. */
export interface ComparedColumn {
  column: Column;
  recipe: Recipe;
  /** As returned by recipeKey. */
  key: string;
  /** Its name on screen; no two columns of a sheet have the same. */
  label: string;
  answers: "text" | "age";
}

/** A column's answers to one image. */
export interface ComparedCell {
  /** One per repeat, in order. */
  repeats: readonly Cell[];
  /** The index of the repeat that is shown if one stands for all: drawn at random, the same each time. */
  drawn: number;
}

/** What an image's answers are compared with. */
export interface Reference {
  text: string;
  from: "person" | "column";
}

/** One image with the answers of every column. */
export interface ComparedRow {
  image: SheetImage;
  /** By column. */
  cells: readonly ComparedCell[];
  /** Indexes of columns in the order in which a blind row shows them: shuffled, the same each time. */
  blindOrder: readonly number[];
  vote: RowVote;
  reference: Reference | null;
}

/**
 * The row of one image.
 *
 * @param rows of this image, oldest first, without removed ones
 */
export function comparedRow(
  image: SheetImage,
  rows: { tasks: readonly Task[]; marks: readonly Mark[] },
  {
    columns,
    referenceColumnId,
  }: { columns: readonly ComparedColumn[]; referenceColumnId: ColumnId | null },
): ComparedRow {
  const votes = votesAmong(rows.marks);
  const voted = votes.flatMap(({ shown }) => shown);
  const cells = columns.map(({ column, key }): ComparedCell => {
    const repeats = Array.from({ length: column.repeats }, (_, index) =>
      cellOf(rows.tasks, { key, repeat: index + 1, isRepeated: column.repeats > 1 }),
    );
    return { repeats, drawn: drawnOf(repeats, `${image.id} ${column.id}`, voted) };
  });
  const onShow = cells.flatMap((cell) => shownTask(cell) ?? []);
  // If the user saw the names in one order, that order must not give them away in answers that came
  // later.
  const seen = votes.findLast((mark) => !namesAll(mark, onShow))?.id ?? "";
  const typed = typedReference(rows.marks)?.text ?? null;
  const promoted = cells[columns.findIndex(({ column }) => column.id === referenceColumnId)];
  return {
    image,
    cells,
    blindOrder: columns
      .map(({ column }, index) => ({ index, rank: hashText(`${column.id} ${image.id}${seen}`) }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ index }) => index),
    vote: rowVote(rows.marks, rows.tasks, onShow),
    reference: referenceOf(typed, answerText(shownTask(promoted))),
  };
}

/** The answered task that stands for a cell; null if it has no answer, or is none. */
export function shownTask(cell: ComparedCell | undefined): Task | null {
  return cell?.repeats[cell.drawn]?.answered ?? null;
}

/** The indexes of the columns in the order in which a row shows them. */
export function shownOrder(row: ComparedRow, blind: boolean): readonly number[] {
  return blind ? row.blindOrder : [...row.cells.keys()];
}

/** The indexes of the columns that have an answer to vote on, in the order shown. */
export function votableColumns(row: ComparedRow, blind: boolean): number[] {
  return shownOrder(row, blind).filter((index) => shownTask(row.cells[index]) !== null);
}

// What was voted on stays on show. Otherwise one that has an answer is drawn.
function drawnOf(repeats: readonly Cell[], seed: string, voted: readonly string[]): number {
  const shown = repeats.findIndex(
    ({ answered }) => answered !== null && voted.includes(answered.taskUuid),
  );
  if (shown >= 0) return shown;
  const answered = [...repeats.keys()].filter((index) => repeats[index]?.answered !== null);
  return answered[hashText(seed) % Math.max(1, answered.length)] ?? 0;
}

function referenceOf(typed: string | null, promoted: string | null): Reference | null {
  if (typed !== null) return { text: typed, from: "person" };
  return promoted === null || promoted === "" ? null : { text: promoted, from: "column" };
}

/**
 * A 32-bit whole number that follows from a text and looks random: for shuffles that must come out the same again.
 * FNV-1a over UTF-16 code units, then the finaliser of MurmurHash3, since FNV alone leaves the ends of similar texts
 * alike. It is no secret: never use it against an adversary.
 */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
