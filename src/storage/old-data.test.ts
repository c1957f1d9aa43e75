import "fake-indexeddb/auto";
import { openDB } from "idb";
import * as v from "valibot";
import { expect, test } from "vitest";
import type { Mark } from "#src/domain/mark.ts";
import { openDiskStorage } from "./disk-storage.ts";
import { readSheetFile } from "#src/state/files/read-sheet-file.ts";
import {
  createVersion4,
  fileOfVersion,
  rowsOfVersion4,
  writeVersion,
} from "./testing/old-database.ts";

const SHEET = "00000001-0000-4000-8000-000000000001";
const DAMAGED = "00000001-0000-4000-8000-000000000002";

test.each([4, 5] as const)(
  "a database of version %d gives every row of its time",
  async (version) => {
    const storage = await openVersion(version);
    const records = await storage.readSheet(SHEET);
    expect(records?.sheet).toEqual(withField(oldRows("sheets", SHEET)[0]));
    expect(records?.images).toEqual(oldRows("images", SHEET));
    expect(byId(records?.tasks ?? [])).toEqual(oldRows("tasks", SHEET).map(withPromptSent));
    expect(records?.marks.map(withoutSeq)).toEqual(inOrder(oldRows("marks", SHEET)));
    expect(isRising(records?.marks ?? [])).toBe(true);
    expect(records?.pictures).toHaveLength(4);
    // From answers of 6,000 and 500 for what was removed on another device.
    expect(records?.spentMicroUsd).toMatchObject({ sandbox: 1400, runware: 6500 });
    expect(records?.run).toEqual(oldRows("runs", SHEET)[0]);
    expect(records?.skipped).toEqual([]);
    storage.close();
  },
);

test("a database of version 6 gives the prompts, notes and marks of its time", async () => {
  const storage = await openVersion(6);
  const records = await storage.readSheet(SHEET);
  expect(records?.sheet).toMatchObject({
    context: { sheet: "Product: Aurora lamp", folders: { night: "taken at night" } },
    caption: { layout: "table", sort: "name" },
  });
  expect(records?.marks.slice(-2).map(({ value }) => value)).toEqual([
    { kind: "reviewed" },
    { kind: "context", text: "brass" },
  ]);
  expect(records?.marks.slice(0, -2).map(withoutSeq)).toEqual(inOrder(oldRows("marks", SHEET)));
  expect(records?.tasks.filter(({ language }) => language === "de")).toHaveLength(1);
  expect(records?.pictures.map(({ perceptualHash }) => perceptualHash)).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(records?.skipped).toEqual([]);
  expect(await storage.readPrompts()).toMatchObject([{ name: "Ours", note: "house style" }]);
  storage.close();
});

test("a database of version 7 gives the texts, roles and copies of its time", async () => {
  const storage = await openVersion(7);
  const records = await storage.readSheet(SHEET);
  expect(records?.marks.slice(-2).map(({ value }) => value)).toEqual([
    {
      kind: "existing",
      fieldId: "caption",
      text: "A boat at the quay.",
      from: { kind: "sidecar", name: "boat.txt" },
    },
    { kind: "role", role: "complex" },
  ]);
  expect(records?.sheet.background).toBe("auto");
  const [picture] = records?.pictures ?? [];
  expect(picture).toMatchObject({ background: null, perceptualHash: "00ff00ff00ff00ff" });
  expect((await storage.readCopy("1".repeat(64), null))?.mime).toBe("image/jpeg");
  expect(records?.tasks.every(({ mount }) => mount === null)).toBe(true);
  expect(records?.skipped).toEqual([]);
  storage.close();
});

test("a run carries on with what is open in a database of version 4", async () => {
  const storage = await openVersion(4);
  const run = await storage.readRun(SHEET);
  expect(run?.tasks.map(({ state }) => state.phase).toSorted()).toEqual([
    "done",
    "polling",
    "preparing",
    "resting",
    "sending",
    "unsettled",
    "waiting",
  ]);
  expect(run?.run?.paused).toBe(true);
  storage.close();
});

test("what a database of version 4 has of pictures, prices and answers to reuse is there", async () => {
  const storage = await openVersion(4);
  const [hash, other] = ["1".repeat(64), "3".repeat(64)];
  expect((await storage.readCopy(hash, null))?.width).toBe(64);
  expect((await storage.readCopy(hash, { side: 512, mount: null }))?.width).toBe(16);
  expect((await storage.readThumbnail(hash))?.width).toBe(32);
  const asked = {
    modelId: "runware:152@2",
    prompt: "Describe the picture in one sentence.",
    purse: "runware",
  } as const;
  const found = await storage.findReusables([
    { ...asked, pictureHash: hash, sentSide: 1024, mount: null },
    { ...asked, pictureHash: hash, sentSide: 1024, mount: null, prompt: "Describe it." },
    {
      ...asked,
      pictureHash: other,
      sentSide: 1536,
      mount: null,
      modelId: "prunaai:1@1",
      prompt: null,
    },
  ]);
  expect(found.map((answer) => answer?.answer.kind ?? null)).toEqual(["caption", null, "age"]);
  expect(await storage.readSeenPrices()).toHaveLength(6);
  expect((await storage.readSpending()).map(({ microUsd }) => microUsd)).toEqual(
    expect.arrayContaining([4700, 1300, 1400]),
  );
  expect(
    await storage.readUpload({ pictureHash: hash, via: "direct", side: 1024, mount: null }),
  ).toMatchObject({
    width: 1024,
  });
  storage.close();
});

