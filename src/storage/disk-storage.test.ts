import "fake-indexeddb/auto";
import type * as v from "valibot";
import { openDB } from "idb";
import { expect, expectTypeOf, test } from "vitest";
import type { Failure } from "#src/domain/failure.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { MarkValue } from "#src/domain/mark.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import { openDiskStorage } from "./disk-storage.ts";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  examplePicture,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import type {
  failureSchema,
  imageSchema,
  markSchema,
  taskSchema,
  taskStateSchema,
} from "./row-schemas.ts";
import { storageFailure } from "./disk-transaction.ts";
import { createVersion1, createVersion3 } from "./testing/old-database.ts";

test("a damaged row is reported and left alone", async () => {
  const name = crypto.randomUUID();
  const storage = await openDiskStorage({ name, now: () => 1 });
  await storage.write({
    sheets: [exampleSheet(), exampleSheet({ id: "torn" })],
    images: [exampleImage(), exampleImage({ id: "bad", frame: 2 })],
    tasks: [exampleTask({ taskUuid: "good" }), exampleTask({ taskUuid: "bad" })],
    marks: [exampleMark(), exampleMark({ id: "bad" })],
  });
  const raw = await openDB(name);
  await raw.put("sheets", { id: "torn", name: 7 });
  await raw.put("images", { ...exampleImage({ id: "bad" }), source: { kind: "dream" } });
  await raw.put("tasks", { ...exampleTask({ taskUuid: "bad" }), holdMicroUsd: 0.5 });
  await raw.put("marks", { ...exampleMark({ id: "bad" }), at: "yesterday" });
  const records = await storage.readSheet("sheet");
  expect(records).toMatchObject({
    images: [{ id: "image" }],
    tasks: [{ taskUuid: "good" }],
    marks: [{ id: "mark" }],
    skipped: [
      { store: "images", key: "bad" },
      { store: "tasks", key: "bad" },
      { store: "marks", key: "bad" },
    ],
  });
  expect((await storage.listSheets()).skipped).toEqual([]);
  expect(await raw.get("tasks", ["sheet", "bad"])).toMatchObject({ holdMicroUsd: 0.5 });
  raw.close();
  storage.close();
});

const DAMAGED = ["damaged"];
test.each([
  ["name", { name: DAMAGED }],
  ["keeping", { keeping: DAMAGED }],
  ["fields", { fields: DAMAGED }],
  ["fields.0.recipe", { fields: [{ ...exampleSheet().fields[0], recipe: DAMAGED }] }],
  ["fields.0.checks", { fields: [{ ...exampleSheet().fields[0], checks: "all" }] }],
  ["run", { run: "damaged" }],
  ["run.mostInFlight", { run: { ...exampleSheet().run, mostInFlight: 99 } }],
  ["run.capMicroUsd", { run: { ...exampleSheet().run, capMicroUsd: "one dollar" } }],
  ["copySide", { copySide: 7 }],
  ["createdAt", { createdAt: DAMAGED }],
  ["deletedAt", { deletedAt: DAMAGED }],
])("a sheet with a damaged %s is still there, and says so", async (field, damage) => {
  const name = crypto.randomUUID();
  const storage = await openDiskStorage({ name, now: () => 1 });
  await storage.write({ sheets: [exampleSheet()], images: [exampleImage()] });
  const raw = await openDB(name);
  await raw.put("sheets", { ...exampleSheet(), ...damage });
  const listed = await storage.listSheets();
  expect(listed).toMatchObject({ sheets: [{ imageCount: 1 }], skipped: [] });
  const records = await storage.readSheet("sheet");
  expect(records?.images).toHaveLength(1);
  expect(records?.skipped).toMatchObject([{ store: "sheets", key: "sheet" }]);
  expect(records?.skipped[0]?.mended?.join()).toContain(field);
  const isCap = field === "run" || field === "run.capMicroUsd";
  expect((await storage.readRun("sheet"))?.sheet.run.capMicroUsd).toBe(isCap ? 0 : 1_000_000);
  raw.close();
  storage.close();
});

