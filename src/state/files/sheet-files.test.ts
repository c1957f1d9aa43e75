import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answeredTask, exampleImage, exampleTask } from "#src/domain/example-rows.ts";
import type { Task } from "#src/domain/task.ts";
import { exampleZip } from "./example-zip.ts";
import {
  closeDevice,
  entriesOf,
  examplePictureOf,
  fillSheet,
  HASH,
  idsIn,
  joined,
  newDevice,
  newId,
  NOW,
  openFile,
  saveFile,
  watch,
  type Device,
  type Filled,
} from "./sheet-file-rig.ts";
import { saveSheetFile } from "./sheet-files.ts";

// Written out by hand and never changed with the app: users have files like it on their disks.
const VERSION_1 = [
  { name: "manifest.json", data: '{"format":"contact-sheet","version":1,"savedAt":1767225600000}' },
  {
    name: "sheet.json",
    data: '{"sheet":{"id":"11111111-1111-4111-8111-111111111111","name":"Harbour","keeping":"disk","recipe":{"modelId":"runware:154@1","prompt":null,"sentSize":"auto"},"run":{"mostInFlight":8,"delivery":"sync","capMicroUsd":1000000},"copySide":1536,"compare":null,"ageCheck":null,"createdAt":1,"editedAt":2,"deletedAt":null},"spentMicroUsd":{"sandbox":0,"runware":900}}',
  },
  {
    name: "images.jsonl",
    data: '{"id":"22222222-2222-4222-8222-222222222222","sheetId":"11111111-1111-4111-8111-111111111111","frame":7,"source":{"kind":"url","url":"https://example.org/boat.jpg","title":null},"preparation":{"phase":"remote"},"addedAt":3,"deletedAt":null}\n',
  },
  {
    name: "tasks.jsonl",
    data: '{"taskUuid":"33333333-3333-4333-8333-333333333333","sheetId":"11111111-1111-4111-8111-111111111111","imageId":"22222222-2222-4222-8222-222222222222","runId":"44444444-4444-4444-8444-444444444444","askedBy":"age-check","recipe":{"modelId":"runware:154@1","prompt":null,"sentSize":"auto"},"repeat":1,"purse":"runware","state":{"phase":"done","answer":{"kind":"age","verdict":{"label":"21-44","range":{"low":21,"high":44},"confidence":0.9}},"source":"service","costMicroUsd":600},"times":{"createdAt":4.5,"preparingAt":5,"firstSentAt":6,"sentAt":6,"endedAt":7,"serviceMs":null},"sent":{"width":null,"height":null,"bytes":0},"holdMicroUsd":750,"deletedAt":null}\n',
  },
  {
    name: "marks.jsonl",
    data: '{"id":"55555555-5555-4555-8555-555555555555","sheetId":"11111111-1111-4111-8111-111111111111","imageId":"22222222-2222-4222-8222-222222222222","value":{"kind":"flag"},"shown":["33333333-3333-4333-8333-333333333333"],"note":null,"by":null,"at":8,"secondsTaken":null,"sample":"random","replaces":null,"deletedAt":null}\n',
  },
  { name: "pictures.jsonl", data: "" },
];

const PLACE = { fileName: "boat.jpg", folder: "", number: 1 };
const BOX = [0, 0.5, 0.25, 0.5] as const;

let here: Device;
let there: Device;
beforeEach(async () => {
  here = await newDevice();
  there = await newDevice();
});
afterEach(() => {
  closeDevice(here);
  closeDevice(there);
});

