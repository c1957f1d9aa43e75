import { answersOfModel } from "#src/catalog/find-models.ts";
import type { Field } from "#src/domain/field.ts";
import { fillPrompt, promptValues } from "#src/domain/prompt-variables.ts";
import { captionText, shownAnswer, type ShownAnswer } from "#src/domain/shown-answer.ts";
import type { Task } from "#src/domain/task.ts";
import type { RunQuestion } from "#src/runs/run-events.ts";
import type { SheetState } from "./sheet-store.ts";

/**
 * What a view asks of an image. Its recipe's prompt is a template, which is filled in unless what is sent is given:
 * without a field, with the values of the sheet's first.
 */
export type SheetQuestion = Omit<RunQuestion, "promptSent" | "language" | "fieldId" | "mount"> &
  Partial<Pick<RunQuestion, "promptSent" | "fieldId">>;

/** What prompts are filled in from. */
interface PromptRows extends Pick<SheetState, "sheet" | "images" | "tasks"> {
  marks: Pick<SheetState["marks"], "get">;
}

/**
 * The marks as they were when a run was started. What an image came with counts even if it was still being prepared: nobody
 * could have said anything else about it by then.
 */
export function marksAtPress(
  pressed: SheetState["marks"],
  now: SheetState["marks"],
): PromptRows["marks"] {
  return {
    get: (id) => pressed.get(id) ?? now.get(id)?.filter(({ value }) => value.kind === "existing"),
  };
}

/**
 * The prompt of a question to the letter, as it would be sent now: what a run sends, and what the screen shows as sent.
 * Null if its model takes none. `now` is epoch milliseconds.
 */
export function promptSentFor(
  { sheet, images, tasks, marks }: PromptRows,
  { imageId, fieldId = null, recipe }: Pick<SheetQuestion, "imageId" | "fieldId" | "recipe">,
  now: number,
): string | null {
  const image = images.get(imageId);
  if (image === undefined) return recipe.prompt;
  const field = sheet.fields.find(({ id }) => id === fieldId) ?? sheet.fields[0];
  const [ownTasks, ownMarks] = [tasks.get(imageId) ?? [], marks.get(imageId) ?? []];
  const sent = fillPrompt(recipe.prompt, () =>
    promptValues(image, {
      context: sheet.context,
      marks: ownMarks,
      field,
      existing: captionText(shownTextOf(field, ownTasks, ownMarks)),
      now,
    }),
  );
  // An empty prompt is none: the service then asks as it likes.
  return sent === "" ? null : sent;
}

/** The text that an image has in a field, whatever kind of answer its model gives now. */
export function shownTextOf(
  { id: fieldId, recipe }: Field,
  tasks: readonly Task[],
  marks: Parameters<typeof shownAnswer>[1],
): ShownAnswer {
  const answersOf = (task: Task) => answersOfModel(task.recipe.modelId);
  return shownAnswer(tasks, marks, { fieldId, recipe, answers: "text", answersOf });
}