test("an image or a mark with a damaged detail is there without it; a damaged task is not mended", async () => {
  const name = crypto.randomUUID();
  const storage = await openDiskStorage({ name, now: () => 1 });
  await storage.write({ sheets: [exampleSheet()] });
  const raw = await openDB(name);
  await raw.put("images", { ...exampleImage(), addedAt: "yesterday" });
  await raw.put("marks", { ...exampleMark(), note: 7 });
  await raw.put("tasks", { ...exampleTask(), times: { ...exampleTask().times, endedAt: "soon" } });
  expect(await storage.readSheet("sheet")).toMatchObject({
    images: [{ id: "image", addedAt: 0 }],
    marks: [{ id: "mark", note: null }],
    tasks: [],
    skipped: [
      { store: "images", mended: ["addedAt"] },
      { store: "tasks", key: "task" },
      { store: "marks", mended: ["note"] },
    ],
  });
  expect(await storage.readImages(["image"])).toMatchObject([{ id: "image" }]);
  raw.close();
  storage.close();
});

test("what a damaged task holds stays held, as spent", async () => {
  const name = crypto.randomUUID();
  const storage = await openDiskStorage({ name, now: () => 1 });
  const sending = { phase: "sending", attempt: 1 } as const;
  const held = exampleTask({ taskUuid: "torn", state: sending, holdMicroUsd: 2_375 });
  await storage.write({ sheets: [exampleSheet()], tasks: [held] });
  const raw = await openDB(name);
  await raw.put("tasks", { ...held, state: { phase: "dreaming" }, open: 1 });
  expect(await storage.readRun("sheet")).toMatchObject({
    tasks: [],
    spentMicroUsd: { [held.purse]: 2_375 },
  });
  raw.close();
  storage.close();
});

test.each([
  ["too low", { sheetId: "sheet", purse: "runware", microUsd: 100 }],
  ["no number", { sheetId: "sheet", purse: "runware", microUsd: "a lot" }],
  ["negative", { sheetId: "sheet", purse: "runware", microUsd: -5000 }],
  ["gone", null],
])("a kept sum that is %s is recalculated from the tasks", async (_name, row) => {
  const name = crypto.randomUUID();
  const storage = await openDiskStorage({ name, now: () => 1 });
  await storage.write({
    sheets: [exampleSheet()],
    images: [exampleImage()],
    tasks: [
      answeredTask(1900, { taskUuid: "a" }),
      answeredTask(1300, { taskUuid: "b", deletedAt: 5 }),
    ],
  });
  const raw = await openDB(name);
  if (row === null) await raw.delete("totals", ["sheet", "runware"]);
  else await raw.put("totals", row);
  const spentOf = async () => [
    (await storage.readRun("sheet"))?.spentMicroUsd.runware,
    (await storage.readSheet("sheet"))?.spentMicroUsd.runware,
  ];
  expect(await spentOf()).toEqual([3200, 3200]);
  await storage.write({ tasks: [answeredTask(100, { taskUuid: "c" })] });
  expect(await spentOf()).toEqual([3300, 3300]);
  // What a purge takes away is in the sum before it goes.
  await storage.purge({ deletedBefore: 20 });
  expect(await spentOf()).toEqual([3300, 3300]);
  expect((await storage.listSheets()).sheets[0]?.spentMicroUsd.runware).toBe(3300);
  raw.close();
  storage.close();
});

test("a damaged task still shows what it cost", async () => {
  const name = crypto.randomUUID();
  const storage = await openDiskStorage({ name, now: () => 1 });
  await storage.write({ sheets: [exampleSheet()], tasks: [answeredTask(1900)] });
  const raw = await openDB(name);
  await raw.put("tasks", { ...answeredTask(1900), recipe: null });
  await raw.delete("totals", ["sheet", "runware"]);
  expect((await storage.readRun("sheet"))?.spentMicroUsd.runware).toBe(1900);
  raw.close();
  storage.close();
});

