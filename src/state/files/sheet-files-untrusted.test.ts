import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { captionRecipe, withCaptionRecipe } from "#src/domain/field.ts";
import { answeredTask, exampleImage, examplePicture } from "#src/domain/example-rows.ts";
import { FailureError } from "#src/domain/failure.ts";
import { heldBackBy } from "#src/domain/image.ts";
import type { NewPicture } from "#src/domain/picture.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import { type ExampleEntry, exampleZip } from "./example-zip.ts";
import type { Storage, Write } from "#src/storage/storage.ts";
import { allowsUploads } from "#src/state/pictures/picture-source.ts";
import { duplicateRecords } from "#src/state/workspace-acts.ts";
import {
  closeDevice,
  type Device,
  entriesOf,
  fillSheet,
  HASH,
  joined,
  newDevice,
  newId,
  NOW,
  openFile,
  OTHER_HASH,
  saveFile,
} from "./sheet-file-rig.ts";
import { openSheetFile } from "./sheet-files.ts";

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

test("a picture that is damaged in the file costs the picture, not the answers", async () => {
  const rows = await fillSheet(here, "disk");
  const entries = await entriesOf(await saveFile(here, rows));
  const file = exampleZip(
    entries.map((entry) =>
      entry.name === `copies/${HASH}.jpg` ? { ...entry, claim: { crc: 1 } } : entry,
    ),
  );
  const { sheet, leftOut } = await openFile(there, file);
  expect(leftOut.pictures).toBe(1);
  const records = await there.storages.disk.readSheet(sheet.id);
  expect(records?.images[0]?.preparation).toEqual({ phase: "unseen", pictureHash: HASH });
  expect(records?.tasks).toHaveLength(2);
});

test.each<[string, (entry: ExampleEntry) => ExampleEntry]>([
  ["a JPEG without a picture", (entry) => ({ ...entry, data: jpegHeader(320, 160).slice(0, 15) })],
  ["no JPEG", (entry) => ({ ...entry, data: "GIF89a and so on" })],
  ["larger than any copy is made", (entry) => ({ ...entry, data: jpegHeader(40_000, 40_000) })],
])("a copy that is %s is left out", async (_, change) => {
  const entries = await entriesOf(await saveFile(here, await fillSheet(here, "disk")));
  const file = exampleZip(
    entries.map((entry) => (entry.name === `copies/${HASH}.jpg` ? change(entry) : entry)),
  );
  expect((await openFile(there, file)).leftOut.pictures).toBe(1);
  expect(await there.storages.disk.readThumbnail(HASH)).toBeNull();
});

test("a picture this device made itself is not replaced by a file's", async () => {
  const own = examplePicture(HASH, 512);
  await there.storages.disk.putPicture(own);
  await openFile(there, await saveFile(here, await fillSheet(here, "disk")));
  expect(await there.storages.disk.readCopy(HASH, null)).toEqual(own.copy);
});

test("rows that cannot be true are left out and counted; the rest is opened", async () => {
  const rows = await fillSheet(here, "disk");
  const [task] = rows.tasks;
  const [image] = rows.images;
  const [mark] = rows.marks;
  const strange = {
    "images.jsonl": [
      { ...image, id: "../../etc" },
      { ...image, id: newId(), source: { kind: "url", url: "javascript:alert(1)", title: null } },
      { ...image, id: newId(), preparation: { phase: "queued" } },
      { ...image, id: newId(), addedAt: 1e300 },
      image,
    ],
    "tasks.jsonl": [
      { ...task, taskUuid: newId(), imageId: newId() },
      { ...task, taskUuid: newId(), holdMicroUsd: 1e17 },
      { ...task, taskUuid: newId(), state: { phase: "dream" } },
      "{ this is not JSON",
    ],
    "marks.jsonl": [
      { ...mark, id: newId(), shown: ["not a task"] },
      {
        ...mark,
        id: newId(),
        value: { kind: "edit", fieldId: "caption", text: "x".repeat(300_000) },
      },
    ],
    "pictures.jsonl": [{ hash: "c".repeat(64) }],
  };
  const entries = await entriesOf(await saveFile(here, rows));
  const file = exampleZip(
    entries.map((entry) => {
      const lines = Object.entries(strange).find(([name]) => name === entry.name)?.[1] ?? [];
      const added = lines.map((row) => (typeof row === "string" ? row : JSON.stringify(row)));
      return { ...entry, data: joined([entry.data, ...added.map((line) => `${line}\n`)]) };
    }),
  );
  const { sheet, leftOut } = await openFile(there, file);
  expect(leftOut).toEqual({ images: 5, tasks: 4, marks: 2, pictures: 1 });
  const records = await there.storages.disk.readSheet(sheet.id);
  expect(records?.images).toHaveLength(3);
  expect(records?.tasks).toHaveLength(2);
});

