import { parseAgeLabel } from "#src/domain/age-label.ts";
import type { ComparedColumn } from "#src/domain/comparison.ts";
import { exampleImage, exampleMark, exampleTask } from "#src/domain/example-rows.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Mark, MarkValue } from "#src/domain/mark.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import type { RowSource } from "./compare-desk.ts";

// Rows for tests: only what a test is about is given, the rest is made up.

interface Told {
  text?: string;
  costMicroUsd?: number | null;
  serviceMs?: number;
  repeat?: number;
  state?: TaskState;
}

interface TestImage {
  image: SheetImage;
  tasks: readonly Task[];
  marks: readonly Mark[];
}

export function aTask(taskUuid: string, column: ComparedColumn | undefined, told: Told = {}): Task {
  if (column === undefined) throw new Error("no such column");
  const { text = "words", costMicroUsd = 1300, serviceMs = 1200, repeat = 1 } = told;
  return exampleTask({
    taskUuid,
    imageId: taskUuid.slice(0, -1),
    askedBy: "compare",
    fieldId: null,
    promptSent: null,
    recipe: column.recipe,
    repeat,
    purse: "sandbox",
    state: told.state ?? {
      phase: "done",
      answer: { kind: "caption", text },
      source: "sandbox",
      costMicroUsd,
    },
    times: {
      createdAt: 1_000,
      preparingAt: 1_100,
      firstSentAt: 1_200,
      sentAt: 1_200,
      endedAt: 1_200 + serviceMs,
      serviceMs: null,
    },
  });
}

export function verdict(label: string): TaskState {
  return {
    phase: "done",
    answer: { kind: "age", verdict: { label, range: parseAgeLabel(label), confidence: 0.9 } },
    source: "sandbox",
    costMicroUsd: 600,
  };
}

export function aVote(imageId: string, value: MarkValue, shown: readonly string[]): Mark {
  return exampleMark({ id: `mark-${imageId}-${value.kind}`, imageId, value, shown });
}

export function anImage(
  id: string,
  tasks: readonly Task[],
  marks: readonly Mark[] = [],
): TestImage {
  const image = exampleImage({
    id,
    frame: Number(id) || 1,
    source: { kind: "file", fileName: `picture-${id}.jpg`, folder: "" },
    preparation: { phase: "ready", pictureHash: `hash-${id}` },
  });
  return { image, tasks, marks };
}

export function sourceOf(
  columns: readonly ComparedColumn[],
  images: readonly TestImage[],
): RowSource {
  return {
    order: images.map(({ image }) => image.id),
    images: new Map(images.map(({ image }) => [image.id, image])),
    tasks: new Map(images.map(({ image, tasks }) => [image.id, tasks])),
    marks: new Map(images.map(({ image, marks }) => [image.id, marks])),
    columns,
    referenceColumnId: null,
  };
}
