import { expect, test } from "vitest";
import { exampleSheet } from "#src/domain/example-rows.ts";
import type { FileOrder, FileReport } from "./file-worker.ts";
import {
  createSheetFileReader,
  readLongCaptions,
  readTableFile,
  readVerdictFile,
  type FileWorker,
} from "./read-files.ts";

/** A worker that answers when the test says so. */
class WorkerDouble implements FileWorker {
  readonly orders: FileOrder[] = [];
  isTerminated = false;
  readonly #target = new EventTarget();

  postMessage(order: FileOrder): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  addEventListener(
    type: "message" | "error",
    listen: ((event: MessageEvent<FileReport>) => void) | (() => void),
    options: { signal: AbortSignal },
  ): void {
    this.#target.addEventListener(
      type,
      (event) =>
        event instanceof MessageEvent ? listen(event) : listen(new MessageEvent("error")),
      options,
    );
  }

  report(data: FileReport): void {
    this.#target.dispatchEvent(new MessageEvent<FileReport>("message", { data }));
  }

  breakDown(): void {
    this.#target.dispatchEvent(new Event("error"));
  }
}

const FILE = new Blob(["a file"]);
const CONTENTS: FileReport = {
  kind: "sheet",
  contents: {
    sheet: exampleSheet(),
    spentMicroUsd: { sandbox: 0, runware: 0, device: 0 },
    images: [],
    tasks: [],
    marks: [],
    leftOut: { images: 0, tasks: 0, marks: 0, pictures: 0 },
  },
};

function rig() {
  const worker = new WorkerDouble();
  const ending = new AbortController();
  const progress: number[] = [];
  const watch = {
    signal: ending.signal,
    onProgress: ({ done }: { done: number }) => progress.push(done),
  };
  return { worker, ending, progress, watch };
}

test("a sheet's file is read by a worker, with its progress, and its pictures too until it is closed", async () => {
  const { worker, progress, watch } = rig();
  const reading = createSheetFileReader(() => worker)(FILE, watch);
  expect(worker.orders).toEqual([{ kind: "open-sheet", file: FILE }]);
  worker.report({ kind: "progress", progress: { of: "bytes", done: 3, total: 6 } });
  worker.report(CONTENTS);
  const file = await reading;
  expect(progress).toEqual([3]);
  expect(file.sheet.name).toBe(exampleSheet().name);
  const picture = file.readPicture("a");
  expect(worker.orders.at(-1)).toEqual({ kind: "read-picture", hash: "a" });
  worker.report({ kind: "picture", picture: null });
  expect(await picture).toBeNull();
  expect(worker.isTerminated).toBe(false);
  file.close();
  expect(worker.isTerminated).toBe(true);
});

test("a cancel ends the worker, whatever it is doing", async () => {
  const { worker, ending, watch } = rig();
  const reading = createSheetFileReader(() => worker)(FILE, watch);
  ending.abort();
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  expect(worker.isTerminated).toBe(true);
  const other = rig();
  const table = readTableFile(FILE, other.ending.signal, () => other.worker);
  other.ending.abort();
  await expect(table).rejects.toMatchObject({ name: "AbortError" });
  expect(other.worker.isTerminated).toBe(true);
});

test("if the worker cannot read a file, or breaks, that is a failure, and the worker ends", async () => {
  const failed = rig();
  const reading = createSheetFileReader(() => failed.worker)(FILE, failed.watch);
  failed.worker.report({ kind: "failed", failure: { kind: "sheet-file", reason: "too-large" } });
  await expect(reading).rejects.toMatchObject({ failure: { reason: "too-large" } });
  expect(failed.worker.isTerminated).toBe(true);
  const broken = rig();
  const verdicts = readVerdictFile(FILE, broken.ending.signal, () => broken.worker);
  broken.worker.breakDown();
  await expect(verdicts).rejects.toMatchObject({ failure: { kind: "internal" } });
  expect(broken.worker.isTerminated).toBe(true);
});

test("a table or a verdict file is read by a worker that ends with it", async () => {
  const table = rig();
  const records = readTableFile(FILE, table.ending.signal, () => table.worker);
  expect(table.worker.orders).toEqual([{ kind: "read-table", file: FILE }]);
  table.worker.report({ kind: "table", records: [{ name: "x" }] });
  expect(await records).toEqual([{ name: "x" }]);
  expect(table.worker.isTerminated).toBe(true);
  const verdicts = rig();
  const reading = readVerdictFile(FILE, verdicts.ending.signal, () => verdicts.worker);
  expect(verdicts.worker.orders).toEqual([{ kind: "read-verdicts", file: FILE }]);
  verdicts.worker.report({ kind: "verdicts", reading: { rows: [], skipped: 2 } });
  expect(await reading).toEqual({ rows: [], skipped: 2 });
});

test("captions come from a worker in parts, in the order of their file", async () => {
  const { worker, ending } = rig();
  const source = { file: FILE, name: "long.json", folder: "lamps", fieldNames: ["title"] };
  const reading = readLongCaptions(source, ending.signal, () => worker);
  expect(worker.orders).toEqual([{ kind: "read-captions", ...source }]);
  const from = { kind: "table", name: "long.json" } as const;
  const entry = { isStem: false, hash: null, texts: [], from, trust: 4 };
  worker.report({ kind: "caption-entries", entries: [{ ...entry, paths: ["a.jpg"] }] });
  worker.report({ kind: "caption-entries", entries: [{ ...entry, paths: ["b.jpg"] }] });
  worker.report({ kind: "captions", troubles: [{ kind: "empty" }] });
  const { entries, troubles } = await reading;
  expect(entries.flatMap(({ paths }) => paths)).toEqual(["a.jpg", "b.jpg"]);
  expect(troubles).toEqual([{ kind: "empty" }]);
  expect(worker.isTerminated).toBe(true);
});
