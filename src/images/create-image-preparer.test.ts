import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Failure, FailureError } from "#src/domain/failure.ts";
import type { EncodedPicture, PreparedPicture } from "#src/domain/picture.ts";
import { createImagePreparer } from "./create-image-preparer.ts";
import type { PoolWorker } from "./pool-member.ts";
import type { WorkerOrder, WorkerReport } from "./image-preparer.ts";

/** A worker whose reports the test makes. */
class ScriptedWorker implements PoolWorker {
  readonly orders: WorkerOrder[] = [];
  terminated = false;
  readonly #target = new EventTarget();

  postMessage(order: WorkerOrder): void {
    this.orders.push(order);
  }
  terminate(): void {
    this.terminated = true;
  }
  addEventListener(type: string, listen: (event: MessageEvent<WorkerReport>) => void): void {
    this.#target.addEventListener(type, (event) => {
      if (event instanceof MessageEvent) listen(event);
      else listen(new MessageEvent<WorkerReport>(type));
    });
  }
  report(data: WorkerReport): void {
    this.#target.dispatchEvent(new MessageEvent<WorkerReport>("message", { data }));
  }
  crash(): void {
    this.#target.dispatchEvent(new Event("error"));
  }
}

const encoded: EncodedPicture = {
  bytes: new ArrayBuffer(8),
  mime: "image/jpeg",
  width: 4,
  height: 2,
};
const picture: PreparedPicture = {
  facts: {
    hash: "00",
    format: "png",
    bytes: 1,
    width: 4,
    height: 2,
    orientation: 1,
    capturedAt: null,
    camera: null,
    hasLocation: false,
    removed: [],
    notes: [],
    background: null,
    perceptualHash: null,
  },
  texts: [],
  thumbnail: encoded,
  copy: encoded,
};
const prepared: WorkerReport = { kind: "prepared", picture };
const deadlineMs = 5_000;
const idleMs = 1_000;
const unanswered: Failure = { kind: "unreadable-image", reason: "undecodable" };

function setUp(workers = 2) {
  const started: ScriptedWorker[] = [];
  const drawn: string[] = [];
  const preparer = createImagePreparer({
    workers,
    idleMs,
    deadlineMs,
    startWorker() {
      const worker = new ScriptedWorker();
      started.push(worker);
      return worker;
    },
    async drawVector(_, size) {
      drawn.push(`${size.width}x${size.height}`);
      return Promise.reject(new FailureError(unanswered));
    },
  });
  const prepare = (signal = new AbortController().signal, file = new Blob(["x"])) =>
    preparer.prepare(file, { copySide: 1536, signal, imageId: "image" });
  const worker = (index: number): ScriptedWorker => {
    const found = started[index];
    if (found === undefined) throw new Error(`worker ${index} was not started`);
    return found;
  };
  return { preparer, prepare, started, worker, drawn };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount(), "no timer outlives its test").toBe(0);
  vi.useRealTimers();
});

it("starts workers as they are needed, and no more than it may", async () => {
  const { preparer, prepare, started, worker } = setUp(2);
  expect(started).toHaveLength(0);
  const all = [prepare(), prepare(), prepare()];
  expect(started.map(({ orders }) => orders.length)).toEqual([1, 1]);
  worker(1).report(prepared);
  await all[1];
  expect(started.map(({ orders }) => orders.length)).toEqual([1, 2]);
  worker(0).report(prepared);
  worker(1).report(prepared);
  await Promise.all(all);
  preparer.end();
});

it("refuses empty and oversized files without starting a worker", async () => {
  const { prepare, started } = setUp();
  await expect(prepare(undefined, new Blob([]))).rejects.toEqual(
    new FailureError({ kind: "empty-file" }),
  );
  const huge = new Blob([new Uint8Array(100_000_001)]);
  await expect(prepare(undefined, huge)).rejects.toMatchObject({
    failure: { kind: "too-large", what: "bytes" },
  });
  expect(started).toHaveLength(0);
});

it("ends a worker that misses its deadline; the file fails and a fresh worker carries on", async () => {
  const { preparer, prepare, worker } = setUp(1);
  const stuck = prepare();
  const next = prepare();
  const failed = expect(stuck).rejects.toEqual(new FailureError(unanswered));
  await vi.advanceTimersByTimeAsync(deadlineMs);
  await failed;
  expect(worker(0).terminated).toBe(true);
  worker(1).report(prepared);
  await expect(next).resolves.toBe(picture);
  preparer.end();
});

it("counts no deadline while a heavy picture waits for its turn", async () => {
  const { preparer, prepare, worker } = setUp(1);
  const heavy = prepare();
  worker(0).report({ kind: "turn-awaited" });
  await vi.advanceTimersByTimeAsync(deadlineMs * 3);
  worker(0).report({ kind: "turn-taken" });
  await vi.advanceTimersByTimeAsync(deadlineMs - 1);
  worker(0).report(prepared);
  await expect(heavy).resolves.toBe(picture);
  preparer.end();
});

it("ends the worker of a picture that is called off, and drops one that still waits", async () => {
  const { preparer, prepare, started, worker } = setUp(1);
  const [first, second] = [new AbortController(), new AbortController()];
  const calledOff = [prepare(first.signal), prepare(second.signal)].map((one) =>
    expect(one).rejects.toEqual(new FailureError({ kind: "cancelled" })),
  );
  const kept = prepare();
  second.abort();
  first.abort();
  await Promise.all(calledOff);
  expect(worker(0).terminated).toBe(true);
  expect(started).toHaveLength(2);
  worker(1).report(prepared);
  await expect(kept).resolves.toBe(picture);
  await expect(prepare(first.signal)).rejects.toEqual(new FailureError({ kind: "cancelled" }));
  preparer.end();
});

