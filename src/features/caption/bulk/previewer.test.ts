import { expect, test } from "vitest";
import type { BulkOrder, BulkReport } from "./bulk-worker.ts";
import { computeChanges, type BulkTexts } from "./compute-changes.ts";
import { createPreviewer } from "./previewer.ts";
import type { TextEdit } from "./text-edits.ts";

const TEXTS: BulkTexts = {
  fields: [{ kind: "sentence", limit: { most: 6, unit: "characters" }, language: null }],
  words: ["A boat", "A lamp", "Two boats"],
  fieldAt: Uint8Array.from([0, 0, 0]),
};

const REPLACE = {
  kind: "replace",
  find: "boat",
  with: "ship",
  wholeWord: true,
  matchCase: false,
  keepsCapital: true,
  isPattern: false,
} as const;

/** A pattern that looks for longer than anybody waits. */
const ENDLESS: TextEdit = { ...REPLACE, find: "(a+)+$", isPattern: true };

/** Stands in for a worker: what it is told it does when `work` is called, as a worker does in its own time. */
class WorkerDouble {
  readonly #target = new EventTarget();
  readonly orders: BulkOrder[] = [];
  isEnded = false;
  private texts: BulkTexts | null = null;
  postMessage(order: BulkOrder): void {
    this.orders.push(structuredClone(order));
  }
  terminate(): void {
    this.isEnded = true;
  }
  addEventListener(
    type: "message" | "error" | "messageerror",
    listen: ((event: MessageEvent<BulkReport>) => void) | (() => void),
  ): void {
    this.#target.addEventListener(type, (event) =>
      event instanceof MessageEvent ? listen(event) : listen(new MessageEvent("error")),
    );
  }
  begin(): void {
    this.say({ kind: "begun" });
  }
  work(): void {
    const order = this.orders.at(-1);
    if (order === undefined) throw new Error("nothing was ordered");
    this.texts = order.texts ?? this.texts;
    if (this.texts === null) throw new Error("no texts");
    this.say({ kind: "done", changes: computeChanges(this.texts, order.edit) });
  }
  say(data: BulkReport): void {
    this.#target.dispatchEvent(new MessageEvent("message", { data }));
  }
  fail(): void {
    this.#target.dispatchEvent(new Event("error"));
  }
}

function rig() {
  const workers: WorkerDouble[] = [];
  const timers: { milliseconds: number; callback: () => void; isOff: boolean }[] = [];
  const previewer = createPreviewer({
    startWorker: () => {
      const worker = new WorkerDouble();
      workers.push(worker);
      return worker;
    },
    after: (milliseconds, callback) => {
      const timer = { milliseconds, callback, isOff: false };
      timers.push(timer);
      return () => {
        timer.isOff = true;
      };
    },
  });
  const latest = (): WorkerDouble => {
    const worker = workers.at(-1);
    if (worker === undefined) throw new Error("no worker was started");
    return worker;
  };
  return { previewer, workers, timers, latest };
}

test("only what changes comes back, with how much it is too long", async () => {
  const { previewer, workers, timers, latest } = rig();
  const outcome = previewer.preview(TEXTS, REPLACE);
  latest().begin();
  latest().work();
  expect(await outcome).toEqual({
    kind: "done",
    changes: { at: Uint32Array.from([0]), after: ["A ship"], over: Uint32Array.from([0]) },
  });
  // The same texts are not sent again, and words are given all the time they need.
  const second = previewer.preview(TEXTS, { ...REPLACE, wholeWord: false });
  latest().begin();
  latest().work();
  expect(await second).toMatchObject({ changes: { after: ["A ship", "Two ships"] } });
  expect(workers).toHaveLength(1);
  expect(latest().orders.map(({ texts }) => texts === null)).toEqual([false, true]);
  expect(timers).toEqual([]);
});

test("a pattern that looks for more than two seconds is ended with its worker, and the next preview has a new one", async () => {
  const { previewer, workers, timers, latest } = rig();
  const outcome = previewer.preview(TEXTS, ENDLESS);
  // Its time begins when it begins to look, not while the worker loads.
  expect(timers).toEqual([]);
  latest().begin();
  expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([2000]);
  timers[0]?.callback();
  expect(await outcome).toEqual({ kind: "too-slow" });
  expect(latest().isEnded).toBe(true);
  const next = previewer.preview(TEXTS, REPLACE);
  expect(workers).toHaveLength(2);
  // A word of the old one that is still on its way counts for nothing.
  workers[0]?.say({ kind: "bad-pattern", why: "late" });
  latest().begin();
  latest().work();
  expect(await next).toMatchObject({ kind: "done", changes: { after: ["A ship"] } });
});

test("a pattern in time leaves no timer behind", async () => {
  const { previewer, timers, latest } = rig();
  const outcome = previewer.preview(TEXTS, { ...REPLACE, isPattern: true });
  latest().begin();
  latest().work();
  expect(await outcome).toMatchObject({ kind: "done" });
  expect(timers.map(({ isOff }) => isOff)).toEqual([true]);
});

test("a preview that is still being made gives way to the next at once", async () => {
  const { previewer, workers, latest } = rig();
  const first = previewer.preview(TEXTS, ENDLESS);
  latest().begin();
  const second = previewer.preview(TEXTS, REPLACE);
  expect(await first).toEqual({ kind: "replaced" });
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
  expect(latest().orders[0]?.texts).not.toBeNull();
  latest().work();
  expect(await second).toMatchObject({ kind: "done" });
});

test("a bad pattern, and a worker that does not load, are said", async () => {
  const { previewer, latest } = rig();
  const bad = previewer.preview(TEXTS, ENDLESS);
  latest().say({ kind: "bad-pattern", why: "Unterminated group" });
  expect(await bad).toEqual({ kind: "bad-pattern", why: "Unterminated group" });
  const lost = previewer.preview(TEXTS, REPLACE);
  latest().fail();
  expect(await lost).toEqual({ kind: "lost" });
  expect(latest().isEnded).toBe(true);
});