test("a model that nobody here knows is not what the run button would ask", async () => {
  const rows = await fillSheet(here, "disk");
  const recipe = { ...captionRecipe(rows.sheet), modelId: "dear:1@1" };
  const sheet = { ...rows.sheet, fields: withCaptionRecipe(rows.sheet.fields, recipe) };
  await here.storages.disk.write({ sheets: [sheet] });
  const opened = await openFile(there, await saveFile(here, rows));
  expect(captionRecipe(opened.sheet).modelId).toBe("runware:152@2");
});

test("a stranger's file sets neither what is paid nor what is consented to", async () => {
  const rows = await fillSheet(here, "disk");
  const compare = {
    sharedPrompt: "Name it.",
    blind: true,
    uploadsOnce: true,
    sendsTo: "elsewhere",
  };
  const ageCheck = { modelIds: ["runware:154@1"], blind: false, capMicroUsd: null };
  const run = { mostInFlight: 16, delivery: "async", capMicroUsd: null } as const;
  const hostile = { ...rows.sheet, run, compare, ageCheck, loadsForeignPictures: true };
  const entries = await entriesOf(await saveFile(here, rows));
  const part = { sheet: hostile, spentMicroUsd: { sandbox: 0, runware: 0 } };
  const opened = await openFile(there, replaced(entries, "sheet.json", JSON.stringify(part)));
  const [kept] = (await there.storages.disk.listSheets()).sheets;
  expect(kept?.sheet).toEqual(opened.sheet);
  expect(opened.sheet).toEqual({
    id: opened.sheet.id,
    name: rows.sheet.name,
    keeping: "disk",
    fields: rows.sheet.fields,
    run: { mostInFlight: 8, delivery: "sync", capMicroUsd: 1_000_000 },
    copySide: rows.sheet.copySide,
    background: rows.sheet.background,
    filePictures: "held",
    compare: { sharedPrompt: "Name it.", blind: true, uploadsOnce: false },
    caption: null,
    context: { sheet: "", folders: {} },
    ageCheck: { modelIds: ["runware:154@1"], blind: false },
    createdAt: rows.sheet.createdAt,
    editedAt: NOW,
    deletedAt: null,
  });
  expect(allowsUploads(opened.sheet)).toBe(false);
});

test("no host that a file names is asked for a picture before the user says so", async () => {
  const rows = await fillSheet(here, "disk");
  const [image] = rows.images;
  const lines = ["https://track.example:8443/track.gif?victim=1", "http://old.example/a.gif"].map(
    (url, at) =>
      JSON.stringify({
        ...image,
        id: newId(),
        frame: 10 + at,
        source: { kind: "url", url, title: null },
        preparation: { phase: "remote" },
      }),
  );
  const entries = await entriesOf(await saveFile(here, rows));
  const whole = replaced(
    entries,
    "images.jsonl",
    `${JSON.stringify(image)}\n${lines.join("\n")}\n`,
  );
  const { sheet } = await openFile(there, whole);
  const records = await there.storages.disk.readSheet(sheet.id);
  const held = (from: Sheet["filePictures"]) =>
    records?.images.map((kept) => heldBackBy(kept, from));
  expect(sheet.filePictures).toBe("held");
  expect(held(sheet.filePictures)).toEqual([null, "track.example:8443", null]);
  expect(held("shown")).toEqual([null, null, null]);
  // What the user adds to such a sheet is the user's own choice.
  const own = exampleImage({
    source: { kind: "url", url: "https://own.example/a.jpg", title: null },
  });
  expect(heldBackBy(own, "held")).toBeNull();
  // A copy of the sheet fetches as little, and so does its file on the next machine, whatever the user
  // allowed here.
  if (records === null) throw new Error("the sheet is there");
  const copy = duplicateRecords(records, there);
  expect(copy.sheets[0].filePictures).toBe("held");
  await there.storages.disk.write({ sheets: [{ ...sheet, filePictures: "shown" }] });
  const onward = await openFile(here, await saveFile(there, { ...rows, sheet }));
  expect(onward.sheet.filePictures).toBe("held");
});