it("hears nothing more from a worker it has ended", async () => {
  const { preparer, prepare, worker } = setUp(1);
  const controller = new AbortController();
  const calledOff = expect(prepare(controller.signal)).rejects.toThrow(FailureError);
  controller.abort();
  const next = prepare();
  worker(0).report({ kind: "failed", failure: { kind: "not-an-image" } });
  worker(1).report(prepared);
  await expect(next).resolves.toBe(picture);
  await calledOff;
  preparer.end();
});

it("survives a worker that crashes", async () => {
  const { preparer, prepare, worker } = setUp(1);
  const crashed = expect(prepare()).rejects.toMatchObject({ failure: { kind: "internal" } });
  worker(0).crash();
  await crashed;
  const next = prepare();
  worker(1).report(prepared);
  await expect(next).resolves.toBe(picture);
  preparer.end();
});

it("ends workers when they have nothing to do", async () => {
  const { prepare, worker, started } = setUp(1);
  const first = prepare();
  worker(0).report(prepared);
  await first;
  await vi.advanceTimersByTimeAsync(idleMs - 1);
  const second = prepare();
  await vi.advanceTimersByTimeAsync(idleMs);
  expect(worker(0).terminated).toBe(false);
  worker(0).report(prepared);
  await second;
  await vi.advanceTimersByTimeAsync(idleMs);
  expect(worker(0).terminated).toBe(true);
  expect(started).toHaveLength(1);
});

it("makes pictures ready to send before it takes in more", async () => {
  const { preparer, prepare, worker } = setUp(1);
  const signal = new AbortController().signal;
  const all = [prepare(), prepare()];
  const ready = preparer.ready(encoded, { side: 512, mount: null }, signal);
  worker(0).report(prepared);
  await all[0];
  expect(worker(0).orders[1]).toMatchObject({ kind: "make-ready", sent: { side: 512 } });
  const made = { dataUri: "data:,", width: 4, height: 2, bytes: 8, made: null };
  worker(0).report({ kind: "made-ready", picture: made });
  await expect(ready).resolves.toBe(made);
  worker(0).report(prepared);
  await Promise.all(all);
  preparer.end();
});

it("hashes old thumbnails when nothing else waits, and gives the hash back", async () => {
  const { preparer, prepare, worker } = setUp(1);
  const { signal } = new AbortController();
  const first = prepare();
  const hash = preparer.hashThumbnail(encoded, signal);
  const ready = preparer.ready(encoded, { side: 512, mount: null }, signal);
  worker(0).report(prepared);
  await first;
  expect(worker(0).orders[1]).toMatchObject({ kind: "make-ready" });
  const made = { dataUri: "data:,", width: 4, height: 2, bytes: 8, made: null };
  worker(0).report({ kind: "made-ready", picture: made });
  await ready;
  expect(worker(0).orders[2]).toMatchObject({ kind: "hash-thumbnail", thumbnail: encoded });
  worker(0).report({ kind: "hashed", perceptualHash: "a5c3ffee12345678" });
  await expect(hash).resolves.toBe("a5c3ffee12345678");
  preparer.end();
});

it("asks the page for the pixels of a drawing, and frees the worker in the meantime", async () => {
  const { preparer, prepare, worker, drawn } = setUp(1);
  const undrawn = expect(prepare()).rejects.toEqual(new FailureError(unanswered));
  const drawing = { whole: new Blob(["<svg/>"]), bare: null };
  worker(0).report({ kind: "drawing-wanted", drawing, size: { width: 1536, height: 1024 } });
  await undrawn;
  expect(drawn).toEqual(["1536x1024"]);
  const next = prepare();
  worker(0).report(prepared);
  await expect(next).resolves.toBe(picture);
  preparer.end();
});

it("has one worker only for what takes the library, one picture at a time, and frees the others", async () => {
  const { preparer, prepare, worker, started } = setUp(2);
  const rare = [prepare(), prepare()];
  worker(0).report({ kind: "library-wanted" });
  worker(1).report({ kind: "library-wanted" });
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toHaveLength(3);
  expect(worker(2).orders).toMatchObject([{ kind: "prepare", byLibrary: true }]);
  const usual = prepare();
  expect(worker(0).orders).toMatchObject([{ byLibrary: false }, { byLibrary: false }]);
  worker(0).report(prepared);
  worker(2).report(prepared);
  await Promise.all([usual, rare[0]]);
  expect(worker(2).orders).toHaveLength(2);
  worker(2).report(prepared);
  await rare[1];
  preparer.end();
  expect(started.map(({ terminated }) => terminated)).toEqual([true, true, true]);
});

it("ends a worker that holds too much memory once its picture is done, and starts another", async () => {
  const { preparer, prepare, worker } = setUp(1);
  const both = [prepare(), prepare()];
  worker(0).report({ kind: "worn-out" });
  expect(worker(0).terminated).toBe(false);
  worker(0).report(prepared);
  await expect(both[0]).resolves.toBe(picture);
  expect(worker(0).terminated).toBe(true);
  worker(1).report(prepared);
  await expect(both[1]).resolves.toBe(picture);
  preparer.end();
});

it("fails what is waiting and what is in hand when it is ended", async () => {
  const { preparer, prepare, worker, started } = setUp(1);
  const both = [prepare(), prepare()].map((one) =>
    expect(one).rejects.toEqual(new FailureError({ kind: "cancelled" })),
  );
  preparer.end();
  await Promise.all(both);
  expect(worker(0).terminated).toBe(true);
  expect(started).toHaveLength(1);
});
