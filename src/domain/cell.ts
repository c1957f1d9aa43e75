import { recipeKey } from "./recipe.ts";
import type { Task } from "./task.ts";

/** One answer's place: what a recipe, asked for the nth time, says of one image. */
export interface Cell {
  /** The newest task that has an answer, in phase "done" or "empty"; null where none has. */
  answered: Task | null;
  /** The newest task, where it is newer than `answered`: waiting, in flight, or ended without an answer. */
  latest: Task | null;
}

/** What names a cell among an image's tasks. */
export interface CellQuestion {
  /** As recipeKey gives it. */
  key: string;
  /** From 1. */
  repeat: number;
  /** True where the recipe is asked several times: answers that were reused say nothing of how stable it is. */
  isRepeated: boolean;
}

/**
 * The cell of a question. Whichever view asked, the newest answer counts; a newer try that failed lies beside it.
 *
 * @param tasks of one image, oldest first, removed ones left out
 */
export function cellOf(tasks: readonly Task[], question: CellQuestion): Cell {
  const own = tasks.filter(
    (task) =>
      task.repeat === question.repeat &&
      recipeKey(task.recipe) === question.key &&
      !(question.isRepeated && wasReused(task)),
  );
  const answered = own.findLast(hasAnswer) ?? null;
  const newest = own.at(-1) ?? null;
  const isNews = newest !== answered && newest?.state.phase !== "cancelled";
  return { answered, latest: isNews ? newest : null };
}

/** True where a task has an answer, be it an empty one. */
export function hasAnswer(task: Task): boolean {
  return task.state.phase === "done" || task.state.phase === "empty";
}

/** The words of a caption; null for age verdicts and where there is no answer; "" for an empty one. */
export function answerText(task: Task | null): string | null {
  if (task === null) return null;
  const { state } = task;
  if (state.phase === "empty") return "";
  return state.phase === "done" && state.answer.kind === "caption" ? state.answer.text : null;
}

// A copied sheet marks every answer as reused, since it cost nothing; but those were asked for once.
function wasReused(task: Task): boolean {
  return (
    task.state.phase === "done" && task.state.source === "reused" && task.times.firstSentAt === null
  );
}
