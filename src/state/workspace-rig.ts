import { exampleTask } from "#src/domain/example-rows.ts";
import type { Fields } from "#src/domain/field.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { RowsWritten } from "./history/changes.ts";
import { createUndoStack } from "./history/undo-stack.ts";
import type { SheetServices } from "./sheet/open-sheet.ts";
import { engineDouble } from "./sheet/open-rows.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

interface Wishes {
  /** How often the engine can't be loaded. */
  engineFailures?: number;
  storages?: SheetServices["storages"];
}

/** For tests: a workspace on a real database, or on that of another one, as after a reload. */
export async function setUp({ engineFailures = 0, storages: earlier }: Wishes = {}) {
  let clock = 1_000;
  const now = (): number => (clock += 1);
  const storages = earlier ?? {
    disk: await openDiskStorage({ name: crypto.randomUUID(), now }),
    memory: createMemoryStorage(),
  };
  const told: RowsWritten[] = [];
  const purges: number[] = [];
  let hearPurge: (before: number) => void = () => undefined;
  let hearRows: (rows: RowsWritten) => void = () => undefined;
  const { engine, orders, tell } = engineDouble();
  const started: RunEngine = {
    ...engine,
    start: async (plan) => {
      const runId = await engine.start(plan);
      const { sheetId } = plan;
      tell({ type: "tasks-added", sheetId, tasks: [exampleTask({ sheetId, runId })] });
      return runId;
    },
  };
  let failuresLeft = engineFailures;
  let lastFields: Fields | null = null;
  const services: SheetServices = {
    storages,
    lastFields: {
      read: async () => lastFields,
      keep: (fields) => {
        lastFields = fields;
      },
    },
    engine: async () => {
      failuresLeft -= 1;
      if (failuresLeft >= 0) throw new TypeError("Failed to fetch dynamically imported module");
      return started;
    },
    preparer: async () => {
      throw new Error("nothing is prepared here");
    },
    openChannel: () => {
      let isClosed = false;
      return {
        post: (rows) => {
          if (isClosed) throw new DOMException("Channel is closed", "InvalidStateError");
          told.push(rows);
        },
        close: () => {
          isClosed = true;
        },
        onRows: (listener) => {
          hearRows = listener;
        },
      };
    },
    purges: {
      tell: (before) => {
        purges.push(before);
      },
      onPurge: (listener) => {
        hearPurge = listener;
      },
      close: () => undefined,
    },
    undo: createUndoStack(now),
    now,
    newId: () => crypto.randomUUID(),
  };
  return {
    services,
    storages,
    told,
    orders,
    purges,
    hearPurge: (before: number) => hearPurge(before),
    hearRows: (rows: RowsWritten) => hearRows(rows),
    workspace: createWorkspace(services),
  };
}

/** The sheet that is on screen. */
export function openOf({ store }: Workspace) {
  const { open } = store.getState();
  if (open === null) throw new Error("no sheet is open");
  return open;
}
