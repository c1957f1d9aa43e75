import { ageRelation, type AgeRelation } from "#src/domain/age-overlap.ts";
import { parseAgeLabel } from "#src/domain/age-label.ts";
import type { AgeVerdict } from "#src/domain/answer.ts";
import { answerText, answerVerdict, type Cell } from "#src/domain/cell.ts";
import type { Against } from "#src/domain/compare-settings.ts";
import { type ComparedColumn, type ComparedRow, shownTask } from "#src/domain/comparison.ts";
import {
  MOST_COMPARED_CHARACTERS,
  ownWords,
  sayTheSame,
  sharedWords,
  type TextPart,
} from "#src/domain/own-words.ts";

/** A column's index, and what its answer is compared with. */
interface Held {
  index: number;
  against: Against;
}

/** The parts of a column's text, with the words marked as its own that what it is compared with lacks. */
export function markedText(
  row: ComparedRow,
  columns: readonly ComparedColumn[],
  held: Held,
): TextPart[] {
  const others =
    held.against.kind === "reference"
      ? [row.reference?.text]
      : othersOf(columns, held).map((other) => textOf(row, other));
  return markedAgainst(
    textOf(row, held.index) ?? "",
    others.flatMap((other) => other ?? []),
  );
}

/** A text with the words marked that no other says. A very long one is left unmarked: nobody sees at a glance what differs. */
export function markedAgainst(text: string, others: readonly string[]): TextPart[] {
  if (others.length === 0 || text.length > MOST_COMPARED_CHARACTERS) return [{ text, own: false }];
  return ownWords(
    text,
    others.map((other) => other.slice(0, MOST_COMPARED_CHARACTERS)),
  );
}

const FARTHEST_FIRST: readonly AgeRelation[] = ["disjoint", "unknown", "overlap", "agree"];

/** How a column's age verdict compares with what it is compared with, the farthest first; null if there is nothing. */
export function relationOf(
  row: ComparedRow,
  columns: readonly ComparedColumn[],
  held: Held,
): AgeRelation | null {
  const own = verdictOf(row, held.index);
  if (own === null) return null;
  const relations = new Set(
    verdictsAgainst(row, columns, held).map((other) => ageRelation(own, other)),
  );
  return FARTHEST_FIRST.find((relation) => relations.has(relation)) ?? null;
}

/** True if two columns say different words, or ages that share no year. */
export function rowDiffers(row: ComparedRow): boolean {
  const indexes = [...row.cells.keys()];
  const verdicts = indexes.flatMap((index) => verdictOf(row, index) ?? []);
  const disjoint = verdicts.some((one, at) =>
    verdicts.slice(at + 1).some((other) => ageRelation(one, other) === "disjoint"),
  );
  return disjoint || !sayTheSame(indexes.flatMap((index) => textOf(row, index) ?? []));
}

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
      return answerVerdict(one)?.label === answerVerdict(other)?.label ? 1 : 0;
    }),
  );
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** The age verdict that stands for a cell; null if it is a text, or there is none. */
export function verdictOf(row: ComparedRow, index: number): AgeVerdict | null {
  return answerVerdict(shownTask(row.cells[index]));
}

/** The text that stands for a cell; null if it is an age, or there is none. */
function textOf(row: ComparedRow, index: number): string | null {
  return answerText(shownTask(row.cells[index]));
}

function verdictsAgainst(
  row: ComparedRow,
  columns: readonly ComparedColumn[],
  held: Held,
): AgeVerdict[] {
  if (held.against.kind !== "reference")
    return othersOf(columns, held).flatMap((other) => verdictOf(row, other) ?? []);
  if (row.reference === null) return [];
  const { text } = row.reference;
  // A lone number is an age in the user's words, though not in a model's label.
  const years = /^\s*(\d{1,3})\s*$/u.exec(text)?.[1];
  const range =
    years === undefined ? parseAgeLabel(text) : { low: Number(years), high: Number(years) };
  return [{ label: text, range, confidence: null }];
}

function othersOf(columns: readonly ComparedColumn[], { index, against }: Held): number[] {
  return [...columns.keys()].filter(
    (other) =>
      other !== index &&
      (against.kind === "others" ||
        (against.kind === "column" && columns[other]?.column.id === against.columnId)),
  );
}