test("a database of version 1 opens, and its sheets know what they cost", async () => {
  const name = crypto.randomUUID();
  const old = await openDB(name, 1, { upgrade: createVersion1 });
  await old.put("sheets", exampleSheet());
  await old.put("images", exampleImage());
  await old.put("tasks", answeredTask(1900, { taskUuid: "a" }));
  await old.put("tasks", answeredTask(1300, { taskUuid: "b" }));
  await old.put("tasks", answeredTask(700, { taskUuid: "c", purse: "sandbox" }));
  await old.put("tasks", answeredTask(null, { taskUuid: "d" }));
  await old.put("tasks", exampleTask({ taskUuid: "e" }));
  old.close();
  const storage = await openDiskStorage({ name, now: () => 1 });
  const records = await storage.readSheet("sheet");
  expect(records?.tasks).toHaveLength(5);
  expect(records?.spentMicroUsd).toEqual({ sandbox: 700, runware: 3200, device: 0 });
  expect(records?.run).toBeNull();
  const openTasks = (await storage.readRun("sheet"))?.tasks.map(({ taskUuid }) => taskUuid);
  expect(openTasks?.toSorted()).toEqual(["d", "e"]);
  await storage.write({ tasks: [answeredTask(100, { taskUuid: "e" })] });
  expect((await storage.readSheet("sheet"))?.spentMicroUsd.runware).toBe(3300);
  storage.close();
});

test("a database of the previous version opens with its sums and open tasks, and keeps uploads", async () => {
  const name = crypto.randomUUID();
  const old = await openDB(name, 3, { upgrade: createVersion3 });
  await old.put("sheets", exampleSheet());
  await old.put("tasks", answeredTask(1900, { taskUuid: "a" }));
  await old.put("tasks", { ...exampleTask({ taskUuid: "b" }), open: 1 });
  await old.put("totals", { sheetId: "sheet", purse: "runware", microUsd: 5000 });
  old.close();
  const storage = await openDiskStorage({ name, now: () => 1 });
  expect((await storage.readSheet("sheet"))?.spentMicroUsd.runware).toBe(5000);
  expect((await storage.readRun("sheet"))?.tasks.map(({ taskUuid }) => taskUuid)).toEqual(["b"]);
  const place = { pictureHash: "hash", via: "direct", side: 1024, mount: null };
  const upload = { ...place, imageUuid: crypto.randomUUID(), width: 9, height: 6, usedAt: 1 };
  await storage.putPicture(examplePicture("hash"));
  await storage.putUpload(upload);
  expect(await storage.readUpload(place)).toEqual(upload);
  storage.close();
});

test("two tabs that write at the same time give every frame number and every place among the marks once", async () => {
  const name = crypto.randomUUID();
  const tabs = await Promise.all([1, 2].map(() => openDiskStorage({ name, now: () => 1 })));
  const rounds = Array.from({ length: 10 }, (_, at) => at);
  const firsts = await Promise.all(
    rounds.flatMap(() => tabs.map((tab) => tab.reserveFrames("sheet", 2))),
  );
  expect(firsts.toSorted((a, b) => a - b)).toEqual(firsts.map((_, at) => 2 * at + 1));
  const written = await Promise.all(
    rounds.flatMap((at) =>
      tabs.map((tab, of) =>
        tab.write({ marks: [{ ...exampleMark({ id: `${of}-${at}` }), seq: null }] }),
      ),
    ),
  );
  const places = written.flatMap(({ marks }) => marks.map(({ seq }) => seq));
  expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, at) => at + 1));
  for (const tab of tabs) tab.close();
});

test("what a newer app wrote into a row is still there after the row was written again", async () => {
  const name = crypto.randomUUID();
  const storage = await openDiskStorage({ name, now: () => 1 });
  await storage.write({ sheets: [exampleSheet()] });
  const raw = await openDB(name);
  const later = { mood: "calm" };
  await raw.put("images", { ...exampleImage(), later });
  await raw.put("tasks", { ...exampleTask(), later, open: 1 });
  await raw.put("marks", { ...exampleMark(), later });
  const read = await storage.readSheet("sheet");
  await storage.write({
    images: read?.images ?? [],
    tasks: (read?.tasks ?? []).map((task) => ({ ...task, state: { phase: "cancelled" } })),
    marks: read?.marks ?? [],
  });
  for (const store of ["images", "tasks", "marks"])
    expect(await raw.getAll(store)).toMatchObject([{ later }]);
  // That one belongs to the store itself, and was true of the earlier row.
  expect((await storage.readRun("sheet"))?.tasks).toEqual([]);
  raw.close();
  storage.close();
});

