import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import { answeredTask, exampleImage, examplePicture } from "#src/domain/example-rows.ts";
import { FailureError } from "#src/domain/failure.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { FoundFile } from "./found-file.ts";
import { fixFrames } from "./frame-numbers.ts";
import { type OfferedFile } from "./intake.ts";
import { createGate, rig } from "./intake-rig.ts";

function files(...names: string[]): OfferedFile[] {
  return names.map((name) => ({ file: new File([name], name), folder: "", from: "file" }));
}

test("an image that is removed while it is prepared is gone for good, and its file may be added again", async () => {
  const sheet = rig();
  await sheet.keepSheet();
  // Seven: six are under way at once, the last waits.
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const taking = sheet.intake.addFiles(files(...names));
  await sheet.shows(7);
  const [first = "", , , , , , last = ""] = sheet.state().order;
  await sheet.images.remove([first, last]);
  expect(sheet.undo.store.getState().past).toEqual([]);
  for (const name of names) sheet.finish(name);
  await taking;
  expect(sheet.state().order).toHaveLength(5);
  expect(sheet.state().intake).toMatchObject({ offered: 5, taken: 5, rejected: [] });
  expect((await sheet.kept()).map(({ deletedAt }) => deletedAt)).toEqual(Array(5).fill(null));
  sheet.again("a");
  sheet.finish("a");
  await sheet.intake.addFiles(files("a"));
  expect(sheet.state().order).toHaveLength(6);
  expect(sheet.state().intake.duplicates).toEqual([]);
});

test("an image that is removed while it is being written is removed like any other", async () => {
  const writing = createGate<void>();
  const begun = createGate<void>();
  const sheet = rig({
    putPicture: async () => {
      begun.resolve();
      await writing.promise;
    },
  });
  await sheet.keepSheet();
  const taking = sheet.intake.addFiles(files("a"));
  sheet.finish("a");
  await begun.promise;
  const removing = sheet.images.remove(sheet.state().order);
  writing.resolve();
  await Promise.all([taking, removing]);
  expect(sheet.state().order).toEqual([]);
  await sheet.undo.undo();
  const [image] = sheet.state().images.values();
  expect(image).toMatchObject({ preparation: { phase: "ready" }, deletedAt: null });
});

test("what is on screen is prepared before the rest, in its order, also once the user has scrolled", async () => {
  const sheet = rig();
  const names = Array.from({ length: 40 }, (_, at) => `${at + 1}`);
  const taking = sheet.intake.addFiles(files(...names));
  await sheet.shows(40);
  const see = (from: number, to: number): void => {
    sheet.onScreen.clear();
    // Later frames may have appeared first.
    for (const id of sheet
      .state()
      .order.slice(from - 1, to)
      .toReversed())
      sheet.onScreen.add(id);
  };
  const finish = async (count: number): Promise<void> => {
    const { length } = sheet.begun;
    for (const name of sheet.begun.slice(-6, length - 6 + count)) sheet.finish(name);
    await expect.poll(() => sheet.begun.length).toBe(length + count);
  };
  await expect.poll(() => sheet.begun).toEqual(names.slice(0, 6));
  see(30, 33);
  await finish(6);
  see(20, 21);
  await finish(6);
  const seen = sheet.begun.slice(6).map(Number);
  expect(seen).toEqual([30, 31, 32, 33, 7, 8, 20, 21, 9, 10, 11, 12]);
  for (const name of names) sheet.finish(name);
  await taking;
  expect(new Set(sheet.begun)).toEqual(new Set(names));
  expect(framesOf(sheet.state().images.values())).toEqual(names.map(Number));
});

