import { exampleSheet } from "#src/domain/example-rows.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import { blankStatus, type RunEvent, type RunPlan } from "#src/runs/run-events.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Write } from "#src/storage/storage.ts";
import { createOpenSheet, type SheetServices } from "./open-sheet.ts";

/**
 * For tests: a sheet of these rows, open on real storage in memory, with an engine that runs nothing. A clock that goes on by a millisecond with every look stands in for time.
 */
export async function openRows({
  sheet: change = {},
  ...rows
}: Pick<Write, "images" | "tasks" | "marks"> & { sheet?: Partial<Sheet> }) {
  const memory = createMemoryStorage();
  const sheet = exampleSheet({ keeping: "memory", ...change });
  await memory.write({ ...rows, sheets: [sheet] });
  const records = await memory.readSheet(sheet.id);
  if (records === null) throw new Error("the sheet was not written");
  const { engine, plans, orders } = engineDouble();
  let clock = 1_000_000;
  const now = () => (clock += 1);
  const undo = createUndoStack(now);
  undo.show(records.sheet.id);
  const services: SheetServices = {
    storages: { disk: memory, memory },
    engine: async () => engine,
    preparer: async () => {
      throw new Error("nothing is prepared here");
    },
    openChannel: () => ({ post: () => undefined, close: () => undefined, onRows: () => undefined }),
    purges: { tell: () => undefined, onPurge: () => undefined, close: () => undefined },
    undo,
    lastFields: { read: async () => null, keep: () => undefined },
    now,
    newId: () => crypto.randomUUID(),
  };
  return { open: createOpenSheet(services, records, null), services, plans, orders };
}

/** For tests: an engine that writes down what it is told, and runs nothing. `tell` tells whoever listens to it. */
export function engineDouble() {
  const plans: RunPlan[] = [];
  const orders: string[] = [];
  const listeners = new Set<(event: RunEvent) => void>();
  const engine: RunEngine = {
    open: (sheetId) => {
      orders.push(`open ${sheetId}`);
      return () => undefined;
    },
    start: async (plan) => {
      plans.push(plan);
      orders.push(`start ${plan.sheetId}`);
      return `run-${plans.length}`;
    },
    expect: () => undefined,
    pause: () => undefined,
    lookAgain: () => undefined,
    resume: () => undefined,
    cancel: (...which) => {
      orders.push(["cancel", ...which].join(" "));
    },
    cancelWaiting: (sheetId, taskUuids) => {
      orders.push(`cancel waiting ${sheetId} ${taskUuids.join(" ")}`);
    },
    configure: (sheetId, { mostInFlight }) => {
      orders.push(`configure ${sheetId} ${mostInFlight}`);
    },
    status: blankStatus,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => undefined,
  };
  const tell = (event: RunEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return { engine, plans, orders, tell };
}