test("a file without addresses has nothing to ask about", async () => {
  const rows = await fillSheet(here, "disk");
  const entries = await entriesOf(await saveFile(here, rows));
  const file = replaced(entries, "images.jsonl", `${JSON.stringify(rows.images[0])}\n`);
  expect((await openFile(there, file)).sheet.filePictures).toBe("none");
});

test("a prompt or a name without end is cut as it comes in", async () => {
  const rows = await fillSheet(here, "disk");
  const endless = "x".repeat(50_000);
  const recipe = { ...captionRecipe(rows.sheet), prompt: endless };
  const sheet = { ...rows.sheet, fields: withCaptionRecipe(rows.sheet.fields, recipe) };
  const image = { ...rows.images[0], source: { kind: "file", fileName: endless, folder: "" } };
  const entries = await entriesOf(await saveFile(here, rows));
  const spentMicroUsd = { sandbox: 0, runware: 0 };
  const named = entries.map((entry) => {
    if (entry.name === "sheet.json")
      return { ...entry, data: JSON.stringify({ sheet, spentMicroUsd }) };
    return entry.name === "images.jsonl" ? { ...entry, data: JSON.stringify(image) } : entry;
  });
  const opened = await openFile(there, exampleZip(named));
  expect(captionRecipe(opened.sheet).prompt).toHaveLength(10_000);
  const records = await there.storages.disk.readSheet(opened.sheet.id);
  expect(records?.images[0]?.source).toMatchObject({ fileName: `${"x".repeat(255)}…` });
});

test("a sheet whose ZIP was unpacked and packed again with its folder opens too", async () => {
  const entries = await entriesOf(await saveFile(here, await fillSheet(here, "disk")));
  const packed = entries.map((entry) => ({ ...entry, name: `Häfen/${entry.name}`, deflate: true }));
  const junk = { name: "__MACOSX/Häfen/._manifest.json", data: "?" };
  expect((await openFile(there, exampleZip([junk, ...packed]))).imageCount).toBe(3);
});

