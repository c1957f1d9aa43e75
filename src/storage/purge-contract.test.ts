import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDiskStorage } from "./disk-storage.ts";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  examplePicture,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import { createMemoryStorage } from "./memory-storage.ts";
import type { ReuseQuestion, Storage } from "./storage.ts";
import { answerAsWebKit, answerWithEveryRow } from "./webkit-index-double.ts";

const QUESTION: ReuseQuestion = {
  pictureHash: "hash",
  modelId: "runware:152@2",
  prompt: "",
  sentSide: 1024,
  mount: null,
  purse: "runware",
};
const KEPT = {
  taskUuid: "task",
  answer: { kind: "caption", text: "A boat." },
  purse: "runware",
  answeredAt: 5,
} as const;

describe.each([
  ["disk", () => openDiskStorage({ name: crypto.randomUUID(), now: () => 1000 })],
  ["memory", async () => createMemoryStorage()],
] as const)("%s storage, purged", (_keeping, open) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await open();
  });
  afterEach(() => storage.close());

  test("a purge removes tombstoned images, and a picture when the last image that names it goes", async () => {
    await storage.putPicture(examplePicture());
    await storage.putCopy("hash", { side: 512, mount: null }, examplePicture("hash", 512).copy);
    await storage.write({
      sheets: [exampleSheet(), exampleSheet({ id: "second" })],
      images: [
        exampleImage({ id: "a", deletedAt: 5 }),
        exampleImage({ id: "b", frame: 2 }),
        exampleImage({ id: "c", sheetId: "second", deletedAt: 5 }),
      ],
      tasks: [answeredTask(1900, { imageId: "a" })],
      marks: [exampleMark({ imageId: "a" })],
      reusable: [{ question: QUESTION, answer: KEPT }],
    });
    // "b" carries no tombstone: its removal was undone.
    expect(await storage.purge({ imageIds: ["a", "b", "c"] })).toMatchObject({
      sheets: 0,
      images: 2,
    });
    expect(await storage.readSheet("sheet")).toMatchObject({
      images: [{ id: "b" }],
      tasks: [],
      marks: [],
      spentMicroUsd: { runware: 1900 },
    });
    expect(await storage.readThumbnail("hash")).not.toBeNull();
    await storage.write({ images: [exampleImage({ id: "b", frame: 2, deletedAt: 6 })] });
    await storage.purge({ imageIds: ["b"] });
    expect(await storage.readThumbnail("hash")).toBeNull();
    expect(await storage.readCopy("hash", null)).toBeNull();
    expect(await storage.readCopy("hash", { side: 512, mount: null })).toBeNull();
    expect(await storage.findReusable(QUESTION)).toBeNull();
    expect(await storage.readSpending()).toHaveLength(1);
  });

  test("a purged sheet takes its rows along and leaves the other's", async () => {
    await storage.write({
      sheets: [exampleSheet({ deletedAt: 5 }), exampleSheet({ id: "second" })],
      images: [exampleImage(), exampleImage({ id: "other", sheetId: "second" })],
      tasks: [exampleTask(), exampleTask({ sheetId: "second", imageId: "other" })],
    });
    const purged = await storage.purge({ sheetIds: ["sheet", "second"] });
    expect(purged).toMatchObject({ sheets: 1, images: 1 });
    expect(await storage.readSheet("sheet")).toBeNull();
    expect(await storage.readTasks("sheet", ["task"])).toEqual([]);
    expect((await storage.readSheet("second"))?.tasks).toHaveLength(1);
  });

  test("a removed image stays while a task of it is out, and goes once that has ended", async () => {
    const out = exampleTask({ state: { phase: "sending", attempt: 1 }, holdMicroUsd: 2375 });
    await storage.putPicture(examplePicture());
    await storage.write({
      sheets: [exampleSheet()],
      images: [exampleImage({ deletedAt: 5 })],
      tasks: [out, answeredTask(100, { taskUuid: "other" })],
    });
    const target = { deletedBefore: 20, imageIds: ["image"] };
    expect(await storage.purge(target)).toEqual({ sheets: 0, images: 0, awaited: 1 });
    expect((await storage.readRun("sheet"))?.tasks).toEqual([out]);
    expect(await storage.readImages(["image"])).toEqual([exampleImage({ deletedAt: 5 })]);
    expect(await storage.readCopy("hash", null)).not.toBeNull();
    await storage.write({ tasks: [answeredTask(1900)] });
    expect(await storage.purge(target)).toEqual({ sheets: 0, images: 1, awaited: 0 });
    const kept = await storage.readSheet("sheet");
    expect([kept?.images, kept?.tasks, kept?.spentMicroUsd.runware]).toEqual([[], [], 2000]);
    expect(await storage.readCopy("hash", null)).toBeNull();
  });

  test("an answer hidden while its task is out stays until that has ended", async () => {
    const out = exampleTask({ state: { phase: "polling", attempt: 1 }, deletedAt: 5 });
    await storage.write({ sheets: [exampleSheet()], images: [exampleImage()], tasks: [out] });
    await storage.purge({ deletedBefore: 20 });
    expect(await storage.readTasks("sheet", ["task"])).toEqual([out]);
    await storage.write({ tasks: [answeredTask(1900, { deletedAt: 5 })] });
    await storage.purge({ deletedBefore: 20 });
    expect(await storage.readTasks("sheet", ["task"])).toEqual([]);
  });

  test("what may have been charged keeps its hold when its image goes, and loses its words", async () => {
    const failure = { kind: "offline" } as const;
    const unsettled = exampleTask({ state: { phase: "unsettled", failure }, holdMicroUsd: 2375 });
    await storage.write({
      sheets: [exampleSheet()],
      images: [exampleImage({ deletedAt: 5 })],
      tasks: [unsettled, answeredTask(null, { taskUuid: "unpriced", holdMicroUsd: 600 })],
    });
    expect(await storage.purge({ deletedBefore: 20 })).toMatchObject({ images: 1, awaited: 0 });
    expect(await storage.readImages(["image"])).toEqual([null]);
    expect((await storage.readRun("sheet"))?.tasks).toMatchObject([
      { state: { phase: "unsettled" }, holdMicroUsd: 2375 },
      { state: { phase: "empty", costMicroUsd: null }, holdMicroUsd: 600 },
    ]);
  });

  test("a deleted sheet stays while what it sent is looked for, and no longer", async () => {
    const sent = { ...exampleTask().times, firstSentAt: 100, sentAt: 100 };
    const out = exampleTask({ state: { phase: "sending", attempt: 1 }, times: sent });
    await storage.write({
      sheets: [exampleSheet({ deletedAt: 5 })],
      images: [exampleImage({ deletedAt: 5 })],
      tasks: [out, exampleTask({ taskUuid: "waits" })],
    });
    const purge = (sentBefore: number) => storage.purge({ deletedBefore: 20, sentBefore });
    expect(await purge(50)).toEqual({ sheets: 0, images: 0, awaited: 1 });
    expect((await storage.readSheet("sheet"))?.tasks).toHaveLength(2);
    expect(await purge(150)).toEqual({ sheets: 1, images: 1, awaited: 0 });
    expect(await storage.readSheet("sheet")).toBeNull();
  });

  test("a purge by age leaves what is younger, and what is not removed", async () => {
    await storage.write({
      sheets: [exampleSheet(), exampleSheet({ id: "old", deletedAt: 10 })],
      images: [exampleImage({ id: "young", deletedAt: 30 }), exampleImage({ id: "lives" })],
      tasks: [answeredTask(100, { imageId: "lives", deletedAt: 10 })],
      marks: [exampleMark({ imageId: "lives", deletedAt: 10 }), exampleMark({ id: "m2" })],
    });
    await storage.purge({ deletedBefore: 20 });
    const kept = await storage.readSheet("sheet");
    expect(kept?.images.map(({ id }) => id).toSorted()).toEqual(["lives", "young"]);
    expect(kept?.tasks).toEqual([]);
    expect(kept?.marks.map(({ id }) => id)).toEqual(["m2"]);
    expect(await storage.readSheet("old")).toBeNull();
  });
});

