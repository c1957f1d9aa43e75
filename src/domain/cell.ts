import type { AgeVerdict } from "./answer.ts";
import { recipeKey } from "./recipe.ts";
import { hasAnswer, type Task } from "./task.ts";

/** One answer's place: what a recipe, asked for the nth time, says about one image. */
export interface Cell {
  /** The newest task that has an answer, in phase "done" or "empty"; null if none has. */
  answered: Task | null;
  /** The newest task, if it is newer than `answered`: waiting, in flight, or ended without an answer. */
  latest: Task | null;
}

/** What identifies a cell among an image's tasks. */
export interface CellQuestion {
  /** As returned by recipeKey. */
  key: string;
  /** From 1. */
  repeat: number;
  /** True if the recipe is asked several times: reused answers say nothing about how stable it is. */
  isRepeated: boolean;
}

/**
 * The cell of a question. The newest answer counts, whichever view asked. A newer try that failed is kept beside
 * it.
 *
 * @param tasks of one image, oldest first, without removed ones
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

/** The words of a caption; null for age verdicts and if there is no answer; "" for an empty one. */
export function answerText(task: Task | null): string | null {
  if (task === null) return null;
  const { state } = task;
  if (state.phase === "empty") return "";
  return state.phase === "done" && state.answer.kind === "caption" ? state.answer.text : null;
}

/** The age verdict of an answer; null if it is a text, or there is none. */
export function answerVerdict(task: Task | null): AgeVerdict | null {
  const state = task?.state;
  return state?.phase === "done" && state.answer.kind === "age" ? state.answer.verdict : null;
}

// A copied sheet marks every answer as reused, since it cost nothing, but these were really asked
// once.
function wasReused(task: Task): boolean {
  return (
    task.state.phase === "done" && task.state.source === "reused" && task.times.firstSentAt === null
  );
}
