import { expect, test } from "vitest";
import { captionRecipe, withCaptionRecipe } from "#src/domain/field.ts";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import type { SheetRecords } from "#src/storage/storage.ts";
import { createSheetStore } from "./sheet-store.ts";

test("a burst of changes is one new state, and only what changed is replaced", () => {
  const beats: (() => void)[] = [];
  const sheet = createSheetStore(records([image(1), image(2)], []), true, (step) => {
    beats.push(step);
    return () => undefined;
  });
  const before = sheet.store.getState();
  let told = 0;
  sheet.store.subscribe(() => {
    told += 1;
  });
  for (let n = 0; n < 50; n += 1) sheet.show({ tasks: [task(`t${n}`, 1, { phase: "waiting" })] });
  expect(told).toBe(0);
  for (const beat of beats) beat();
  expect(told).toBe(1);
  expect(sheet.store.getState().tasks.get("i1")).toHaveLength(50);
  expect(sheet.store.getState().images).toBe(before.images);
});

test("a removed answer leaves the list and stays in the sum, also when it comes back", () => {
  const paid = task("t1", 1, done(1900));
  const sheet = createSheetStore(records([image(1)], [paid], 1900), true);
  sheet.show({ tasks: [{ ...paid, deletedAt: 5 }] });
  sheet.flush();
  expect(sheet.store.getState().tasks.get("i1")).toEqual([]);
  expect(sheet.store.getState().spent.runware.microUsd).toBe(1900);
  sheet.show({ tasks: [paid, task("t2", 1, done(null))] });
  sheet.flush();
  expect(sheet.store.getState().spent.runware).toEqual({
    microUsd: 1900,
    known: 1,
    unknown: 1,
    heldMicroUsd: 0,
  });
});

test("a prompt that was stored before prompts had a bound is shown, and sent, up to it", () => {
  const kept = records([], []);
  const recipe = { ...captionRecipe(kept.sheet), prompt: "x".repeat(50_000) };
  const fields = withCaptionRecipe(kept.sheet.fields, recipe);
  const { store } = createSheetStore({ ...kept, sheet: { ...kept.sheet, fields } }, true);
  expect(captionRecipe(store.getState().sheet).prompt).toBe("x".repeat(10_000));
});

test("the sum counts tasks whose rows are gone", () => {
  const sheet = createSheetStore(records([image(1)], [task("t1", 1, done(600))], 5000), true);
  sheet.show({ tasks: [task("t2", 1, done(100))] });
  sheet.flush();
  expect(sheet.store.getState().spent.runware.microUsd).toBe(5100);
});

test("the rest of a large sheet joins its first images without losing or doubling anything", () => {
  const first = task("t1", 1, { phase: "waiting" });
  const sheet = createSheetStore(records([image(1)], [first]), false);
  const complete = sheet.beginReading();
  sheet.show({ tasks: [task("t3", 1, done(300))] });
  const ended = task("t1", 1, done(700));
  complete(records([image(1), image(2)], [ended, task("t2", 2, done(100))], 800));
  const state = sheet.store.getState();
  expect(state.order).toEqual(["i1", "i2"]);
  expect(state.tasks.get("i1")?.map(({ taskUuid }) => taskUuid)).toEqual(["t1", "t3"]);
  expect(state.tasks.get("i1")?.[0]?.state.phase).toBe("done");
  expect(state.spent.runware.microUsd).toBe(1100);
});

test("what is removed or brought back while the sheet is read stays so afterwards", () => {
  const removed = task("t1", 1, done(100));
  const mark = exampleMark({ id: "m1", imageId: "i1", deletedAt: 5 });
  const sheet = createSheetStore(
    { ...records([image(1), image(2)], [removed]), marks: [mark] },
    false,
  );
  const complete = sheet.beginReading();
  sheet.show({
    images: [{ ...image(2), deletedAt: 9 }],
    tasks: [{ ...removed, deletedAt: 9 }],
    marks: [{ ...mark, deletedAt: null }],
  });
  complete({ ...records([image(1), image(2), image(3)], [removed]), marks: [mark] });
  const state = sheet.store.getState();
  expect(state.order).toEqual(["i1", "i3"]);
  expect(state.tasks.get("i1") ?? []).toEqual([]);
  expect(state.marks.get("i1")).toHaveLength(1);
});

test("a file that turns out to be no image leaves the order", () => {
  const sheet = createSheetStore(records([image(1)], []), true);
  sheet.show({ images: [image(2)] });
  sheet.flush();
  expect(sheet.store.getState().order).toEqual(["i1", "i2"]);
  sheet.show({ dropped: ["i2"] });
  sheet.flush();
  expect(sheet.store.getState().order).toEqual(["i1"]);
});

function done(costMicroUsd: number | null): TaskState {
  return { phase: "done", answer: { kind: "caption", text: "x" }, source: "service", costMicroUsd };
}

function image(frame: number): SheetImage {
  return exampleImage({ id: `i${frame}`, frame });
}

function task(taskUuid: string, frame: number, state: TaskState): Task {
  const { times } = exampleTask();
  return exampleTask({
    taskUuid,
    imageId: `i${frame}`,
    state,
    times: { ...times, createdAt: Number(taskUuid.slice(1)) },
  });
}

function records(images: SheetImage[], tasks: Task[], runware = 0): SheetRecords {
  return {
    sheet: exampleSheet(),
    images,
    tasks,
    marks: [],
    pictures: [],
    skipped: [],
    spentMicroUsd: { sandbox: 0, runware, device: 0 },
    run: null,
  };
}

test("a run that an earlier page left is shown before an engine is there", () => {
  const sheet = exampleSheet();
  const rows = {
    sheet,
    images: [exampleImage()],
    marks: [],
    pictures: [],
    skipped: [],
    spentMicroUsd: { sandbox: 0, runware: 0, device: 0 },
  };
  const runOf = (left: Task, paused: boolean | null) => {
    const run = paused === null ? null : { sheetId: sheet.id, runId: "run", paused };
    return createSheetStore({ ...rows, tasks: [left], run }, true).store.getState().run;
  };
  expect(runOf(exampleTask(), true)).toMatchObject({ phase: "paused", stop: { kind: "person" } });
  expect(runOf(exampleTask(), false)).toMatchObject({ phase: "running", stop: null });
  expect(runOf(exampleTask(), null)).toMatchObject({ phase: "running", stop: null });
  expect(runOf(answeredTask(1900), true)).toMatchObject({ phase: "idle", stop: null });
});
