import { hasAnswer } from "./cell.ts";
import type { Mark } from "./mark.ts";
import { recipeKey } from "./recipe.ts";
import { standingMarks } from "./shown-answer.ts";
import type { Task, TaskUuid } from "./task.ts";

/** A vote on the answers to one image. */
export type VoteChoice =
  | { kind: "pick"; taskUuid: TaskUuid }
  | { kind: "tie" }
  | { kind: "all-bad" };

/** How a row of Compare stands. */
export type RowVote =
  | { kind: "open" }
  | { kind: "cast"; choice: VoteChoice; mark: Mark }
  /** Counts for nothing: the names were seen before the vote, or an answer it was cast on was asked for again. */
  | { kind: "void"; why: "revealed" | "redone"; mark: Mark };

/**
 * The vote of one row: its newest mark, as long as the answers that were shown are still those that stand. A row that
 * was revealed before its vote is open again once an answer was redone, since that answer is new to the person.
 *
 * @param marks of one image, oldest first
 * @param tasks of the same image, oldest first, removed ones left out
 */
export function rowVote(marks: readonly Mark[], tasks: readonly Task[]): RowVote {
  const mark = standingMarks(marks).findLast(({ value }) => isVote(value.kind));
  if (mark === undefined) return { kind: "open" };
  const isCurrent = mark.shown.every((uuid) => stillStands(uuid, tasks));
  const { value } = mark;
  switch (value.kind) {
    case "pick":
    case "tie":
    case "all-bad":
      return isCurrent
        ? { kind: "cast", choice: value, mark }
        : { kind: "void", why: "redone", mark };
    case "void":
      return isCurrent ? { kind: "void", why: value.why, mark } : { kind: "open" };
    case "edit":
    case "reference":
    case "judgement":
    case "flag":
      return { kind: "open" };
  }
}

/** The reference text that a person typed for an image; null where none stands. */
export function typedReference(marks: readonly Mark[]): { text: string; mark: Mark } | null {
  const mark = standingMarks(marks).findLast(({ value }) => value.kind === "reference");
  return mark?.value.kind === "reference" && mark.value.text !== ""
    ? { text: mark.value.text, mark }
    : null;
}

function isVote(kind: Mark["value"]["kind"]): boolean {
  return kind === "pick" || kind === "tie" || kind === "all-bad" || kind === "void";
}

function stillStands(uuid: TaskUuid, tasks: readonly Task[]): boolean {
  const at = tasks.findIndex((task) => task.taskUuid === uuid);
  const shown = tasks[at];
  if (shown === undefined) return false;
  const key = recipeKey(shown.recipe);
  return !tasks
    .slice(at + 1)
    .some(
      (later) =>
        hasAnswer(later) && later.repeat === shown.repeat && recipeKey(later.recipe) === key,
    );
}
