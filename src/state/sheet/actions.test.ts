import { expect, test } from "vitest";
import { answeredTask, exampleImage, exampleSheet, exampleTask } from "#src/domain/example-rows.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { Task } from "#src/domain/task.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import { createActions } from "./actions.ts";
import { createSheetChanges } from "#src/state/history/changes.ts";
import { engineDouble } from "./open-rows.ts";
import { createSheetStore } from "./sheet-store.ts";

/** A sheet with one image and these tasks. */
async function rig(
  tasks: readonly Task[],
  change: (memory: Storage) => Partial<Storage> = () => ({}),
) {
  const memory = createMemoryStorage();
  await memory.write({ sheets: [exampleSheet()], images: [exampleImage()], tasks });
  const records = await memory.readSheet("sheet");
  if (records === null) throw new Error("the sheet was not written");
  const storage = { ...memory, ...change(memory) };
  const sheetStore = createSheetStore(records, true);
  const { engine, orders, plans } = engineDouble();
  let clock = 1_000;
  const now = () => (clock += 1);
  const undo = createUndoStack(now);
  undo.show("sheet");
  const changes = createSheetChanges({ storage, sheetStore, channel: null, undo, now });
  const actions = createActions({
    storage,
    sheetStore,
    changes,
    undo,
    preparer: () => Promise.reject(new Error("nothing is prepared here")),
    fileOf: async () => null,
    lastFields: { keep: () => undefined },
    now,
    newId: () => crypto.randomUUID(),
    engine: async () => engine,
    intake: { makeUnseen: async () => [], forget: async () => undefined },
  });
  const shown = (): string[] => {
    sheetStore.flush();
    return [...sheetStore.store.getState().tasks.values()].flat().map(({ taskUuid }) => taskUuid);
  };
  /** As the engine does with every step of a task. */
  const show = (task: Task): void => {
    sheetStore.show({ tasks: [task] });
    sheetStore.flush();
  };
  return { ...actions, undo, shown, show, orders, plans, sheetStore, storage };
}

/** The same, after a run that overwrites answers: its id is "run-1". */
async function overwritingRun(...of: Parameters<typeof rig>) {
  const made = await rig(...of);
  await made.runs.start({ askedBy: "caption", questions: [], reuse: false }, "asking again");
  return made;
}

const RUN = "run-1";

test("a model that nobody here knows is never asked, whoever named it", async () => {
  const { runs, plans } = await rig([]);
  const ask = (modelId: string) => ({
    imageId: "image",
    recipe: { ...exampleTask().recipe, modelId },
    repeat: 1,
  });
  await runs.start({
    askedBy: "compare",
    questions: [ask("stranger:1@1"), ask("runware:152@2")],
    reuse: false,
  });
  await runs.start({ askedBy: "compare", questions: [ask("stranger:1@1")], reuse: false });
  const asked = plans.flatMap(({ questions }) => questions.map(({ recipe }) => recipe.modelId));
  expect(asked).toEqual(["runware:152@2"]);
});

test("an image that is split is never asked about, whatever asks: its parts are", async () => {
  const { runs, plans, sheetStore } = await rig([]);
  const box = [0, 0, 1, 0.5] as const;
  const part = { kind: "part", of: "image", box, by: "split", fileName: "", folder: "" } as const;
  const source = { ...part, number: 1 };
  sheetStore.show({ images: [exampleImage({ id: "part", source })] });
  sheetStore.flush();
  const ask = (imageId: string) => ({ imageId, recipe: exampleTask().recipe, repeat: 1 });
  for (const questions of [[ask("image"), ask("part")], [ask("image")]])
    await runs.start({ askedBy: "compare", questions, reuse: false });
  expect(plans.map(({ questions }) => questions.map(({ imageId }) => imageId))).toEqual([["part"]]);
});

test("undoing a run returns at once, hides what it wrote, and hides what was sent when that ends", async () => {
  const before = answeredTask(1000, { taskUuid: "before" });
  const answered = answeredTask(1000, { taskUuid: "answered", runId: RUN });
  const sent = exampleTask({ taskUuid: "sent", runId: RUN });
  const { undo, shown, show, orders } = await overwritingRun([before, answered, sent]);
  // Would wait for ever: the task that is out never ends by itself here.
  await undo.undo();
  expect(orders.at(-1)).toBe("cancel sheet run-1");
  expect(shown().toSorted()).toEqual(["before", "sent"]);
  show({ ...sent, state: answered.state });
  await expect.poll(shown).toEqual(["before"]);
  await undo.redo();
  expect(shown().toSorted()).toEqual(["answered", "before", "sent"]);
});

test("what ends after the run was brought back stays shown", async () => {
  const sent = exampleTask({ taskUuid: "sent", runId: RUN });
  const { undo, shown, show } = await overwritingRun([sent]);
  await undo.undo();
  await undo.redo();
  show({ ...sent, state: answeredTask(1000).state });
  await Promise.resolve();
  expect(shown()).toEqual(["sent"]);
});

test("a sheet whose rows were let go of is read once to undo its run, however often it changes then", async () => {
  let reads = 0;
  const sent = [1, 2, 3].map((index) => exampleTask({ taskUuid: `sent-${index}`, runId: RUN }));
  const { undo, show, sheetStore, storage } = await overwritingRun(sent, (memory) => ({
    readSheet: (...which) => {
      reads += 1;
      return memory.readSheet(...which);
    },
  }));
  sheetStore.letGo();
  await undo.undo();
  const hidden = async () =>
    (
      await storage.readTasks(
        "sheet",
        sent.map(({ taskUuid }) => taskUuid),
      )
    ).filter(({ deletedAt }) => deletedAt !== null);
  for (const task of sent) show({ ...task, state: answeredTask(1000).state });
  await expect.poll(hidden).toHaveLength(3);
  expect(reads).toBe(1);
});

test("an answer of an undone run that could not be hidden is hidden with the next change", async () => {
  let isFull = false;
  const sent = exampleTask({ taskUuid: "sent", runId: RUN });
  const { undo, shown, show } = await overwritingRun([sent], (memory) => ({
    write: (rows) =>
      isFull ? Promise.reject(new FailureError({ kind: "storage-full" })) : memory.write(rows),
  }));
  await undo.undo();
  isFull = true;
  show({ ...sent, state: answeredTask(1000).state });
  isFull = false;
  expect(shown()).toEqual(["sent"]);
  const other = answeredTask(1000, { taskUuid: "other" });
  await expect
    .poll(() => {
      show(other);
      return shown();
    })
    .toEqual(["other"]);
});

test("one's own older answer keeps its row and its cost when a file brings it back, and through its undo", async () => {
  const own = answeredTask(1900, { taskUuid: "older" });
  const removed = { ...answeredTask(700, { taskUuid: "removed" }), deletedAt: 5 };
  const { takeForeignRows, undo, storage } = await rig([own, removed]);
  const brought = (taskUuid: string) => answeredTask(0, { taskUuid });
  const counts = await takeForeignRows(
    {
      pictures: [],
      rows: () => ({ tasks: ["older", "removed", "new"].map(brought), marks: [] }),
    },
    "merging 1 file",
  );
  expect(counts).toEqual({ images: 0, tasks: 1, marks: 0 });
  const kept = () => storage.readTasks("sheet", ["older", "removed"]);
  expect(await kept()).toEqual([own, removed]);
  await undo.undo();
  expect(await kept()).toEqual([own, removed]);
  expect(await storage.readTasks("sheet", ["new"])).toMatchObject([
    { deletedAt: expect.any(Number) },
  ]);
});