test("the first of many show before the rest, and stopping in between stops all", async () => {
  const sheet = rig();
  await sheet.keepSheet();
  const names = Array.from({ length: 500 }, (_, at) => `${at + 1}`);
  const shown: number[] = [];
  sheet.sheetStore.store.subscribe(({ order }) => {
    if (order.length !== shown.at(-1)) shown.push(order.length);
  });
  const taking = sheet.intake.addFiles(files(...names));
  await sheet.shows(500);
  expect(shown).toEqual([200, 500]);
  expect(sheet.state().intake.offered).toBe(500);
  sheet.intake.cancel();
  await taking;
  shown.length = 0;
  const again = sheet.intake.addFiles(files(...names));
  await sheet.shows(200);
  sheet.intake.cancel();
  await again;
  expect(sheet.state().order).toEqual([]);
  expect(sheet.state().intake.offered).toBe(0);
  expect(shown).not.toContain(500);
});

test("stopping drops what is not prepared and keeps what is", async () => {
  const sheet = rig();
  const taking = sheet.intake.addFiles(files("a", "b", "c", "d", "e", "f", "g", "h"));
  sheet.finish("a");
  await expect.poll(() => sheet.state().intake.taken).toBe(1);
  sheet.intake.cancel();
  await taking;
  expect(sheet.state().order).toHaveLength(1);
  expect(sheet.state().intake).toMatchObject({ offered: 1, taken: 1 });
});

test("a file that is already there still brings a larger copy", async () => {
  const sheet = rig();
  for (const side of [1536, 2048]) {
    sheet.again("a");
    sheet.finish("a", examplePicture("hash", side));
    await sheet.intake.addFiles(files("a"));
  }
  expect(sheet.state().intake.duplicates).toEqual(["a"]);
  expect((await sheet.storage.readCopy("hash", null))?.width).toBe(2048);
});

test("the count starts again after files that were all taken, and continues after a refusal", async () => {
  const sheet = rig();
  for (const name of ["a", "b", "c"]) sheet.finish(name);
  await sheet.intake.addFiles(files("a", "b"));
  await sheet.intake.addFiles(files("c"));
  expect(sheet.state().intake).toMatchObject({ offered: 1, taken: 1 });
  await sheet.intake.addFiles([{ file: new File([], "empty"), folder: "", from: "file" }]);
  await sheet.intake.addFiles(files("a"));
  expect(sheet.state().intake).toMatchObject({ offered: 2, taken: 0, duplicates: ["a"] });
});

test("what of a drop can’t be read is told with its name and why, and the rest is taken", async () => {
  const sheet = rig();
  await sheet.keepSheet();
  for (const name of ["a", "b"]) sheet.finish(name);
  const lost: FoundFile = {
    name: "lost",
    path: "/shoot/lost",
    open: () => Promise.reject(new DOMException("", "NotFoundError")),
  };
  const found: FoundFile = { ...lost, name: "b", open: async () => new File(["b"], "b") };
  const barred = { kind: "unreadable-file", what: "folder", reason: "barred" } as const;
  const offered = [...files("a").map(({ file }) => file), lost, found];
  await sheet.intake.addFiles(
    offered.map((file) => ({ file, folder: "shoot", from: "file" })),
    [{ name: "shoot/private", failure: barred }],
  );
  const kept = await sheet.kept();
  expect(kept.map((image) => [imageName(image), image.frame])).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
  expect(sheet.state().intake).toMatchObject({
    offered: 4,
    taken: 2,
    rejected: [
      { name: "shoot/private", failure: barred },
      { name: "lost", failure: { kind: "unreadable-file", what: "file", reason: "gone" } },
    ],
  });
});

test("frame numbers continue after those that another tab gave, also to an image that was removed", async () => {
  const sheet = rig();
  await sheet.storage.write({ images: [exampleImage({ id: "theirs", frame: 8, deletedAt: 3 })] });
  sheet.finish("a");
  await sheet.intake.addFiles(files("a"));
  expect([...sheet.state().images.values()].map(({ frame }) => frame)).toEqual([9]);
});

test("two tabs that add images at once give every frame number once", async () => {
  const name = crypto.randomUUID();
  const disks = await Promise.all([1, 2].map(() => openDiskStorage({ name, now: () => 1 })));
  const tabs = disks.map((disk) => rig(disk));
  await tabs[0]?.keepSheet();
  const added = tabs.flatMap((tab, at) => {
    const names = ["a", "b", "c"].map((letter) => `${letter}-${at}`);
    for (const file of names) tab.finish(file);
    return [tab.intake.addFiles(files(...names)), tab.intake.addReferences([referenceTo(at)])];
  });
  await Promise.all(added);
  const frames = (await tabs[0]?.kept())?.map(({ frame }) => frame);
  expect(frames).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const disk of disks) disk.close();
});

