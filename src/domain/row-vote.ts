import type { Mark } from "./mark.ts";
import { recipeKey } from "./recipe.ts";
import { standingMarks } from "./shown-answer.ts";
import { hasAnswer, type Task, type TaskUuid } from "./task.ts";

/** A vote on the answers to one image. */
export type VoteChoice =
  | { kind: "pick"; taskUuid: TaskUuid }
  | { kind: "tie" }
  | { kind: "all-bad" };

/** The state of one of Compare's rows. */
export type RowVote =
  | { kind: "open" }
  /**
   * `isWhole` if the vote names every answer on show. Otherwise one has come since, and the vote says nothing
   * about it.
   */
  | { kind: "cast"; choice: VoteChoice; mark: Mark; isWhole: boolean }
  /** Counts for nothing: the names were seen before the vote, or an answer it was cast on was asked for again. */
  | { kind: "void"; why: "revealed" | "redone"; mark: Mark };

/**
 * The vote of one row: the newest mark on the answers that are on show or, if there is none, on some of them. It counts
 * as long as the answers it names are still the current ones. A mark on other questions (another prompt, columns that
 * are gone) leaves the row open. A reveal does too, once there is a new answer, since the user has not seen that one.
 *
 * @param marks of one image, oldest first
 * @param tasks of the same image, oldest first, without removed ones
 * @param onShow those of the tasks whose answers the columns show
 */
export function rowVote(
  marks: readonly Mark[],
  tasks: readonly Task[],
  onShow: readonly Task[],
): RowVote {
  const votes = votesAmong(standingMarks(marks));
  const mark =
    votes.findLast((vote) => namesAll(vote, onShow)) ??
    votes.findLast((vote) => asksTheSame(vote, tasks, onShow));
  if (mark === undefined) return { kind: "open" };
  const isCurrent = mark.shown.every((uuid) => stillStands(uuid, tasks));
  const isWhole = namesAll(mark, onShow);
  const { value } = mark;
  switch (value.kind) {
    case "pick":
    case "tie":
    case "all-bad":
      return isCurrent
        ? { kind: "cast", choice: value, mark, isWhole }
        : { kind: "void", why: "redone", mark };
    case "void":
      return isCurrent && isWhole ? { kind: "void", why: value.why, mark } : { kind: "open" };
    case "edit":
    case "existing":
    case "reference":
    case "judgement":
    case "flag":
    case "reviewed":
    case "context":
    case "role":
      return { kind: "open" };
  }
}

/** The votes and voids among a row's marks. */
export function votesAmong(marks: readonly Mark[]): Mark[] {
  return marks.filter(({ value }) => isVote(value.kind));
}

/** True if a mark names every answer on show, and there is at least one. */
export function namesAll({ shown }: Mark, onShow: readonly Task[]): boolean {
  return onShow.length > 0 && onShow.every(({ taskUuid }) => shown.includes(taskUuid));
}

/**
 * A vote and the votes it replaced, newest first: all of these must go to take it back completely. A void stays.
 */
export function voteChain(mark: Mark, marks: readonly Mark[]): Mark[] {
  const before = marks.find(({ id, value }) => id === mark.replaces && value.kind !== "void");
  return before === undefined ? [mark] : [mark, ...voteChain(before, marks)];
}

/** The reference text that the user typed for an image; null if there is none. */
export function typedReference(marks: readonly Mark[]): { text: string; mark: Mark } | null {
  const mark = standingMarks(marks).findLast(({ value }) => value.kind === "reference");
  return mark?.value.kind === "reference" && mark.value.text !== ""
    ? { text: mark.value.text, mark }
    : null;
}

function isVote(kind: Mark["value"]["kind"]): boolean {
  return kind === "pick" || kind === "tie" || kind === "all-bad" || kind === "void";
}

// If only one question is shared, another column's prompt has changed in the row: too little for the same vote.
const FEWEST_IN_COMMON = 2;

/** True if the columns still ask what a mark was made on, whatever has been answered since. */
function asksTheSame({ shown }: Mark, tasks: readonly Task[], onShow: readonly Task[]): boolean {
  const questions = new Set(onShow.map(questionOf));
  const known = tasks.filter(({ taskUuid }) => shown.includes(taskUuid));
  // If an answer was removed to be asked again, its question can no longer be found.
  const common = shown.length - known.filter((task) => !questions.has(questionOf(task))).length;
  return common >= FEWEST_IN_COMMON && onShow.length > 0;
}

function questionOf({ recipe, repeat }: Task): string {
  return `${repeat} ${recipeKey(recipe)}`;
}

function stillStands(uuid: TaskUuid, tasks: readonly Task[]): boolean {
  const at = tasks.findIndex((task) => task.taskUuid === uuid);
  const shown = tasks[at];
  if (shown === undefined) return false;
  const question = questionOf(shown);
  return !tasks.slice(at + 1).some((later) => hasAnswer(later) && questionOf(later) === question);
}