describe.each(["disk", "memory"] as const)("a sheet kept on %s", (keeping) => {
  test("is the same on another device, under its own ids", async () => {
    const rows = await fillSheet(here, keeping);
    const file = await saveFile(here, rows);
    const opened = await openFile(there, file);
    expect(opened).toMatchObject({
      sheet: { name: "“Häfen” 🦄", keeping, editedAt: NOW, deletedAt: null },
      imageCount: 3,
      leftOut: { images: 0, tasks: 0, marks: 0, pictures: 0 },
    });
    const { disk, memory } = there.storages;
    const storage = keeping === "disk" ? disk : memory;
    const other = keeping === "disk" ? memory : disk;
    expect((await other.listSheets()).sheets).toEqual([]);
    const records = await storage.readSheet(opened.sheet.id);
    const source = await here.storages[keeping].readSheet(rows.sheet.id);
    if (records === null || source === null) throw new Error("both sheets are there");
    // An address is marked as one that came with a file.
    const asBrought = rows.images.map((image) =>
      image.source.kind === "url"
        ? { ...image, source: { ...image.source, fromSheetFile: true } }
        : image,
    );
    expect(records.images.map(withoutIds)).toEqual(asBrought.map(withoutIds));
    expect(records.tasks.map(withoutIds)).toEqual(rows.tasks.map(withoutIds));
    expect(records.marks.map(withoutIds)).toEqual(rows.marks.map(withoutIds));
    expect(records.pictures).toEqual(source.pictures);
    expect(records.spentMicroUsd).toEqual(source.spentMicroUsd);
    expect(records.spentMicroUsd).toEqual({ sandbox: 700, runware: 1900, device: 0 });
    const picture = await examplePictureOf(HASH);
    expect(await storage.readCopy(HASH, null)).toEqual(picture.copy);
    expect(await storage.readThumbnail(HASH)).toEqual(picture.thumbnail);
    expect(await storage.readSpending()).toEqual([]);
    const before = new Set(idsOf({ ...rows, sheet: rows.sheet }));
    expect(idsOf(records).filter((id) => before.has(id))).toEqual([]);
    const edit = records.marks.find(({ value }) => value.kind === "edit");
    expect(edit?.shown).toEqual([records.tasks[0]?.taskUuid]);
    expect(edit?.imageId).toBe(records.images[0]?.id);
  });
});

test("opening a file twice makes two sheets that share the pictures", async () => {
  const file = await saveFile(here, await fillSheet(here, "disk"));
  await openFile(there, file);
  await openFile(there, file);
  const { sheets } = await there.storages.disk.listSheets();
  expect(sheets.map(({ imageCount }) => imageCount)).toEqual([3, 3]);
  expect(sheets.map(({ spentMicroUsd }) => spentMicroUsd.runware)).toEqual([1900, 1900]);
});

test("what a newer app wrote into rows goes through a file and back, and none of its settings do", async () => {
  const rows = await fillSheet(here, "disk");
  const later = { mood: "calm" };
  await here.storages.disk.write({
    images: rows.images.map((image) => ({ ...image, later })),
    tasks: rows.tasks.map((task) => ({ ...task, later })),
    marks: rows.marks.map((mark) => ({ ...mark, later })),
  });
  const entries = await entriesOf(await saveFile(here, rows));
  const named = entries.map((entry) =>
    entry.name === "sheet.json"
      ? { ...entry, data: Buffer.from(entry.data).toString().replace('"run":', '"later":1,"run":') }
      : entry,
  );
  const { sheet } = await openFile(there, exampleZip(named));
  expect(sheet).not.toHaveProperty("later");
  const file = await new Response(await saveSheetFile(there, sheet, watch())).blob();
  const texts = new Map(
    (await entriesOf(file)).map(({ name, data }) => [name, Buffer.from(data).toString()]),
  );
  const lines = (name: string) => (texts.get(name) ?? "").trim().split("\n");
  for (const name of ["images.jsonl", "tasks.jsonl", "marks.jsonl"])
    expect(lines(name).every((line) => line.includes('"later":{"mood":"calm"}'))).toBe(true);
  expect(lines("manifest.json").join()).toContain('"version":5');
});

test("a part comes with the image it is a part of, and not without it", async () => {
  const rows = await fillSheet(here, "disk");
  const [first] = rows.images;
  const part = {
    ...exampleImage({ id: newId(), sheetId: rows.sheet.id, frame: 5 }),
    preparation: { phase: "ready", pictureHash: HASH },
  } as const;
  await here.storages.disk.write({
    images: [
      exampleImage({
        ...part,
        source: { kind: "part", of: first?.id ?? "", box: BOX, by: "person", ...PLACE },
      }),
      exampleImage({
        ...part,
        id: newId(),
        frame: 6,
        source: { kind: "part", of: newId(), box: BOX, by: "split", ...PLACE },
      }),
    ],
  });
  const { sheet, leftOut } = await openFile(there, await saveFile(here, rows));
  expect(leftOut.images).toBe(1);
  const images = (await there.storages.disk.readSheet(sheet.id))?.images ?? [];
  expect(images).toHaveLength(4);
  expect(images[3]?.source).toEqual({
    ...PLACE,
    kind: "part",
    of: images[0]?.id,
    box: BOX,
    by: "person",
  });
});

