import { expect, test } from "vitest";
import { answeredTask, exampleImage, exampleSheet, exampleTask } from "#src/domain/example-rows.ts";
import type { Task } from "#src/domain/task.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import { blankStatus, type RunPlan, type RunQuestion } from "#src/runs/run-events.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createActions } from "./actions.ts";
import { createSheetChanges } from "./apply.ts";
import { createSheetStore } from "./sheet-store.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";

test("a model that nobody here knows is never asked, whoever named it", async () => {
  const started: RunQuestion[] = [];
  const { runs } = await overwritingRun([], (plan) => started.push(...plan.questions));
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
  expect(started.map(({ recipe }) => recipe.modelId)).toEqual(["runware:152@2"]);
});

async function overwritingRun(
  tasks: readonly Task[],
  onStart: (plan: RunPlan) => void = () => undefined,
) {
  const storage = createMemoryStorage();
  await storage.write({ sheets: [exampleSheet()], images: [exampleImage()], tasks });
  const records = await storage.readSheet("sheet");
  if (records === null) throw new Error("the sheet was not written");
  const sheetStore = createSheetStore(records, true);
  const cancelled: string[] = [];
  const engine: RunEngine = {
    open: () => () => undefined,
    start: async (plan) => {
      onStart(plan);
      return "again";
    },
    pause: () => undefined,
    lookAgain: () => undefined,
    resume: () => undefined,
    cancel: (_sheetId, runId) => void cancelled.push(runId ?? "all"),
    configure: () => undefined,
    status: blankStatus,
    subscribe: () => () => undefined,
    stop: async () => undefined,
  };
  let clock = 1_000;
  const now = () => (clock += 1);
  const undo = createUndoStack(now);
  const changes = createSheetChanges({ storage, sheetStore, channel: null, undo, now });
  const actions = createActions({
    storage,
    sheetStore,
    changes,
    undo,
    now,
    newId: () => crypto.randomUUID(),
    engine: async () => engine,
    intake: { addUnseen: async () => [], forget: async () => undefined },
  });
  const { runs } = actions;
  await runs.start({ askedBy: "caption", questions: [], reuse: false }, "asking again");
  const shown = (): string[] => {
    sheetStore.flush();
    return [...sheetStore.store.getState().tasks.values()].flat().map(({ taskUuid }) => taskUuid);
  };
  return { undo, shown, cancelled, sheetStore, runs, actions, changes, storage };
}

test("undoing a run returns at once, hides what it wrote, and hides what was sent when that ends", async () => {
  const before = answeredTask(1000, { taskUuid: "before" });
  const answered = answeredTask(1000, { taskUuid: "answered", runId: "again" });
  const sent = exampleTask({ taskUuid: "sent", runId: "again" });
  const { undo, shown, cancelled, sheetStore } = await overwritingRun([before, answered, sent]);
  // Would wait for ever: the task that is out never ends by itself here.
  await undo.undo();
  expect(cancelled).toEqual(["again"]);
  expect(shown().toSorted()).toEqual(["before", "sent"]);
  sheetStore.show({ tasks: [{ ...sent, state: answered.state }] });
  sheetStore.flush();
  await expect.poll(shown).toEqual(["before"]);
  await undo.redo();
  expect(shown().toSorted()).toEqual(["answered", "before", "sent"]);
});

test("what ends after the run was brought back stays shown", async () => {
  const sent = exampleTask({ taskUuid: "sent", runId: "again" });
  const { undo, shown, sheetStore } = await overwritingRun([sent]);
  await undo.undo();
  await undo.redo();
  sheetStore.show({ tasks: [{ ...sent, state: answeredTask(1000).state }] });
  sheetStore.flush();
  await Promise.resolve();
  expect(shown()).toEqual(["sent"]);
});

test("one's own older answer keeps its row and its cost when a file brings it back, and through its undo", async () => {
  const storage = createMemoryStorage();
  const sheet = exampleSheet({ keeping: "memory" });
  const images = [exampleImage()];
  const own = answeredTask(1900, { taskUuid: "older" });
  const removed = { ...answeredTask(700, { taskUuid: "removed" }), deletedAt: 5 };
  await storage.write({ sheets: [sheet], images, tasks: [own, removed] });
  const records = await storage.readSheet(sheet.id);
  if (records === null) throw new Error("the sheet is there");
  const sheetStore = createSheetStore(records, true);
  const undo = createUndoStack(() => 7);
  const now = () => 7;
  const { takeForeignRows: take } = createActions({
    storage,
    sheetStore,
    changes: createSheetChanges({ storage, sheetStore, channel: null, undo, now }),
    intake: { addUnseen: async () => [], forget: async () => undefined },
    engine: () => Promise.reject(new Error("nothing runs here")),
    undo,
    now,
    newId: () => crypto.randomUUID(),
  });
  const brought = (taskUuid: string) => answeredTask(0, { taskUuid });
  const counts = await take(
    {
      pictures: [],
      rows: () => ({ tasks: ["older", "removed", "new"].map(brought), marks: [] }),
    },
    "merging 1 file",
  );
  expect(counts).toEqual({ images: 0, tasks: 1, marks: 0 });
  const kept = () => storage.readTasks(sheet.id, ["older", "removed"]);
  expect(await kept()).toEqual([own, removed]);
  await undo.undo();
  expect(await kept()).toEqual([own, removed]);
  expect(await storage.readTasks(sheet.id, ["new"])).toMatchObject([{ deletedAt: 7 }]);
});
