import type { Purse } from "#src/domain/connection.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import { type CostSum, sumCosts } from "#src/domain/money.ts";
import { costOf, hasAnswer, type Task } from "#src/domain/task.ts";
import { wordDistance } from "#src/domain/word-distance.ts";
import type { Standings, TextStanding } from "#src/features/caption/list/standing.ts";
import { quantile, type Rate, wilsonRate } from "#src/statistics/intervals.ts";

/** What one model cost on a sheet with one prompt, and how much people changed of what it said. */
export interface ModelFigures {
  modelId: string;
  /** The template; null for a model that takes none. */
  prompt: string | null;
  /** Real and simulated money are never one sum. */
  purse: Purse;
  answers: number;
  costs: CostSum;
  /**
   * Texts that a person looked at, reviewed or edited, and left as they were. Of texts that nobody has looked at nothing is
   * known, and they don't count.
   */
  unchanged: Rate;
  /** The median share of words that a person changed, of all that they looked at: 0–1; null for none. */
  medianChange: number | null;
}

/** A text of a model that a person has looked at. */
interface CheckedText {
  task: Task;
  /** 0–1, as `wordDistance`. */
  change: number;
  isUnchanged: boolean;
}

// Texts that are compared between two moments in which the page may breathe.
const IMAGES_A_STEP = 20;

/**
 * Figures of each model and prompt that Caption asked for texts on a sheet, in steps; those with the most answers first.
 *
 * @param tasks of the sheet, by image
 */
export function* modelFigures(
  tasks: ReadonlyMap<ImageId, readonly Task[]>,
  standings: Standings,
): Generator<undefined, ModelFigures[]> {
  const groups = new Map<string, { of: Task; answered: Task[]; checked: CheckedText[] }>();
  const groupOf = (task: Task) => {
    const key = JSON.stringify([task.recipe.modelId, task.recipe.prompt, task.purse]);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { of: task, answered: [], checked: [] }));
    return group;
  };
  let images = 0;
  for (const [id, { texts, reviewed }] of standings.byId) {
    const own = tasks.get(id) ?? [];
    for (const task of own) if (isCounted(task)) groupOf(task).answered.push(task);
    for (const text of texts) {
      const checked = checkedText(text, reviewed, own);
      if (checked !== null && isCounted(checked.task)) groupOf(checked.task).checked.push(checked);
    }
    images += 1;
    if (images % IMAGES_A_STEP === 0) yield;
  }
  return [...groups.values()]
    .map(({ of: { recipe, purse }, answered, checked }) => ({
      modelId: recipe.modelId,
      prompt: recipe.prompt,
      purse,
      answers: answered.length,
      costs: sumCosts(answered.map(costOf)),
      unchanged: wilsonRate(
        checked.filter(({ isUnchanged }) => isUnchanged).length,
        checked.length,
      ),
      medianChange: quantile(
        checked.map(({ change }) => change),
        0.5,
      ),
    }))
    .toSorted((a, b) => b.answers - a.answers);
}

function isCounted(task: Task): boolean {
  if (task.askedBy !== "caption" || task.deletedAt !== null || !hasAnswer(task)) return false;
  return task.state.phase !== "done" || task.state.answer.kind === "caption";
}

/**
 * What a person made of a model's text: of the answer that was on screen as they wrote or, if they only reviewed, of the one
 * that is shown. Null if nobody has looked at it, or if there was no model's text to change.
 *
 * @param tasks of the image
 */
function checkedText(
  { shown, text }: TextStanding,
  reviewed: boolean,
  tasks: readonly Task[],
): CheckedText | null {
  const { edit, existing, answered, isOfExisting } = shown;
  if (edit === null) {
    if (!reviewed || existing !== null || answered === null || wordsIn(answered) === null)
      return null;
    return { task: answered, change: 0, isUnchanged: true };
  }
  if (isOfExisting) return null;
  const task = tasks.findLast(({ taskUuid }) => edit.shown.includes(taskUuid));
  const before = task === undefined ? null : wordsIn(task);
  if (task === undefined || before === null || text === null) return null;
  return { task, change: changeBy(edit, before, text), isUnchanged: before.trim() === text.trim() };
}

function wordsIn({ state, deletedAt }: Task): string | null {
  if (deletedAt !== null || state.phase !== "done" || state.answer.kind !== "caption") return null;
  return state.answer.text === "" ? null : state.answer.text;
}

// Neither a mark nor an answer ever changes.
const changes = new WeakMap<Mark, number>();

function changeBy(edit: Mark, before: string, after: string): number {
  const change = changes.get(edit) ?? wordDistance(before, after);
  changes.set(edit, change);
  return change;
}
