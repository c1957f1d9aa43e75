import type { AgeRange } from "#src/domain/answer.ts";
import { exampleImage, exampleMark, exampleTask } from "#src/domain/example-rows.ts";
import type { Judgement, Mark } from "#src/domain/mark.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { createAgeDesk } from "./age-desk.ts";
import { ageRecipe, createFaces, type Face } from "./grid/faces.ts";
import type { JudgementMark } from "./judging/judgements.ts";

/** The five groups' model and the nine groups', for tests. */
export const FIVE_MODEL = "runware:154@1";
export const NINE_MODEL = "runware:153@1";

let made = 0;

/** A judgement's mark on an image that `faceWith` names. */
export function judged(
  judgement: Judgement,
  parts: Partial<Mark> & { blind?: boolean; from?: "person" | "file" } = {},
): JudgementMark {
  const { blind = true, from = "person", ...rest } = parts;
  made += 1;
  return {
    ...exampleMark({ id: `mark-${made}`, shown: [], at: made, ...rest }),
    value: { kind: "judgement", judgement, blind, from },
  };
}

/** A model's answer: a range, or another end. */
export function said(modelId: string, range: AgeRange | TaskState, confidence = 0.9): Task {
  made += 1;
  const state: TaskState =
    "phase" in range
      ? range
      : {
          phase: "done",
          answer: { kind: "age", verdict: { label: `${range.low}`, range, confidence } },
          source: "sandbox",
          costMicroUsd: 600,
        };
  const task = exampleTask({
    taskUuid: `task-${made}`,
    askedBy: "age-check",
    fieldId: null,
    promptSent: null,
    recipe: ageRecipe(modelId),
    purse: "sandbox",
    state,
  });
  return { ...task, times: { ...task.times, createdAt: made, endedAt: made } };
}

/** One face of a sheet with these marks and answers. */
export function faceWith({ marks = [], tasks = [] }: { marks?: Mark[]; tasks?: Task[] }): Face {
  made += 1;
  const hash = `${made}`.padStart(64, "0");
  const image = exampleImage({
    id: `image-${made}`,
    frame: made,
    source: { kind: "file", fileName: `face-${made}.jpg`, folder: "" },
    preparation: { phase: "ready", pictureHash: hash },
  });
  const faces = createFaces()({
    order: [image.id],
    images: new Map([[image.id, image]]),
    tasks: new Map([[image.id, tasks]]),
    marks: new Map([[image.id, marks]]),
  });
  const face = faces.get(image.id);
  if (face === undefined) throw new Error("no face was made");
  return face;
}

/** Faces by image. */
export function sheetOf(...faces: readonly Face[]): Map<string, Face> {
  return new Map(faces.map((face) => [face.image.id, face]));
}

/** The desk of a sheet with one face, which this task's model has answered; Ann judges. */
export async function deskOnOneFace(task: Task = said(FIVE_MODEL, { low: 13, high: 20 })) {
  const face = faceWith({ tasks: [task] });
  const { id } = face.image;
  const tasks = [...face.tasks.values()].map((one) => ({ ...one, imageId: id }));
  const { open, services } = await openRows({ images: [face.image], tasks });
  const desk = createAgeDesk(open, { reviewer: () => "Ann", now: services.now });
  desk.change({ modelIds: [task.recipe.modelId] });
  const standing = () =>
    (open.store.getState().marks.get(id) ?? []).flatMap((mark) =>
      mark.value.kind === "judgement" && mark.deletedAt === null ? [mark] : [],
    );
  return { desk, undo: services.undo, imageId: id, standing };
}
