import type { Failure } from "#src/domain/failure.ts";
import type { WorkerOrder, WorkerReport } from "./image-preparer.ts";

/** As much of a Worker as the pool uses. */
export interface PoolWorker {
  postMessage(order: WorkerOrder, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: "message", listen: (event: MessageEvent<WorkerReport>) => void): void;
  addEventListener(type: "error" | "messageerror", listen: () => void): void;
}

export type PoolAnswer = Extract<
  WorkerReport,
  { kind: "prepared" | "made-ready" | "hashed" | "drawing-wanted" | "library-wanted" }
>;

/** One order, from the queue to its end. */
export interface Turn {
  order: WorkerOrder;
  transfer: Transferable[];
  settle(outcome: { answer: PoolAnswer } | { failure: Failure }): void;
}

/** One worker of the pool, with the order it is working on. */
export interface PoolMember {
  turn(): Turn | null;
  begin(turn: Turn): void;
  /** Ends the worker if it has nothing to do until then. */
  rest(): void;
  /** Ends the worker at once; its current order fails. Doing it twice does nothing. */
  end(failure: Failure): void;
}

export interface MemberOptions {
  worker: PoolWorker;
  idleMs: number;
  deadlineMs: number;
  /** The current order has ended. */
  onFree: () => void;
  /** The worker was ended; called before the current order fails. */
  onEnd: () => void;
}

/** Watches over one worker: one order at a time, each within its deadline. */
export function createPoolMember(options: MemberOptions): PoolMember {
  const { worker } = options;
  let turn: Turn | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  let wornOut = false;

  function hear(report: WorkerReport): void {
    if (report.kind === "turn-awaited") clearTimeout(timer);
    else if (report.kind === "turn-taken") startDeadline();
    else if (report.kind === "worn-out") wornOut = true;
    else {
      clearTimeout(timer);
      const done = turn;
      turn = null;
      done?.settle(report.kind === "failed" ? { failure: report.failure } : { answer: report });
      if (wornOut) end({ kind: "cancelled" });
      else options.onFree();
    }
  }

  function startDeadline(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      end({ kind: "unreadable-image", reason: "undecodable" });
    }, options.deadlineMs);
  }

  function end(failure: Failure): void {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    // Terminated rather than asked to stop: a worker that decodes a large picture reads no messages.
    worker.terminate();
    options.onEnd();
    turn?.settle({ failure });
  }

  worker.addEventListener("message", (event) => {
    if (!ended) hear(event.data);
  });
  for (const type of ["error", "messageerror"] as const) {
    worker.addEventListener(type, () => {
      end({ kind: "internal", detail: "image worker failed" });
    });
  }
  return {
    turn: () => turn,
    begin(next) {
      turn = next;
      startDeadline();
      worker.postMessage(next.order, next.transfer);
    },
    rest() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        end({ kind: "cancelled" });
      }, options.idleMs);
    },
    end,
  };
}