describe("if the browser's indexes hold null, as WebKit's do", () => {
  let storage: Storage;
  let undo: () => void;
  beforeEach(async () => {
    storage = await openDiskStorage({ name: crypto.randomUUID(), now: () => 1000 });
    undo = answerAsWebKit();
  });
  afterEach(() => {
    undo();
    storage.close();
  });

  test("a purge by age takes nothing that is not removed", async () => {
    await storage.write({
      sheets: [exampleSheet(), exampleSheet({ id: "old", deletedAt: 10 })],
      images: [exampleImage(), exampleImage({ id: "gone", frame: 2, deletedAt: 10 })],
      tasks: [
        answeredTask(1900),
        answeredTask(1900, { taskUuid: "gone", deletedAt: 10 }),
        exampleTask({ taskUuid: "waiting" }),
      ],
      marks: [exampleMark(), exampleMark({ id: "gone", deletedAt: 10 })],
    });
    for (let start = 0; start < 3; start += 1)
      await storage.purge({ deletedBefore: 20, strayBefore: 20 });
    const kept = await storage.readSheet("sheet");
    expect(kept?.images.map(({ id }) => id)).toEqual(["image"]);
    expect(kept?.tasks.map(({ taskUuid }) => taskUuid)).toEqual(["waiting", "task"]);
    expect(kept?.marks.map(({ id }) => id)).toEqual(["mark"]);
    expect(await storage.readSheet("old")).toBeNull();
  });

  test("the images that are not removed are counted", async () => {
    await storage.write({
      sheets: [exampleSheet()],
      images: [exampleImage({ id: "a" }), exampleImage({ id: "b", deletedAt: 3 })],
    });
    expect((await storage.listSheets()).sheets[0]?.imageCount).toBe(1);
  });
});

test("a purge deletes a row for its own tombstone, not for what an index says about it", async () => {
  const storage = await openDiskStorage({ name: crypto.randomUUID(), now: () => 1000 });
  await storage.write({
    sheets: [exampleSheet()],
    images: [exampleImage()],
    tasks: [exampleTask()],
    marks: [exampleMark()],
  });
  const undo = answerWithEveryRow();
  const purged = await storage.purge({ deletedBefore: 20 });
  undo();
  expect(purged).toMatchObject({ sheets: 0, images: 0 });
  const kept = await storage.readSheet("sheet");
  expect([kept?.images.length, kept?.tasks.length, kept?.marks.length]).toEqual([1, 1, 1]);
  storage.close();
});