test("closes when another tab upgrades, says so, and stays closed", async () => {
  const name = crypto.randomUUID();
  let closed = 0;
  const storage = await openDiskStorage({ name, now: () => 1, onClosed: () => (closed += 1) });
  const newer = await openDB(name, 99);
  expect(closed).toBe(1);
  await expect(storage.write({ tasks: [exampleTask()] })).rejects.toMatchObject({
    failure: { kind: "storage-closed" },
  });
  newer.close();
});

test("a newer app's database is refused, not emptied", async () => {
  const name = crypto.randomUUID();
  (await openDB(name, 99)).close();
  await expect(openDiskStorage({ name, now: () => 1 })).rejects.toMatchObject({
    failure: { kind: "storage-newer" },
  });
});

test("a database that an older tab holds open says so, and opens once that tab releases it", async () => {
  const name = crypto.randomUUID();
  const old = await openDB(name, 1, { upgrade: createVersion1 });
  let blocked = 0;
  const opening = openDiskStorage({
    name,
    now: () => 1,
    onBlocked: () => {
      blocked += 1;
      old.close();
    },
  });
  (await opening).close();
  expect(blocked).toBe(1);
});

test("one row that cannot be written takes the whole write back", async () => {
  const storage = await openDiskStorage({ name: crypto.randomUUID(), now: () => 1 });
  await storage.write({ sheets: [exampleSheet()] });
  const unwritable = exampleTask({ taskUuid: "bad" });
  Reflect.set(unwritable, "state", () => "not a value that can be cloned");
  await expect(
    storage.write({ tasks: [exampleTask({ taskUuid: "good" }), unwritable] }, "strict"),
  ).rejects.toMatchObject({ failure: { kind: "storage-broken" } });
  expect((await storage.readSheet("sheet"))?.tasks).toEqual([]);
  storage.close();
});

test("a picture that no image ever named goes after its time; one that was just made stays", async () => {
  let now = 100;
  const storage = await openDiskStorage({ name: crypto.randomUUID(), now: () => now });
  await storage.putPicture(examplePicture("old"));
  now = 500;
  await storage.putPicture(examplePicture("new"));
  await storage.purge({ strayBefore: 300 });
  expect(await storage.readThumbnail("old")).toBeNull();
  expect(await storage.readThumbnail("new")).not.toBeNull();
  storage.close();
});

test("a copy that was lost is kept again when its picture comes again", async () => {
  const name = crypto.randomUUID();
  const storage = await openDiskStorage({ name, now: () => 1 });
  await storage.putPicture(examplePicture());
  const raw = await openDB(name);
  await raw.delete("copies", ["hash", 0]);
  raw.close();
  await storage.putPicture(examplePicture());
  expect(await storage.readCopy("hash", null)).toEqual(examplePicture().copy);
  storage.close();
});

test("a full disk is told apart from a broken one, whatever class the browser throws", () => {
  class QuotaExceededError extends Error {
    override name = "QuotaExceededError";
  }
  expect(storageFailure(new DOMException("", "QuotaExceededError")).failure.kind).toBe(
    "storage-full",
  );
  expect(storageFailure(new QuotaExceededError()).failure.kind).toBe("storage-full");
  expect(storageFailure(new DOMException("", "InvalidStateError")).failure.kind).toBe(
    "storage-closed",
  );
});

test("what can be written can be read: no case of a union is missing in its schema", () => {
  expectTypeOf<v.InferOutput<typeof failureSchema>>().toEqualTypeOf<Failure>();
  expectTypeOf<v.InferOutput<typeof taskStateSchema>>().toEqualTypeOf<TaskState>();
  expectTypeOf<
    v.InferOutput<v.ObjectSchema<typeof taskSchema.entries, undefined>>
  >().toEqualTypeOf<Task>();
  expectTypeOf<
    v.InferOutput<v.ObjectSchema<typeof imageSchema.entries, undefined>>
  >().toEqualTypeOf<SheetImage>();
  expectTypeOf<v.InferOutput<typeof markSchema.entries.value>>().toEqualTypeOf<MarkValue>();
});
