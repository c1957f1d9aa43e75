import { ageRelation, type AgeRelation } from "#src/domain/age-overlap.ts";
import { parseAgeLabel } from "#src/domain/age-label.ts";
import type { AgeVerdict } from "#src/domain/answer.ts";
import { answerText } from "#src/domain/cell.ts";
import type { Against } from "#src/domain/compare-settings.ts";
import { type ComparedColumn, type ComparedRow, shownTask } from "#src/domain/comparison.ts";
import {
  MOST_COMPARED_CHARACTERS,
  ownWords,
  sayTheSame,
  type TextPart,
} from "#src/domain/own-words.ts";

/**
 * The parts of a column's text, with the words marked as its own that what it is compared with
 * lacks.
 */
export function markedText(
  row: ComparedRow,
  columns: readonly ComparedColumn[],
  { index, against }: { index: number; against: Against },
): TextPart[] {
  const text = textOf(row, index) ?? "";
  return markedAgainst(text, textsAgainst(row, columns, { index, against }));
}

/** A text with the words marked that no other says. A very long one is left unmarked: nobody sees at a glance what differs. */
export function markedAgainst(text: string, others: readonly string[]): TextPart[] {
  if (others.length === 0 || text.length > MOST_COMPARED_CHARACTERS) return [{ text, own: false }];
  return ownWords(
    text,
    others.map((other) => other.slice(0, MOST_COMPARED_CHARACTERS)),
  );
}

/**
 * How a column's age verdict compares with what it is compared with, the farthest first; null if there is nothing.
 */
export function relationOf(
  row: ComparedRow,
  columns: readonly ComparedColumn[],
  { index, against }: { index: number; against: Against },
): AgeRelation | null {
  const own = verdictOf(row, index);
  if (own === null) return null;
  const relations = new Set(
    verdictsAgainst(row, columns, { index, against }).map((other) => ageRelation(own, other)),
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

/** The age verdict that stands for a cell; null if it is a text, or there is none. */
export function verdictOf(row: ComparedRow, index: number): AgeVerdict | null {
  const cell = row.cells[index];
  const state = cell === undefined ? undefined : shownTask(cell)?.state;
  return state?.phase === "done" && state.answer.kind === "age" ? state.answer.verdict : null;
}

/** The text that stands for a cell; null if it is an age, or there is none. */
function textOf(row: ComparedRow, index: number): string | null {
  const cell = row.cells[index];
  return cell === undefined ? null : answerText(shownTask(cell));
}

const FARTHEST_FIRST: readonly AgeRelation[] = ["disjoint", "unknown", "overlap", "agree"];

interface Held {
  index: number;
  against: Against;
}

function textsAgainst(row: ComparedRow, columns: readonly ComparedColumn[], held: Held): string[] {
  if (held.against.kind === "reference") return row.reference === null ? [] : [row.reference.text];
  return othersOf(columns, held).flatMap((other) => textOf(row, other) ?? []);
}

function verdictsAgainst(
  row: ComparedRow,
  columns: readonly ComparedColumn[],
  held: Held,
): AgeVerdict[] {
  if (held.against.kind === "reference") {
    if (row.reference === null) return [];
    const { text } = row.reference;
    // A lone number is an age in the user's words, though not in a model's label.
    const years = /^\s*(\d{1,3})\s*$/u.exec(text)?.[1];
    const range =
      years === undefined ? parseAgeLabel(text) : { low: Number(years), high: Number(years) };
    return [{ label: text, range, confidence: null }];
  }
  return othersOf(columns, held).flatMap((other) => verdictOf(row, other) ?? []);
}

function othersOf(columns: readonly ComparedColumn[], { index, against }: Held): number[] {
  switch (against.kind) {
    case "nothing":
    case "reference":
      return [];
    case "others":
      return [...columns.keys()].filter((other) => other !== index);
    case "column":
      return [columns.findIndex(({ column }) => column.id === against.columnId)].filter(
        (other) => other >= 0 && other !== index,
      );
  }
}
