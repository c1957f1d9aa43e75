import type { Against } from "#src/domain/compare-settings.ts";
import {
  shownTask,
  votableColumns,
  type ComparedRow,
  type Reference,
} from "#src/domain/comparison.ts";
import type { TaskUuid } from "#src/domain/task.ts";

/** True if a row's names, costs and times may be seen. */
export function isRevealed({ vote }: ComparedRow, isBlind: boolean): boolean {
  if (!isBlind) return true;
  return vote.kind === "cast" ? vote.isWhole : vote.kind === "void" && vote.why === "revealed";
}

/** True if a row has names that the user can ask for before a vote: those of answers they could vote on. */
export function canReveal(row: ComparedRow, isBlind: boolean): boolean {
  return !isRevealed(row, isBlind) && votableColumns(row, isBlind).length >= FEWEST_ANSWERS;
}

/** Why a row can't be voted on now, in words; null if it can. */
export function whyNoVote(row: ComparedRow, isBlind: boolean): string | null {
  if (votableColumns(row, isBlind).length < FEWEST_ANSWERS) return "A vote needs two answers.";
  if (!isBlind) return null;
  if (row.vote.kind === "void" && row.vote.why === "revealed")
    return "Its names were seen before a vote: a blind vote is no longer possible here.";
  if (isRevealed(row, isBlind))
    return "This row is revealed: you can undo its vote, but not change it.";
  return null;
}

/** The answers of a row that can be voted on, in the order shown. */
export function shownUuids(row: ComparedRow, isBlind: boolean): TaskUuid[] {
  return votableColumns(row, isBlind).flatMap(
    (index) => shownTask(row.cells[index])?.taskUuid ?? [],
  );
}

/**
 * The reference as it may be seen: a column's own words beside a blind row would give away which answer is that
 * column's.
 */
export function visibleReference(row: ComparedRow, isBlind: boolean): Reference | null {
  return row.reference?.from === "column" && !isRevealed(row, isBlind) ? null : row.reference;
}

/** What a row is compared with: in a blind one never a single column, which the marked words would give away. */
export function visibleAgainst(row: ComparedRow, against: Against, isBlind: boolean): Against {
  if (isRevealed(row, isBlind)) return against;
  const tells =
    against.kind === "column" || (against.kind === "reference" && row.reference?.from === "column");
  return tells ? { kind: "others" } : against;
}

/** True if a column's answer is the one that was picked, and that may be seen. */
export function isPicked(row: ComparedRow, index: number, isBlind: boolean): boolean {
  const { vote } = row;
  if (vote.kind !== "cast" || vote.choice.kind !== "pick") return false;
  return isRevealed(row, isBlind) && vote.choice.taskUuid === shownTask(row.cells[index])?.taskUuid;
}

const FEWEST_ANSWERS = 2;