describe("a file that cannot be opened says why, and leaves nothing behind", () => {
  test.each<[string, (entries: readonly ExampleEntry[]) => Blob, string]>([
    ["words", () => new Blob(["Dear diary"]), "foreign"],
    ["another ZIP", () => exampleZip([{ name: "a.txt", data: "a" }]), "foreign"],
    [
      "another program's manifest",
      (entries) => replaced(entries, "manifest.json", "{}"),
      "foreign",
    ],
    [
      "a later version",
      (entries) => replaced(entries, "manifest.json", `{"format":"contact-sheet","version":6}`),
      "newer",
    ],
    ["an unreadable sheet", (entries) => replaced(entries, "sheet.json", "{}"), "damaged"],
    [
      "no tasks",
      (entries) => exampleZip(entries.filter(({ name }) => name !== "tasks.jsonl")),
      "damaged",
    ],
    ["a download that was cut off", (entries) => exampleZip(entries).slice(0, 5000), "damaged"],
  ])("%s", async (_, make, reason) => {
    const entries = await entriesOf(await saveFile(here, await fillSheet(here, "disk")));
    await expect(openFile(there, make(entries))).rejects.toMatchObject({
      failure: { kind: "sheet-file", reason },
    });
    expect((await there.storages.disk.listSheets()).sheets).toEqual([]);
  });

  test("a full disk, at whatever picture or row it fills up", async () => {
    const file = await saveFile(here, await fillSheet(here, "disk"));
    for (const step of ["putPicture", "write"] as const) {
      let calls = 0;
      const { disk } = there.storages;
      const filling: Storage = {
        ...disk,
        // The second of its calls finds no room.
        [step]: (rows: NewPicture & Write) => {
          calls += 1;
          if (calls > 1) throw new FailureError({ kind: "storage-full" });
          return disk[step](rows);
        },
      };
      const device = { ...there, storages: { ...there.storages, disk: filling } };
      await expect(openFile(device, file)).rejects.toMatchObject({
        failure: { kind: "storage-full" },
      });
      expect(calls).toBe(2);
      expect((await disk.listSheets()).sheets).toEqual([]);
      for (const hash of [HASH, OTHER_HASH]) expect(await disk.readThumbnail(hash)).toBeNull();
    }
  });

  test("a user who cancels among the rows", async () => {
    const file = await saveFile(here, await fillSheet(here, "disk"));
    const ending = new AbortController();
    const { disk } = there.storages;
    const write: Storage["write"] = (rows) => {
      if ((rows.tasks ?? []).length > 0) ending.abort();
      return disk.write(rows);
    };
    const device = { ...there, storages: { ...there.storages, disk: { ...disk, write } } };
    const watch = { signal: ending.signal, onProgress: () => undefined };
    await expect(openSheetFile(device, file, watch)).rejects.toMatchObject({ name: "AbortError" });
    expect((await disk.listSheets()).sheets).toEqual([]);
  });

  test("a user who cancels", async () => {
    const file = await saveFile(here, await fillSheet(here, "disk"));
    const ending = new AbortController();
    const opening = openSheetFile(there, file, {
      signal: ending.signal,
      onProgress: ({ of, done }) => of === "pictures" && done === 1 && ending.abort(),
    });
    await expect(opening).rejects.toMatchObject({ name: "AbortError" });
    expect((await there.storages.disk.listSheets()).sheets).toEqual([]);
    expect(await there.storages.disk.readThumbnail(HASH)).toBeNull();
  });
});

test("many rows are written some hundreds at a time, and all of them arrive and count", async () => {
  const filled = await fillSheet(here, "disk");
  const [image] = filled.images;
  if (image === undefined) throw new Error("the sheet has images");
  const tasks = Array.from({ length: 1200 }, (_, at) =>
    answeredTask(1000, {
      taskUuid: newId(),
      sheetId: filled.sheet.id,
      imageId: image.id,
      runId: newId(),
      times: { ...answeredTask(1000).times, createdAt: at },
    }),
  );
  await here.storages.disk.write({ tasks });
  const before = await here.storages.disk.readSheet(filled.sheet.id);
  const file = await saveFile(here, filled);
  const { disk } = there.storages;
  let most = 0;
  const write: Storage["write"] = (rows) => {
    most = Math.max(most, (rows.images ?? []).length + (rows.tasks ?? []).length);
    return disk.write(rows);
  };
  const device = { ...there, storages: { ...there.storages, disk: { ...disk, write } } };
  const { sheet } = await openFile(device, file);
  expect(most).toBe(500);
  const after = await disk.readSheet(sheet.id);
  expect(after?.tasks).toHaveLength(before?.tasks.length ?? 0);
  expect(after?.spentMicroUsd).toEqual(before?.spentMicroUsd);
});

function replaced(entries: readonly ExampleEntry[], name: string, data: string): Blob {
  return exampleZip(entries.map((entry) => (entry.name === name ? { ...entry, data } : entry)));
}

function jpegHeader(width: number, height: number): Uint8Array {
  const sides = [height >> 8, height & 255, width >> 8, width & 255];
  const frame = [0xff, 0xc0, 0, 11, 8, ...sides, 1, 1, 17, 0];
  return Uint8Array.from([0xff, 0xd8, ...frame, 0xff, 0xda, 0, 2, 0xff, 0xd9]);
}
