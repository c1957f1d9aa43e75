import { expect, test } from "vitest";
import { answeredTask, exampleImage, exampleSheet } from "#src/domain/example-rows.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createTakeForeignRows } from "./foreign-rows.ts";
import { createSheetStore } from "./sheet-store.ts";
import { createSheetWriter } from "./sheet-writer.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";

test("the user's own older answer keeps its row and its cost when a file brings it back, and through its undo", async () => {
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
  const take = createTakeForeignRows({
    storage,
    sheetStore,
    writer: createSheetWriter({ storage, sheetStore, channel: null }),
    intake: { addUnseen: () => Promise.resolve([]) },
    undo,
    now: () => 7,
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