test("the same bytes in another folder or under another name are an image of their own", async () => {
  const sheet = rig();
  await sheet.keepSheet();
  for (const name of ["a", "b"]) sheet.finish(name, examplePicture("same"));
  const offered = [...files("a", "b"), ...files("a", "a")].map((file, at) => ({
    ...file,
    folder: at === 2 ? "other" : "",
  }));
  await sheet.intake.addFiles(offered);
  const kept = [...sheet.state().images.values()];
  expect(kept.map(({ source, frame }) => [frame, source])).toEqual([
    [1, { kind: "file", fileName: "a", folder: "" }],
    [2, { kind: "file", fileName: "b", folder: "" }],
    [3, { kind: "file", fileName: "a", folder: "other" }],
  ]);
  expect(new Set(kept.map(pictureHashOf))).toEqual(new Set(["same"]));
  expect(sheet.state().intake).toMatchObject({ taken: 3, duplicates: ["a"] });
});

test("a picture that was known by its hash alone is filled once; the same bytes under another name come beside it", async () => {
  const sheet = rig();
  await sheet.keepSheet();
  const [unseen] = await sheet.intake.makeUnseen([{ pictureHash: "same", fileName: null }]);
  await sheet.storage.write({ images: unseen === undefined ? [] : [unseen] });
  sheet.sheetStore.show({ images: unseen === undefined ? [] : [unseen] });
  for (const name of ["a", "b"]) sheet.finish(name, examplePicture("same"));
  await sheet.intake.addFiles(files("a", "b", "a"));
  const names = [...sheet.state().images.values()].map((image) => [image.frame, imageName(image)]);
  expect(names).toEqual([
    [1, "a"],
    [2, "b"],
  ]);
  expect(sheet.state().intake).toMatchObject({ taken: 2, duplicates: ["a"] });
});

