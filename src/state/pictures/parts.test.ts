import { expect, test } from "vitest";
import {
  answeredTask,
  exampleImage,
  examplePicture,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import { frameText } from "#src/domain/frame.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName } from "#src/domain/image.ts";
import type { Task } from "#src/domain/task.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import { createSheetChanges } from "#src/state/history/changes.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";
import { createActions } from "#src/state/sheet/actions.ts";
import { engineDouble } from "#src/state/sheet/open-rows.ts";
import { createSheetStore } from "#src/state/sheet/sheet-store.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { longImages, partHash } from "./parts.ts";

const LONG = { width: 1080, height: 15_000 };

/** A sheet with a long screenshot and a photograph; its preparer notes what it cuts from which blob. */
async function rig(
  file: File | null,
  copy = { width: 110, height: 1536 },
  tasks: readonly Task[] = [],
) {
  const storage = createMemoryStorage();
  const sheet = exampleSheet({ keeping: "memory" });
  const long = { ...examplePicture("long").facts, ...LONG };
  const images = [
    exampleImage({
      id: "long",
      frame: 12,
      source: { kind: "file", fileName: "photo.jpg", folder: "trip" },
      preparation: { phase: "ready", pictureHash: "long" },
    }),
    exampleImage({ id: "other", frame: 13 }),
  ];
  const pictures = [long, examplePicture("hash").facts];
  const picture = examplePicture("long");
  await storage.putPicture({ ...picture, copy: { ...picture.copy, ...copy }, facts: long });
  await storage.write({ sheets: [sheet], images });
  const spentMicroUsd = { sandbox: 0, runware: 0, device: 0 };
  const records = { sheet, images, pictures, tasks: [...tasks], marks: [], skipped: [], run: null };
  const sheetStore = createSheetStore({ ...records, spentMicroUsd }, true);
  const { engine, orders } = engineDouble();
  const undo = createUndoStack(() => 7);
  undo.show("sheet");
  const cut: Blob[] = [];
  const prepare: ImagePreparer["prepare"] = async (blob, { box }) => {
    cut.push(blob);
    const made = examplePicture("long", 512);
    const [, , width = 1, height = 1] = box ?? [];
    return { ...made, facts: { ...made.facts, width: width * 1080, height: height * 15_000 } };
  };
  const { images: acts } = createActions({
    storage,
    sheetStore,
    changes: createSheetChanges({ storage, sheetStore, channel: null, undo, now: () => 9 }),
    undo,
    preparer: async () => ({ prepare }),
    fileOf: async () => file,
    lastFields: { keep: () => undefined },
    now: () => 9,
    newId: () => crypto.randomUUID(),
    engine: async () => engine,
    intake: { makeUnseen: async () => [], forget: async () => undefined },
  });
  const state = () => {
    sheetStore.flush();
    return sheetStore.store.getState();
  };
  const shown = () => {
    const { order, images: all } = state();
    return order.flatMap((id) => {
      const image = all.get(id);
      return image === undefined ? [] : `${frameText(image)} ${imageName(image)}`;
    });
  };
  return { storage, acts, undo, cut, state, shown, orders };
}

const WHOLE = ["12 photo.jpg", "13 boat.jpg"];
const SPLIT = [
  "12 photo.jpg",
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `12·${number} photo.jpg#${number}`),
  "13 boat.jpg",
];

test("a long image is split into parts that stand behind it, with one undo", async () => {
  const file = new File(["pixels"], "photo.jpg");
  const { acts, undo, cut, state, shown, storage } = await rig(file);
  expect([...longImages(state()).keys()]).toEqual(["long"]);
  expect(await acts.split(["long", "other"])).toEqual({ parts: 8, withoutFile: [] });
  expect(shown()).toEqual(SPLIT);
  expect(cut.every((blob) => blob === file)).toBe(true);
  const part = [...state().images.values()].find(({ source }) => source.kind === "part");
  if (part?.source.kind !== "part" || part.preparation.phase !== "ready")
    throw new Error("no part");
  expect(part.source).toMatchObject({ of: "long", by: "split", folder: "trip" });
  expect(part.preparation.pictureHash).toBe(await partHash("long", part.source.box));
  expect(state().pictures.get(part.preparation.pictureHash)).toMatchObject({ width: 1080 });
  expect(await storage.readCopy(part.preparation.pictureHash, null)).not.toBeNull();
  expect(longImages(state()).size).toBe(0);
  expect(await acts.split(["long"])).toMatchObject({ parts: 0 });
  await undo.undo();
  expect(shown()).toEqual(WHOLE);
  await undo.redo();
  expect(shown()).toEqual(SPLIT);
});

test("parts go and come back with their image", async () => {
  const { acts, undo, shown } = await rig(new File(["pixels"], "photo.jpg"));
  await acts.split(["long"]);
  await acts.remove(["long"]);
  expect(shown()).toEqual(["13 boat.jpg"]);
  await undo.undo();
  expect(shown()).toEqual(SPLIT);
});

test("parts go for good with their image, whichever was removed first", async () => {
  const { acts, state, storage } = await rig(new File(["pixels"], "photo.jpg"));
  await acts.split(["long"]);
  const parts = [...state().images.values()].filter(({ source }) => source.kind === "part");
  const hashes = parts.flatMap((image) => pictureHashOf(image) ?? []);
  expect(new Set(hashes).size).toBe(8);
  await acts.remove([parts[0]?.id ?? ""]);
  await acts.remove(["long"]);
  expect(await storage.purge({ deletedBefore: 10 })).toMatchObject({ images: 9 });
  expect((await storage.readSheet("sheet"))?.images.map(({ id }) => id)).toEqual(["other"]);
  for (const hash of ["long", ...hashes]) expect(await storage.readCopy(hash, null)).toBeNull();
});

test("parts are made from the copy if that is as large as the file, and not if it is smaller", async () => {
  const { acts, cut, shown } = await rig(null, LONG);
  await acts.split(["long"]);
  expect(shown()).toEqual(SPLIT);
  expect(cut.every((blob) => blob.type === "image/jpeg" && blob.size === 3)).toBe(true);
  const small = await rig(null);
  expect(await small.acts.split(["long"])).toMatchObject({
    parts: 0,
    withoutFile: [{ id: "long" }],
  });
  expect(small.shown()).toEqual(WHOLE);
  // As of a file that was moved since it was added.
  const moved = new File(["pixels"], "photo.jpg");
  const gone = new Blob();
  gone.arrayBuffer = () => Promise.reject(new Error("not found"));
  moved.slice = () => gone;
  const without = await rig(moved);
  expect(await without.acts.split(["long"])).toMatchObject({ withoutFile: [{ id: "long" }] });
});

test("what was asked of an image and has not been sent is taken back once it is split", async () => {
  const asked = (taskUuid: string, change: Partial<Task> = {}) =>
    exampleTask({ taskUuid, imageId: "long", state: { phase: "waiting" }, ...change });
  const { times } = answeredTask(1_300);
  const { acts, orders } = await rig(new File(["pixels"], "photo.jpg"), undefined, [
    asked("waits"),
    asked("compared", { askedBy: "compare" }),
    asked("sent", { times: { ...times, endedAt: null } }),
    asked("other", { imageId: "other" }),
    answeredTask(1_300, { taskUuid: "answered", imageId: "long" }),
  ]);
  await acts.split(["long", "other"]);
  expect(orders).toEqual(["cancel waiting sheet waits compared"]);
});
