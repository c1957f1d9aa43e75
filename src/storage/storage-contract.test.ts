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
import { loadOnce } from "#src/lib/load-once.ts";
import { lateMemoryStorage } from "./late-storage.ts";
import { createMemoryStorage } from "./memory-storage.ts";
import type { ReuseQuestion, Storage } from "./storage.ts";

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
  ["disk", () => openDiskStorage({ name: crypto.randomUUID(), now: () => 9000 })],
  ["memory", async () => createMemoryStorage(() => 9000)],
  ["memory", async () => lateMemoryStorage(loadOnce(async () => createMemoryStorage(() => 9000)))],
] as const)("%s storage", (keeping, open) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await open();
  });
  afterEach(() => storage.close());

  test("a sheet was edited when an image, an answer or a mark of it changed; a deleted one was not", async () => {
    const sheets = ["idle", "image", "task", "mark", "just"].map((id) =>
      exampleSheet({ id, editedAt: id === "just" ? 8500 : 5 }),
    );
    await storage.write({
      sheets: [...sheets, exampleSheet({ id: "gone", editedAt: 5, deletedAt: 6 })],
    });
    await storage.write({
      images: [exampleImage({ sheetId: "image" }), exampleImage({ id: "b", sheetId: "gone" })],
    });
    await storage.write({ tasks: [exampleTask({ sheetId: "task" })] });
    await storage.write({
      marks: [exampleMark({ sheetId: "mark" }), exampleMark({ id: "m", sheetId: "just" })],
    });
    const listed = (await storage.listSheets()).sheets.map(({ sheet }) => [
      sheet.id,
      sheet.editedAt,
    ]);
    expect(Object.fromEntries(listed)).toEqual({
      idle: 5,
      image: 9000,
      task: 9000,
      mark: 9000,
      just: 8500,
      gone: 5,
    });
  });

  test("what was removed is read from all sheets, and nothing else", async () => {
    await storage.write({
      sheets: [exampleSheet(), exampleSheet({ id: "other" })],
      images: [exampleImage(), exampleImage({ id: "gone", sheetId: "other", deletedAt: 4 })],
      tasks: [answeredTask(9, { taskUuid: "gone", deletedAt: 5 }), exampleTask()],
      marks: [exampleMark(), exampleMark({ id: "gone", deletedAt: 6 })],
    });
    const { images, tasks, marks } = await storage.readRemoved();
    expect(images.map(({ id, sheetId }) => [sheetId, id])).toEqual([["other", "gone"]]);
    expect(tasks.map(({ taskUuid }) => taskUuid)).toEqual(["gone"]);
    expect(marks.map(({ id }) => id)).toEqual(["gone"]);
    await storage.purge({ deletedBefore: 10 });
    expect(await storage.readRemoved()).toEqual({ images: [], tasks: [], marks: [] });
  });

  test("marks get their places as they are written, and keep them", async () => {
    const unwritten = (id: string) => ({ ...exampleMark({ id, at: 5 }), seq: null });
    const { marks } = await storage.write({
      sheets: [exampleSheet()],
      marks: [unwritten("z"), unwritten("y")],
    });
    expect(marks.map(({ id, seq }) => [id, seq])).toEqual([
      ["z", 1],
      ["y", 2],
    ]);
    const [first] = marks;
    if (first !== undefined) await storage.write({ marks: [{ ...first, deletedAt: 9 }] });
    // Another sheet has its own order.
    await storage.write({ marks: [{ ...unwritten("b"), sheetId: "other" }] });
    // Made before them by the clock of another device, and written after them.
    await storage.write({ marks: [{ ...unwritten("a"), at: 1 }] });
    const read = await storage.readSheet("sheet");
    expect(read?.marks.map(({ id, seq }) => [id, seq])).toEqual([
      ["z", 1],
      ["y", 2],
      ["a", 3],
    ]);
  });

  test("a frame number is given out once, and never one that an image has", async () => {
    expect(await storage.reserveFrames("sheet", 3)).toBe(1);
    expect(await storage.reserveFrames("sheet", 1)).toBe(4);
    await storage.write({ images: [exampleImage({ frame: 9, deletedAt: 4 })] });
    expect(await storage.reserveFrames("sheet", 2)).toBe(10);
    expect(await storage.reserveFrames("sheet", 1)).toBe(12);
    expect(await storage.reserveFrames("other", 1)).toBe(1);
  });

  test("frame numbers that nobody has are given out again, unless others followed them", async () => {
    expect(await storage.reserveFrames("sheet", 5)).toBe(1);
    expect(await storage.reserveFrames("sheet", 0, { first: 3, last: 5 })).toBe(3);
    expect(await storage.reserveFrames("sheet", 4)).toBe(3);
    expect(await storage.reserveFrames("sheet", 1, { first: 1, last: 2 })).toBe(7);
    await storage.write({ images: [exampleImage({ frame: 6, deletedAt: 4 })] });
    expect(await storage.reserveFrames("sheet", 1, { first: 4, last: 7 })).toBe(7);
  });

  test("gives back what was written, images by frame and tasks by creation", async () => {
    await storage.write({
      sheets: [exampleSheet()],
      images: [exampleImage({ id: "b", frame: 2 }), exampleImage({ id: "a", frame: 1 })],
      tasks: [
        answeredTask(1900, { taskUuid: "later", imageId: "a" }),
        exampleTask({ taskUuid: "earlier", imageId: "b" }),
      ],
      marks: [exampleMark({ imageId: "a" })],
      runs: [{ sheetId: "sheet", runId: "run", paused: true }],
    });
    await storage.putPicture(examplePicture());
    expect(storage.keeping).toBe(keeping);
    expect(await storage.readSheet("sheet")).toEqual({
      sheet: exampleSheet(),
      images: [exampleImage({ id: "a", frame: 1 }), exampleImage({ id: "b", frame: 2 })],
      tasks: [
        exampleTask({ taskUuid: "earlier", imageId: "b" }),
        answeredTask(1900, { taskUuid: "later", imageId: "a" }),
      ],
      marks: [exampleMark({ imageId: "a" })],
      pictures: [examplePicture().facts],
      spentMicroUsd: { sandbox: 0, runware: 1900, device: 0 },
      run: { sheetId: "sheet", runId: "run", paused: true },
      skipped: [],
    });
    expect(await storage.readSheet("other")).toBeNull();
  });

  test("reads the first images of a large sheet with what belongs to them, and that a run is under way", async () => {
    const frames = Array.from({ length: 900 }, (_, at) => at + 1);
    await storage.write({
      sheets: [exampleSheet()],
      images: frames.map((frame) => exampleImage({ id: `i${frame}`, frame })),
      tasks: frames.map((frame) =>
        frame === 800
          ? exampleTask({ taskUuid: "waits", imageId: "i800" })
          : answeredTask(1900, { taskUuid: `t${frame}`, imageId: `i${frame}` }),
      ),
      marks: [exampleMark({ imageId: "i2" }), exampleMark({ id: "m2", imageId: "i500" })],
    });
    const part = await storage.readSheet("sheet", { firstImages: 3 });
    expect(part?.images.map(({ id }) => id)).toEqual(["i1", "i2", "i3"]);
    expect(part?.tasks.map(({ imageId }) => imageId).toSorted()).toEqual([
      "i1",
      "i2",
      "i3",
      "i800",
    ]);
    expect(part?.marks.map(({ id }) => id)).toEqual(["mark"]);
    const whole = await storage.readSheet("sheet");
    expect([whole?.images.length, whole?.tasks.length, whole?.marks.length]).toEqual([900, 900, 2]);
  });

  test("finds the facts of every picture, even if there are more than one page holds", async () => {
    const frames = Array.from({ length: 900 }, (_, at) => at + 1);
    await storage.write({
      sheets: [exampleSheet()],
      images: frames.map((frame) =>
        exampleImage({
          id: `i${frame}`,
          frame,
          preparation: { phase: "ready", pictureHash: `h${frame}` },
        }),
      ),
    });
    for (const frame of frames) await storage.putPicture(examplePicture(`h${frame}`));
    const records = await storage.readSheet("sheet");
    expect(records?.pictures).toHaveLength(900);
    expect(records?.skipped).toEqual([]);
  });

  test("finds rows by id, in the order asked", async () => {
    await storage.write({
      images: [exampleImage({ id: "a" }), exampleImage({ id: "b" })],
      tasks: [exampleTask({ taskUuid: "x" }), exampleTask({ taskUuid: "y" })],
    });
    const images = await storage.readImages(["b", "none", "a"]);
    expect(images.map((image) => image?.id)).toEqual(["b", undefined, "a"]);
    const tasks = await storage.readTasks("sheet", ["y", "none", "x"]);
    expect(tasks.map(({ taskUuid }) => taskUuid)).toEqual(["y", "x"]);
  });

  test("the same answer written again, or hidden, changes no sum", async () => {
    await storage.write({ sheets: [exampleSheet()], tasks: [answeredTask(1900)] });
    await storage.write({ tasks: [answeredTask(1900)] });
    await storage.write({ tasks: [answeredTask(1900, { deletedAt: 9 })] });
    expect(await storage.readSpending()).toEqual([
      {
        day: "2026-03-01",
        modelId: "runware:152@2",
        purse: "runware",
        microUsd: 1900,
        answers: 1,
        unknown: 0,
      },
    ]);
    expect((await storage.listSheets()).sheets[0]?.spentMicroUsd.runware).toBe(1900);
  });

  test("purses are never mixed; unknown costs are counted separately; reuse costs nothing", async () => {
    const reused = answeredTask(0, { taskUuid: "reused" });
    await storage.write({
      sheets: [exampleSheet()],
      tasks: [
        answeredTask(1900, { taskUuid: "real" }),
        answeredTask(700, { taskUuid: "simulated", purse: "sandbox" }),
        answeredTask(null, { taskUuid: "unknown" }),
        {
          ...reused,
          state: {
            phase: "done",
            answer: KEPT.answer,
            source: "reused",
            costMicroUsd: 0,
          },
        },
      ],
    });
    const spending = await storage.readSpending();
    expect(spending).toHaveLength(2);
    expect(spending.find(({ purse }) => purse === "runware")).toMatchObject({
      microUsd: 1900,
      answers: 2,
      unknown: 1,
    });
    expect((await storage.readSheet("sheet"))?.spentMicroUsd).toEqual({
      sandbox: 700,
      runware: 1900,
      device: 0,
    });
    expect(await storage.readSeenPrices()).toHaveLength(2);
  });

  test("answers paid for elsewhere join the sheet's sum, not this device's", async () => {
    const spentElsewhere = [{ sheetId: "sheet", purse: "runware", microUsd: 600 }] as const;
    const sheets = [exampleSheet()];
    await storage.write({ sheets, tasks: [answeredTask(1900)], paidElsewhere: true });
    await storage.write({ spentElsewhere });
    expect((await storage.readSheet("sheet"))?.spentMicroUsd.runware).toBe(2500);
    expect(await storage.readSpending()).toEqual([]);
    expect(await storage.readSeenPrices()).toEqual([]);
  });

  test("keeps the latest fifty prices of a model, with the time each took", async () => {
    for (let price = 1; price <= 60; price += 1)
      await storage.write({ tasks: [answeredTask(price, { taskUuid: `t${price}` })] });
    const seen = await storage.readSeenPrices();
    expect(seen).toHaveLength(50);
    expect(seen[0]?.microUsd).toBe(11);
    expect(seen.at(-1)).toEqual({
      modelId: "runware:152@2",
      purse: "runware",
      microUsd: 60,
      milliseconds: 2000,
    });
  });

  test("an answer is reused only for the same question", async () => {
    await storage.write({ reusable: [{ question: QUESTION, answer: KEPT }] });
    const other: ReuseQuestion[] = [
      { ...QUESTION, pictureHash: "other" },
      { ...QUESTION, modelId: "runware:150@2" },
      { ...QUESTION, prompt: null },
      { ...QUESTION, sentSide: 512, mount: null },
      { ...QUESTION, purse: "sandbox" },
    ];
    expect(await storage.findReusable(QUESTION)).toEqual(KEPT);
    expect(await storage.findReusables([...other, QUESTION])).toEqual([
      ...other.map(() => null),
      KEPT,
    ]);
  });

  test("keeps a picture once, and the larger copy of two", async () => {
    await storage.putPicture(examplePicture("hash", 1536));
    await storage.putPicture(examplePicture("hash", 1024));
    expect((await storage.readCopy("hash", null))?.width).toBe(1536);
    await storage.putPicture(examplePicture("hash", 2048));
    expect(await storage.readCopy("hash", null)).toEqual(examplePicture("hash", 2048).copy);
    expect((await storage.readThumbnail("hash"))?.width).toBe(320);
    await storage.putCopy("hash", { side: 512, mount: null }, examplePicture("hash", 512).copy);
    expect((await storage.readCopy("hash", { side: 512, mount: null }))?.width).toBe(512);
    expect(await storage.readCopy("hash", { side: 768, mount: null })).toBeNull();
    expect(await storage.readThumbnail("none")).toBeNull();
  });

  test("adds to a picture what it looks like, and brings none back for that", async () => {
    const picture = examplePicture("hash");
    await storage.putPicture({ ...picture, facts: { ...picture.facts, perceptualHash: null } });
    await storage.write({
      sheets: [exampleSheet()],
      images: [exampleImage({ preparation: { phase: "ready", pictureHash: "hash" } })],
    });
    const perceptualHash = "a5c3ffee12345678";
    await storage.putPerceptualHash("hash", perceptualHash);
    await storage.putPerceptualHash("gone", perceptualHash);
    expect((await storage.readSheet("sheet"))?.pictures).toEqual([
      { ...picture.facts, perceptualHash },
    ]);
    expect(await storage.readThumbnail("hash")).toEqual(picture.thumbnail);
    expect(await storage.readThumbnail("gone")).toBeNull();
  });

  test("gives a run the tasks with loose ends, and what the sheet cost", async () => {
    await storage.write({
      sheets: [exampleSheet()],
      tasks: [
        answeredTask(1900, { taskUuid: "done" }),
        answeredTask(null, { taskUuid: "unknown" }),
        exampleTask({ taskUuid: "waiting" }),
        exampleTask({ taskUuid: "ended" }),
        exampleTask({ taskUuid: "elsewhere", sheetId: "second" }),
      ],
      runs: [{ sheetId: "sheet", runId: "run", paused: true }],
    });
    await storage.write({
      tasks: [exampleTask({ taskUuid: "ended", state: { phase: "cancelled" } })],
    });
    expect(await storage.readRun("sheet")).toEqual({
      sheet: exampleSheet({ editedAt: 9000 }),
      tasks: [exampleTask({ taskUuid: "waiting" }), answeredTask(null, { taskUuid: "unknown" })],
      spentMicroUsd: { sandbox: 0, runware: 1900, device: 0 },
      run: { sheetId: "sheet", runId: "run", paused: true },
    });
    expect(await storage.readRun("other")).toBeNull();
  });

  test("counts images that are not removed", async () => {
    await storage.write({
      sheets: [exampleSheet()],
      images: [exampleImage({ id: "a" }), exampleImage({ id: "b", deletedAt: 3 })],
    });
    expect((await storage.listSheets()).sheets[0]?.imageCount).toBe(1);
  });
});
