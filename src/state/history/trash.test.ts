import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { openOf, setUp } from "#src/state/workspace-rig.ts";
import { lotText, readTrash, restoreLot } from "./trash.ts";

const edit = { kind: "edit", fieldId: "caption", text: "A boat." } as const;

test("what was removed in one go is one lot, newest first, of sheets that are still there", async () => {
  const disk = createMemoryStorage();
  await disk.write({
    sheets: [
      exampleSheet(),
      exampleSheet({ id: "gone", deletedAt: 8 }),
      // A file of which half was read as the tab was closed.
      exampleSheet({ id: "half", editedAt: 0, deletedAt: 7 }),
    ],
    images: [
      exampleImage(),
      exampleImage({ id: "b", deletedAt: 5 }),
      exampleImage({ id: "c", deletedAt: 5 }),
      exampleImage({ id: "d", sheetId: "gone", deletedAt: 3 }),
    ],
    tasks: [
      answeredTask(100, { taskUuid: "hidden", deletedAt: 9 }),
      exampleTask({ taskUuid: "unanswered", deletedAt: 9 }),
    ],
    marks: [
      exampleMark({ id: "mine", value: edit, deletedAt: 9 }),
      exampleMark({ id: "void", value: { kind: "void", why: "redone" }, deletedAt: 9 }),
    ],
  });
  const trash = await readTrash({ disk, memory: createMemoryStorage() });
  expect(trash.sheets.map(({ sheet }) => sheet.id)).toEqual(["gone"]);
  expect(trash.lots.map((lot) => [lot.at, lotText(lot)])).toEqual([
    [9, "1 answer and 1 edited text"],
    [5, "2 images"],
  ]);
});

test("what was removed is brought back on its own sheet after a reload, and not once it was purged", async () => {
  const before = await setUp();
  const { storages } = before;
  const image = exampleImage({ sheetId: "a" });
  const task = answeredTask(100, { sheetId: "a" });
  await storages.disk.write({
    sheets: [exampleSheet({ id: "a" }), exampleSheet({ id: "b" })],
    images: [image],
    tasks: [task],
  });
  await before.workspace.start("a");
  await openOf(before.workspace).images.remove([image.id]);
  const { workspace, services } = await setUp({ storages });
  await workspace.start("b");
  const [lot] = (await readTrash(storages)).lots;
  if (lot === undefined) throw new Error("nothing is in the trash");
  expect(await restoreLot(workspace, storages, lot)).toBe(true);
  const { sheet, order, tasks } = openOf(workspace).store.getState();
  expect([sheet.id, order, tasks.get(image.id)]).toEqual(["a", [image.id], [task]]);
  await services.undo.undo();
  await expect.poll(() => openOf(workspace).store.getState().order).toEqual([]);
  await workspace.freeSpace();
  expect(await restoreLot(workspace, storages, lot)).toBe(false);
  expect(openOf(workspace).store.getState().order).toEqual([]);
});