test("what is damaged in a database of version 4 is mended or left alone, and reported", async () => {
  const storage = await openVersion(4);
  const listed = await storage.listSheets();
  expect(listed.sheets.map(({ sheet }) => sheet.name)).toEqual([
    "Harbour in March",
    "Damaged in places",
    "Removed",
  ]);
  expect(listed.skipped).toEqual([]);
  const records = await storage.readSheet(DAMAGED);
  expect(records).toMatchObject({
    images: [{ addedAt: 0 }],
    tasks: [],
    marks: [{ note: null }],
  });
  expect(records?.skipped.map(({ store, mended }) => [store, mended?.join() ?? null])).toEqual([
    ["sheets", "fields.0.recipe.sentSize"],
    ["images", "addedAt"],
    ["tasks", null],
    ["marks", "note"],
  ]);
  storage.close();
});

test.each([1, 2] as const)(
  "a sheet's file of version %d gives every row that was not removed",
  async (version) => {
    const file = await readSheetFile(fileOfVersion(version), {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(file.sheet).toEqual(withField(oldRows("sheets", SHEET)[0]));
    expect(file.spentMicroUsd).toMatchObject({ sandbox: 1400, runware: 6500 });
    expect(file.images).toEqual(oldRows("images", SHEET).filter(lives));
    expect(byId(file.tasks)).toEqual(oldRows("tasks", SHEET).filter(lives).map(withPromptSent));
    expect(file.marks.map(withoutSeq)).toEqual(inOrder(oldRows("marks", SHEET).filter(lives)));
    expect(isRising(file.marks)).toBe(true);
    expect(file.leftOut).toEqual({ images: 0, tasks: 0, marks: 0, pictures: 0 });
    expect((await file.readPicture("1".repeat(64)))?.copy.width).toBe(64);
  },
);

test("a sheet’s file of version 3 gives its notes, and marks of its time", async () => {
  const file = await readSheetFile(fileOfVersion(3), {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  expect(file.sheet.context.folders).toEqual({ night: "taken at night" });
  expect(file.marks.slice(-2).map(({ value }) => value.kind)).toEqual(["reviewed", "context"]);
  expect(file.leftOut).toEqual({ images: 0, tasks: 0, marks: 0, pictures: 0 });
});

test("a sheet’s file of version 4 gives its pictures, texts and roles", async () => {
  const file = await readSheetFile(fileOfVersion(4), {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  expect(file.marks.slice(-2).map(({ value }) => value.kind)).toEqual(["existing", "role"]);
  expect((await file.readPicture("1".repeat(64)))?.copy).toMatchObject({
    mime: "image/jpeg",
    width: 64,
  });
  expect(file.leftOut).toEqual({ images: 0, tasks: 0, marks: 0, pictures: 0 });
});

test("a new database is what all steps make from an old one", async () => {
  const old = crypto.randomUUID();
  (await openDB(old, 4, { upgrade: createVersion4 })).close();
  const shapes = [];
  for (const name of [old, crypto.randomUUID()]) {
    (await openDiskStorage({ name, now: () => 1 })).close();
    shapes.push(await shapeOf(name));
  }
  expect(shapes[0]).toEqual(shapes[1]);
});

async function shapeOf(name: string) {
  const database = await openDB(name);
  const shape = [...database.objectStoreNames].map((store) => {
    const table = database.transaction(store).store;
    const indexes = [...table.indexNames].map((index) => [index, table.index(index).keyPath]);
    return { store, keyPath: table.keyPath, indexes };
  });
  database.close();
  return shape;
}

async function openVersion(version: 4 | 5 | 6 | 7) {
  const name = crypto.randomUUID();
  await writeVersion(version, name);
  return openDiskStorage({ name, now: () => 1 });
}

function oldRows(store: string, sheetId: string): Record<string, unknown>[] {
  return rowsOfVersion4().flatMap(({ store: of, value }) => {
    if (of !== store || typeof value !== "object" || value === null) return [];
    const row: Record<string, unknown> = { ...value };
    return (row["sheetId"] ?? row["id"]) === sheetId ? [row] : [];
  });
}

function lives({ deletedAt }: Record<string, unknown>): boolean {
  return deletedAt === null;
}

function withField(row: Record<string, unknown> = {}): Record<string, unknown> {
  const { recipe, ...sheet } = row;
  const field = { id: "caption", name: "Caption", kind: "sentence", recipe };
  const settings = { limit: null, language: null, checks: [], isAsked: true };
  const context = { sheet: "", folders: {} };
  return {
    ...sheet,
    fields: [{ ...field, ...settings }],
    context,
    background: "auto",
    caption: null,
  };
}

function withPromptSent({ open: _mark, ...row }: Record<string, unknown>): object {
  const { prompt } = v.parse(v.object({ prompt: v.nullable(v.string()) }), row["recipe"]);
  return {
    ...row,
    promptSent: prompt,
    language: null,
    mount: null,
    fieldId: row["askedBy"] === "caption" ? "caption" : null,
  };
}

function withoutSeq({ seq: _place, ...mark }: Mark): Omit<Mark, "seq"> {
  return mark;
}

function isRising(marks: readonly Mark[]): boolean {
  return marks.every(({ seq }, index) => index === 0 || seq > (marks[index - 1]?.seq ?? 0));
}

// As they are ordered: by their time, then their id. Those of one store come by id.
function inOrder(rows: Record<string, unknown>[]): object[] {
  const words = v.looseObject({ kind: v.picklist(["edit", "reference"]) });
  return rows
    .toSorted((a, b) => Number(a["at"]) - Number(b["at"]))
    .map((row) =>
      v.is(words, row["value"]) ? { ...row, value: { ...row["value"], fieldId: "caption" } } : row,
    );
}

// As the store has them: by their key.
function byId<Row extends { id: string } | { taskUuid: string }>(rows: readonly Row[]): Row[] {
  const idOf = (row: Row): string => ("id" in row ? row.id : row.taskUuid);
  return rows.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}