test("numbers run on over what was taken, whatever is refused, in whatever order it is told", async () => {
  const drops = fc.array(
    fc.array(fc.constantFrom("fine", "empty", "damaged", "twin"), { maxLength: 9 }),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  await fc.assert(
    fc.asyncProperty(
      drops,
      fc.infiniteStream(fc.nat()),
      fc.boolean(),
      async (made, order, apart) => {
        const sheet = rig();
        await sheet.keepSheet();
        const ends: (() => void)[] = [];
        const fine: string[] = [];
        const takings: Promise<void>[] = [];
        for (const [drop, kinds] of made.entries()) {
          const offered = kinds.map((kind, at): OfferedFile => {
            const name = `${kind}-${drop}-${at}`;
            if (kind === "fine") fine.push(name);
            const file = new File(kind === "empty" ? [] : [name], name);
            // A twin is the first fine file once more.
            const twin = kind === "twin" ? new File(["twin"], "twin") : file;
            ends.push(() => {
              if (kind === "damaged") sheet.refuse(name);
              else if (kind === "twin") sheet.finish("twin");
              else sheet.finish(name);
            });
            return { file: twin, folder: "", from: "file" };
          });
          const taking = sheet.intake.addFiles(offered);
          if (apart) for (const end of inAnyOrder(ends.splice(0), order)) end();
          if (apart) await taking;
          takings.push(taking);
        }
        for (const end of inAnyOrder(ends, order)) end();
        await Promise.all(takings);
        const taken = [...sheet.state().images.values()];
        const twins = made.flat().includes("twin") ? 1 : 0;
        expect(taken).toHaveLength(fine.length + twins);
        expect(framesOf(taken)).toEqual(taken.map((_, at) => at + 1));
        expect(framesOf(await sheet.kept())).toEqual(framesOf(taken));
        expect(taken.map(imageName).filter((name) => name !== "twin")).toEqual(fine);
        // Nothing is left over at the end.
        expect(await sheet.storage.reserveFrames("sheet", 1)).toBe(taken.length + 1);
      },
    ),
    { numRuns: 60 },
  );
});

test("a number that something names stays, and the others close up around it", async () => {
  const sheet = rig();
  await sheet.keepSheet();
  const taking = sheet.intake.addFiles(files("a", "b", "c", "d", "e", "f"));
  for (const name of ["b", "d", "f"]) sheet.finish(name);
  await expect.poll(() => sheet.state().intake.taken).toBe(3);
  const [, , , d = ""] = sheet.state().order;
  sheet.sheetStore.show({ tasks: [answeredTask(1000, { imageId: d })] });
  for (const name of ["a", "c", "e"]) sheet.refuse(name);
  await taking;
  const shown = [...sheet.state().images.values()];
  expect(shown.map((image) => [imageName(image), image.frame])).toEqual([
    ["b", 1],
    ["d", 4],
    ["f", 5],
  ]);
  expect(framesOf(await sheet.kept())).toEqual([1, 4, 5]);
});

test("a number that an export or a removal names stays", async () => {
  const sheet = rig();
  await sheet.keepSheet();
  const taking = sheet.intake.addFiles(files("a", "b", "c", "d"));
  for (const name of ["b", "c"]) sheet.finish(name);
  await expect.poll(() => sheet.state().intake.taken).toBe(2);
  const [, b = ""] = sheet.state().order;
  await sheet.images.remove([b]);
  fixFrames();
  sheet.refuse("a");
  sheet.finish("d");
  await taking;
  expect(framesOf(sheet.state().images.values())).toEqual([3, 4]);
  await sheet.undo.undo();
  expect(framesOf(sheet.state().images.values())).toEqual([2, 3, 4]);
  expect(framesOf(await sheet.kept())).toEqual([2, 3, 4]);
});

test("files are turned away, and reported, if no frame number can be had", async () => {
  const full = new FailureError({ kind: "storage-full" });
  const sheet = rig({ reserveFrames: () => Promise.reject(full) });
  await sheet.intake.addFiles(files("a", "b"));
  expect(sheet.state().order).toEqual([]);
  expect(sheet.state().intake).toMatchObject({
    offered: 2,
    rejected: [{ name: "a", failure: full.failure }, { name: "b" }],
  });
});

test("merged pictures are written once, with their answers, and each that the sheet has keeps its image", async () => {
  const written: (string | undefined)[][] = [];
  const memory = createMemoryStorage();
  const sheet = rig({
    ...memory,
    write: (rows) => {
      written.push((rows.images ?? []).map(({ id }) => id));
      return memory.write(rows);
    },
  });
  await sheet.keepSheet();
  sheet.finish("own", examplePicture("own-hash"));
  await sheet.intake.addFiles(files("own"));
  const [own] = sheet.state().order;
  written.length = 0;
  const counts = await sheet.takeForeignRows(
    {
      pictures: ["own-hash", "new-hash"].map((pictureHash) => ({ pictureHash, fileName: null })),
      rows: ({ imageIdOf }) => ({
        marks: [],
        tasks: ["own-hash", "new-hash"].map((hash) =>
          answeredTask(1000, { taskUuid: hash, imageId: imageIdOf(hash) ?? "none" }),
        ),
      }),
    },
    "merging 1 file",
  );
  expect(counts).toEqual({ images: 1, tasks: 2, marks: 0 });
  const [, unseen] = sheet.state().order;
  expect(written).toEqual([[unseen]]);
  expect([...sheet.state().tasks.keys()]).toEqual([own, unseen]);
});

function framesOf(images: Iterable<SheetImage>): number[] {
  return [...images].map(({ frame }) => frame).toSorted((a, b) => a - b);
}

function inAnyOrder<Item>(items: readonly Item[], order: Iterator<number>): Item[] {
  return items
    .map((item) => ({ item, at: Number(order.next().value) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function referenceTo(at: number) {
  return { kind: "url", url: `https://example.org/${at}.jpg`, title: null } as const;
}