test("what was removed is not in the file, but what it cost is in the sum", async () => {
  const rows = await fillSheet(here, "disk");
  const gone = { deletedAt: 9 };
  const removed = answeredTask(400, { ...idsIn(rows), taskUuid: newId(), ...gone });
  await here.storages.disk.write({
    images: rows.images.slice(0, 1).map((image) => ({ ...image, ...gone })),
    tasks: [{ ...removed, recipe: { ...removed.recipe, prompt: "Secret words." } }],
  });
  const file = await saveFile(here, rows);
  expect(await textOf(file)).not.toContain("Secret words.");
  expect(await textOf(file)).not.toContain(HASH);
  const { sheet, imageCount } = await openFile(there, file);
  expect(imageCount).toBe(2);
  const records = await there.storages.disk.readSheet(sheet.id);
  expect(records?.spentMicroUsd.runware).toBe(2300);
  expect(records?.tasks.map(({ imageId }) => imageId)).not.toContain(undefined);
  expect(await there.storages.disk.readThumbnail(HASH)).toBeNull();
});

test.each<[string, Task["state"], Partial<Task["times"]>, Task["state"]["phase"] | null]>([
  ["waiting", { phase: "waiting" }, {}, null],
  ["preparing", { phase: "preparing" }, {}, null],
  [
    "resting, turned away",
    { phase: "resting", attempt: 1, until: 9, failure: { kind: "rate-limited", retryAfterMs: 1 } },
    {},
    null,
  ],
  ["waiting to be looked up", { phase: "waiting" }, { firstSentAt: 3 }, "unsettled"],
  ["sending", { phase: "sending", attempt: 1 }, { firstSentAt: 3 }, "unsettled"],
  ["polling", { phase: "polling", attempt: 1 }, { firstSentAt: 3 }, "unsettled"],
  ["cancelled", { phase: "cancelled" }, {}, "cancelled"],
])("a task that was %s can never be sent by the copy", async (_, state, times, phase) => {
  const rows = await fillSheet(here, "disk");
  const task = exampleTask({ ...idsIn(rows), taskUuid: newId(), state, holdMicroUsd: 2400 });
  const inFlight = { ...task, times: { ...task.times, ...times } };
  await here.storages.disk.write({ tasks: [inFlight] });
  const { sheet } = await openFile(there, await saveFile(here, rows));
  const records = await there.storages.disk.readSheet(sheet.id);
  const added = records?.tasks.filter((row) => row.holdMicroUsd === 2400) ?? [];
  expect(added.map((row) => row.state.phase)).toEqual(phase === null ? [] : [phase]);
});

test("a file of version 1 opens, as it was written then", async () => {
  const { sheet, imageCount, leftOut } = await openFile(there, exampleZip(VERSION_1));
  expect(imageCount).toBe(1);
  expect(Object.values(leftOut).every((number) => number === 0)).toBe(true);
  const records = await there.storages.disk.readSheet(sheet.id);
  expect(records).toMatchObject({
    sheet: { name: "Harbour" },
    images: [{ frame: 7, source: { url: "https://example.org/boat.jpg" } }],
    tasks: [{ state: { answer: { kind: "age", verdict: { label: "21-44" } } } }],
    marks: [{ value: { kind: "flag" }, shown: [records?.tasks[0]?.taskUuid] }],
    spentMicroUsd: { sandbox: 0, runware: 900, device: 0 },
  });
});

test("saving can be cancelled, and reports its progress", async () => {
  const rows = await fillSheet(here, "disk");
  const ending = new AbortController();
  const seen: number[] = [];
  const stream = await saveSheetFile(here, rows.sheet, {
    signal: ending.signal,
    onProgress: ({ done, total }) => {
      seen.push(done / total);
      if (done === 1) ending.abort();
    },
  });
  await expect(new Response(stream).arrayBuffer()).rejects.toThrow();
  expect(seen).toEqual([0, 0.5]);
  expect(await saveSheetFile(here, { id: newId(), keeping: "disk" }, watch())).toBeNull();
});

async function textOf(file: Blob): Promise<string> {
  const entries = await entriesOf(file);
  return entries
    .map(({ name, data }) => `${name}\n${new TextDecoder().decode(joined([data]))}`)
    .join("\n");
}

function withoutIds(row: object): object {
  const named = ["id", "sheetId", "imageId", "taskUuid", "runId", "shown"];
  return Object.fromEntries(Object.entries(row).filter(([key]) => !named.includes(key)));
}

function idsOf({ sheet, images, tasks, marks }: Filled): string[] {
  return [
    sheet.id,
    ...images.map(({ id }) => id),
    ...tasks.flatMap(({ taskUuid, runId }) => [taskUuid, runId]),
    ...marks.map(({ id }) => id),
  ];
}
