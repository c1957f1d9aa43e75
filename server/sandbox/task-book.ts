import type { AnswerMark } from "#src/contract/answer-mark.ts";
import { BoundedMap } from "./bounded-map.ts";
import type { WireError } from "./wire-error.ts";

/** An entry of a reply's `data`. */
export interface DataItem {
  readonly taskUUID: string;
  readonly [field: string]: unknown;
}

/** How a task ended, or that it has not ended. */
export type TaskResult =
  | { kind: "processing" }
  | { kind: "answered"; item: DataItem; mark: AnswerMark }
  | { kind: "failed"; error: WireError };

interface Entry {
  /** Milliseconds on the sandbox's clock. */
  acceptedAt: number;
  result: TaskResult;
  /** Whether getResponse finds it. */
  kept: boolean;
}

/** Which taskUUIDs are in use, and what became of them. */
export interface TaskBook {
  /** False if the UUID is in use. This is what keeps a task from being run twice. */
  accept(taskUuid: string, kept: boolean): boolean;
  settle(taskUuid: string, result: TaskResult): void;
  /** Frees a UUID whose task was never run. */
  release(taskUuid: string): void;
  /** Null if the UUID is unknown, or its result is not kept. */
  find(taskUuid: string): TaskResult | null;
}

// A day of results at some hundred bytes each.
const MOST_TASKS = 20_000;
const RESULT_KEPT_MS = 24 * 60 * 60 * 1_000;

/** An empty book. Entries are dropped by age, and the oldest first if there are too many. */
export function createTaskBook(options: {
  now: () => number;
  uuidInUseMs: () => number;
}): TaskBook {
  const { now, uuidInUseMs } = options;
  const entries = new BoundedMap<string, Entry>(MOST_TASKS);
  return {
    accept(taskUuid, kept) {
      const earlier = entries.get(taskUuid);
      if (earlier && now() - earlier.acceptedAt < uuidInUseMs()) return false;
      entries.set(taskUuid, { acceptedAt: now(), result: { kind: "processing" }, kept });
      return true;
    },
    settle(taskUuid, result) {
      const entry = entries.get(taskUuid);
      if (entry) entry.result = result;
    },
    release(taskUuid) {
      entries.delete(taskUuid);
    },
    find(taskUuid) {
      const entry = entries.get(taskUuid);
      if (!entry?.kept || now() - entry.acceptedAt > RESULT_KEPT_MS) return null;
      return entry.result;
    },
  };
}
