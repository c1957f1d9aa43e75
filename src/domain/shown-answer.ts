import type { FieldId } from "./field.ts";
import type { ImageRole } from "./image-role.ts";
import type { Mark } from "./mark.ts";
import { recipeKey, type Recipe } from "./recipe.ts";
import { hasAnswer, type Task } from "./task.ts";

/**
 * What a view shows for one image: at most one answer, one edit on top of it, and the state of the latest try.
 */
export interface ShownAnswer {
  /** The task whose answer is shown; null if none has one. Always in phase "done" or "empty". */
  answered: Task | null;
  /** The newest task, if it is newer than `answered`: waiting, in flight, or ended without an answer. */
  latest: Task | null;
  /** The user's edit, which stays until the user removes it. */
  edit: Mark | null;
  /** Whether the edit changed a text that the image came with, and so says nothing about the answer below that. */
  isOfExisting: boolean;
  /** The text that the image came with, as long as neither a model nor the user has said anything since. */
  existing: Mark | null;
  /** The answer that came after the edit, shown beside it. */
  besideEdit: Task | null;
}

/** The marks that count: not undone, and not replaced by a later mark that counts. Oldest first. */
export function standingMarks(marks: readonly Mark[]): Mark[] {
  const kept = marks.filter((mark) => mark.deletedAt === null);
  const replaced = new Set(kept.flatMap((mark) => (mark.replaces === null ? [] : [mark.replaces])));
  return kept.filter((mark) => !replaced.has(mark.id));
}

/**
 * What Caption shows of one field of one image. Its answer is the newest that Caption asked for this field or, if there
 * is none, the newest to the current recipe whichever view asked for it, so neither choosing another model nor running
 * Compare changes an existing text. Tasks of the other answer kind do not count.
 *
 * @param tasks of this image, oldest first
 * @param answers the kind the current model answers with
 * @param answersOf returns the answer kind of a task's model
 */
export function shownAnswer(
  tasks: readonly Task[],
  marks: readonly Mark[],
  question: {
    fieldId: FieldId;
    recipe: Recipe;
    answers: "text" | "age";
    answersOf: (task: Task) => "text" | "age";
  },
): ShownAnswer {
  const { fieldId, answers } = question;
  const eligible = tasks.filter(
    (task) => task.deletedAt === null && question.answersOf(task) === answers,
  );
  const own = eligible.filter((task) => task.askedBy === "caption" && task.fieldId === fieldId);
  const answered = own.findLast(hasAnswer) ?? toTheSame(eligible, question.recipe);
  // A try that was cancelled before it was sent says nothing: what an earlier one may have cost still counts.
  const newest = own.findLast(({ state }) => state.phase !== "cancelled") ?? null;
  const latest = newest === answered ? null : newest;
  const shown = {
    answered,
    latest,
    edit: null,
    isOfExisting: false,
    existing: null,
    besideEdit: null,
  };
  if (answers === "age") return shown;
  const words = standingMarks(marks).findLast(
    ({ value }) =>
      (value.kind === "edit" || value.kind === "existing") && value.fieldId === fieldId,
  );
  const isUnseen = answered !== null && words?.shown.includes(answered.taskUuid) === false;
  const edit =
    words?.value.kind === "edit" && !isPassed(words, { isUnseen, eligible }) ? words : null;
  const existing =
    words?.value.kind === "existing" &&
    (answered === null || words.shown.includes(answered.taskUuid))
      ? words
      : null;
  const besideEdit = edit !== null && isUnseen ? answered : null;
  const isOfExisting = edit !== null && isWrittenOverExisting(edit, { marks, tasks: eligible });
  return { answered, latest, edit, isOfExisting, existing, besideEdit };
}

/**
 * Whether the answer shows instead of an edit. Words that read as an answer they were written over are the model's: a newer
 * answer takes their place, and nothing is no text.
 */
function isPassed(
  edit: Mark,
  { isUnseen, eligible }: { isUnseen: boolean; eligible: readonly Task[] },
): boolean {
  const isEmpty = edit.value.kind === "edit" && edit.value.text === "";
  return (isUnseen || isEmpty) && readsAsSeen(edit, eligible);
}

function readsAsSeen({ value, shown }: Mark, tasks: readonly Task[]): boolean {
  return tasks.some((task) => {
    if (!shown.includes(task.taskUuid) || value.kind !== "edit") return false;
    return (task.state.phase === "empty" ? "" : answerText(task)) === value.text;
  });
}

/**
 * Whether an edit changed a text that the image came with, itself or as the last of the edits that took each other's place
 * since the user last took a model’s words.
 */
function isWrittenOverExisting(
  edit: Mark,
  { marks, tasks }: { marks: readonly Mark[]; tasks: readonly Task[] },
): boolean {
  for (let link = edit; ;) {
    if (readsAsSeen(link, tasks)) return false;
    const { shown, replaces }: Mark = link;
    const before = marks.slice(0, marks.indexOf(link));
    const older = before.find(({ id, value }) => id === replaces && value.kind === "edit");
    if (older === undefined)
      return before.some(
        (mark) =>
          isExistingOf(mark, edit) &&
          (shown.length === 0 || shown.some((taskUuid) => mark.shown.includes(taskUuid))),
      );
    link = older;
  }
}

function isExistingOf({ value, deletedAt }: Mark, edit: Mark): boolean {
  if (value.kind !== "existing" || edit.value.kind !== "edit") return false;
  return value.fieldId === edit.value.fieldId && deletedAt === null;
}

// What Caption asked for another field is that field's own.
function toTheSame(tasks: readonly Task[], recipe: Recipe): Task | null {
  if (tasks.every(({ askedBy }) => askedBy === "caption")) return null;
  const key = recipeKey(recipe);
  return (
    tasks.findLast(
      (task) => task.askedBy !== "caption" && hasAnswer(task) && recipeKey(task.recipe) === key,
    ) ?? null
  );
}

/** The current text: the user's words, the text the image came with, or the model's; null if there is none. */
export function captionText(shown: ShownAnswer): string | null {
  const words = (shown.edit ?? shown.existing)?.value;
  if (words?.kind === "edit" || words?.kind === "existing") return words.text;
  return shown.answered === null ? null : answerText(shown.answered);
}

/** Whether the text is the user's and other words than the model's beside it: what reads as the answer does is not edited. */
export function isEdited({ edit, answered }: ShownAnswer): boolean {
  if (edit?.value.kind !== "edit") return false;
  return answered === null || answerText(answered) !== edit.value.text;
}

function answerText({ state }: Task): string | null {
  return state.phase === "done" && state.answer.kind === "caption" ? state.answer.text : null;
}

/** The mark by which the user gave an image its role; null until they do: then it is informative. */
export function roleMark(
  marks: readonly Mark[],
): { id: Mark["id"]; value: { kind: "role"; role: ImageRole } } | null {
  for (const { id, value } of standingMarks(marks).toReversed())
    if (value.kind === "role") return { id, value };
  return null;
}
