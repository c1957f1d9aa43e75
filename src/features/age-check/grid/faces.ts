import { modelById } from "#src/catalog/find-models.ts";
import type { AgeOutcome } from "#src/domain/age-case.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import { standingMarks } from "#src/domain/shown-answer.ts";
import { hasAnswer, hasEnded, isSimulatedTask, type Task } from "#src/domain/task.ts";
import { type OwnRows, perImage, type RowsByImage } from "#src/state/sheet/per-image.ts";
import {
  type JudgeKey,
  type JudgementMark,
  standingJudgements,
} from "#src/features/age-check/judging/judgements.ts";

/** One image as Age check sees it. */
export interface Face {
  image: SheetImage;
  hash: string | null;
  /** The task that counts, by model: the newest with an answer, otherwise the newest of all. */
  tasks: ReadonlyMap<string, Task>;
  standing: ReadonlyMap<JudgeKey, JudgementMark>;
  /** Replaced marks included, oldest first. */
  marks: readonly Mark[];
  flag: Mark | null;
  simulated: boolean;
}

/** All faces of a sheet, in its order. */
export type Faces = ReadonlyMap<ImageId, Face>;

/** The question Age check asks a model. */
export function ageRecipe(modelId: string): Recipe {
  return { modelId, prompt: null, sentSize: "auto" };
}

/** Makes the faces of whole sheets by image, in the sheet's order. */
export function createFaces(): (rows: RowsByImage) => Faces {
  const facesOf = perImage(faceOf, () => []);
  return (rows) => facesOf(rows, null);
}

/** A model's verdict, as the figures count it; null if it was not asked or has not ended. */
export function outcomeOf(face: Face, modelId: string): AgeOutcome | null {
  const task = face.tasks.get(modelId);
  if (task === undefined) return null;
  const { state } = task;
  switch (state.phase) {
    case "done": {
      if (state.answer.kind !== "age") return { kind: "no-group" };
      const { range, confidence } = state.answer.verdict;
      return range === null ? { kind: "no-group" } : { kind: "group", range, confidence };
    }
    case "empty":
      return { kind: "no-group" };
    case "refused":
      return { kind: "refused" };
    case "failed":
    case "unsettled":
      return { kind: "failed" };
    case "cancelled":
    case "waiting":
    case "preparing":
    case "sending":
    case "resting":
    case "polling":
      return null;
  }
}

/** The tasks of these models that have something to show, in their order. */
export function answeredTasks(face: Face, modelIds: readonly string[]): Task[] {
  return modelIds.flatMap((id) => {
    const task = face.tasks.get(id);
    return task !== undefined && hasAnswer(task) ? [task] : [];
  });
}

/** True for an image that a model can be asked about. */
export function canAsk({ image }: Face): boolean {
  return image.preparation.phase === "ready" || image.preparation.phase === "remote";
}

function faceOf(image: SheetImage, { tasks, marks }: OwnRows): Face {
  const counting = new Map<string, Task>();
  for (const task of tasks) {
    if (modelById(task.recipe.modelId)?.answers !== "age") continue;
    const known = counting.get(task.recipe.modelId);
    // A try that failed after an answer came does not take the answer away.
    if (known === undefined || hasAnswer(task) || !hasAnswer(known))
      counting.set(task.recipe.modelId, task);
  }
  const ended = [...counting.values()].filter(hasEnded);
  return {
    image,
    hash: pictureHashOf(image),
    tasks: counting,
    standing: standingJudgements(marks),
    marks,
    flag: standingMarks(marks).findLast((mark) => mark.value.kind === "flag") ?? null,
    simulated: ended.some(isSimulatedTask),
  };
}
