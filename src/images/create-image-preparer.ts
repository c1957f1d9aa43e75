import { FailureError } from "#src/domain/failure.ts";
import type { DrawnVector } from "./draw-vector.ts";
import type { Drawing } from "./drawing.ts";
import type { PixelSize } from "./fit.ts";
import type { ImagePreparer, WorkerOrder } from "./image-preparer.ts";
import { fileLimitFailure } from "./picture-limits.ts";
import {
  createPoolMember,
  type PoolAnswer,
  type PoolMember,
  type PoolWorker,
  type Turn,
} from "./pool-member.ts";

interface PoolOptions {
  /** Most workers at a time. */
  workers: number;
  /** How long a worker without work is kept. */
  idleMs: number;
  /** How long one picture may take before its worker is ended. */
  deadlineMs: number;
  startWorker: () => PoolWorker;
  /** Turns a drawing into pixels of exactly this size; only a page can do that. */
  drawVector: (drawing: Drawing, size: PixelSize, signal: AbortSignal) => Promise<DrawnVector>;
}

/** A pool that starts workers when there is work, gives each one picture at a time, and ends them when there is none. */
export function createImagePreparer(options: PoolOptions): ImagePreparer {
  const pool = createPool(options);
  // One worker at most loads the library: an instance takes as much memory as the largest picture it had.
  const library = createPool({ ...options, workers: 1 });
  return {
    async prepare(original, { copySide, signal, box = null }) {
      const failure = fileLimitFailure(original.size);
      if (failure !== null) throw new FailureError(failure);
      const order = { kind: "prepare", original, copySide, box } as const;
      let answer = await pool.ask({ ...order, byLibrary: false }, signal);
      if (answer.kind === "library-wanted")
        answer = await library.ask({ ...order, byLibrary: true }, signal);
      if (answer.kind === "drawing-wanted") {
        const drawn = await options.drawVector(answer.drawing, answer.size, signal);
        answer = await pool.ask(
          { kind: "prepare-drawing", original, copySide, box, ...drawn },
          signal,
        );
      }
      if (answer.kind !== "prepared") throw unexpected();
      return answer.picture;
    },
    async ready(copy, sent, signal) {
      const answer = await pool.ask({ kind: "make-ready", copy, sent }, signal);
      if (answer.kind !== "made-ready") throw unexpected();
      return answer.picture;
    },
    async hashThumbnail(thumbnail, signal) {
      const answer = await pool.ask({ kind: "hash-thumbnail", thumbnail }, signal);
      if (answer.kind !== "hashed") throw unexpected();
      return answer.perceptualHash;
    },
    end() {
      pool.end();
      library.end();
    },
  };
}

interface Pool {
  ask(order: WorkerOrder, signal: AbortSignal): Promise<PoolAnswer>;
  end(): void;
}

function createPool(options: PoolOptions): Pool {
  const waiting: Turn[] = [];
  const members = new Set<PoolMember>();

  function dispatch(): void {
    while (waiting.length > 0) {
      const member = [...members].find((each) => each.turn() === null) ?? startMember();
      const turn = member === null ? undefined : waiting.shift();
      if (turn === undefined) return;
      member?.begin(turn);
    }
  }

  function startMember(): PoolMember | null {
    if (members.size >= options.workers) return null;
    const member = createPoolMember({
      ...options,
      worker: options.startWorker(),
      onFree() {
        member.rest();
        dispatch();
      },
      onEnd() {
        members.delete(member);
        dispatch();
      },
    });
    members.add(member);
    return member;
  }

  function cancel(turn: Turn): void {
    const place = waiting.indexOf(turn);
    if (place !== -1) waiting.splice(place, 1);
    const member = [...members].find((each) => each.turn() === turn);
    if (member === undefined) turn.settle({ failure: { kind: "cancelled" } });
    else member.end({ kind: "cancelled" });
  }

  return {
    ask: (order, signal) =>
      new Promise((resolve, reject) => {
        const turn = createTurn(order, { signal, cancel, resolve, reject });
        if (turn === null) return;
        // What is about to be sent, or is half done, goes before pictures that have not been taken
        // in yet.
        if (order.kind === "prepare" || order.kind === "hash-thumbnail") waiting.push(turn);
        else waiting.splice(firstPrepare(waiting), 0, turn);
        dispatch();
      }),
    end() {
      for (const turn of waiting.splice(0)) turn.settle({ failure: { kind: "cancelled" } });
      for (const member of members) member.end({ kind: "cancelled" });
    },
  };
}

interface TurnEnds {
  signal: AbortSignal;
  cancel: (turn: Turn) => void;
  resolve: (answer: PoolAnswer) => void;
  reject: (failure: FailureError) => void;
}

/** An order that listens to its signal until it ends; null, and rejected, if the signal has already fired. */
function createTurn(
  order: WorkerOrder,
  { signal, cancel, resolve, reject }: TurnEnds,
): Turn | null {
  if (signal.aborted) {
    reject(new FailureError({ kind: "cancelled" }));
    return null;
  }
  const onAbort = (): void => {
    cancel(turn);
  };
  const turn: Turn = {
    order,
    transfer: order.kind === "prepare-drawing" ? [order.pixels] : [],
    settle(outcome) {
      signal.removeEventListener("abort", onAbort);
      if ("answer" in outcome) resolve(outcome.answer);
      else reject(new FailureError(outcome.failure));
    },
  };
  signal.addEventListener("abort", onAbort, { once: true });
  return turn;
}

function firstPrepare(waiting: readonly Turn[]): number {
  const place = waiting.findIndex(
    ({ order }) => order.kind === "prepare" || order.kind === "hash-thumbnail",
  );
  return place === -1 ? waiting.length : place;
}

function unexpected(): FailureError {
  return new FailureError({ kind: "internal", detail: "unexpected image worker report" });
}
