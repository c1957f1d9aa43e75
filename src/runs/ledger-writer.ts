import type { RunNote, Task, TaskUuid } from "#src/domain/task.ts";
import type { Ledger, LedgerAnswer, LedgerQuestion } from "./ports.ts";

type Reusable = { question: LedgerQuestion; answer: LedgerAnswer };

/** Writes task rows in groups: while one transaction runs, what comes next gathers for the following one. */
export interface LedgerWriter {
  /** Resolves once these rows, or newer ones of the same tasks, are flushed to disk. Rejects with storage's failure; the rows are kept and written with the next group. */
  write: (rows: readonly Task[], reusable?: Reusable) => Promise<void>;
  writeNote: (note: RunNote) => Promise<void>;
  /** Writes what a failure left unwritten. */
  flush: () => Promise<void>;
}

/**
 * One flush to disk costs the same for one row and for fifty, so rows share it. All of it is written strictly: an
 * answer is money.
 */
export function createLedgerWriter(
  ledger: Ledger,
  onWritten: (taskUuids: readonly TaskUuid[]) => void,
): LedgerWriter {
  let tasks = new Map<TaskUuid, Task>();
  let reusable: Reusable[] = [];
  let note: RunNote | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function writeGroup(): Promise<void> {
    const group = { tasks, reusable, note };
    if (tasks.size === 0 && note === null) return;
    tasks = new Map();
    reusable = [];
    note = null;
    try {
      await ledger.write(
        {
          tasks: [...group.tasks.values()],
          reusable: group.reusable,
          runs: group.note === null ? [] : [group.note],
        },
        "strict",
      );
    } catch (thrown) {
      // Nothing is lost: newer rows of the same task win over what could not be written.
      tasks = new Map([...group.tasks, ...tasks]);
      reusable = [...group.reusable, ...reusable];
      note ??= group.note;
      throw thrown;
    }
    onWritten([...group.tasks.keys()]);
  }

  function commit(): Promise<void> {
    if (next !== null) return next;
    const before = running ?? Promise.resolve();
    const started = before
      .catch(() => undefined)
      .then(() => {
        if (next === started) next = null;
        running = writeGroup();
        return running;
      });
    next = started;
    return started;
  }

  return {
    write: (rows, entry) => {
      for (const task of rows) tasks.set(task.taskUuid, task);
      if (entry !== undefined) reusable.push(entry);
      return commit();
    },
    writeNote: (value) => {
      note = value;
      return commit();
    },
    flush: commit,
  };
}
