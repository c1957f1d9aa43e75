import type { SheetImage } from "#src/domain/image.ts";
import { hasEnded, type Task } from "#src/domain/task.ts";
import type { RunEngine, RunPlan } from "#src/runs/run-engine.ts";
import type { SheetStore } from "./sheet-store.ts";
import type { SheetWriter } from "./sheet-writer.ts";
import type { UndoStack } from "./undo-stack.ts";

export interface RunActions {
  /**
   * Starts a run. With `overwrites` (its label) the run is one undo: undoing stops it and brings back what was
   * shown before; what was spent stays spent.
   */
  start: (plan: Omit<RunPlan, "sheetId">, overwrites?: string) => Promise<void>;
  pause: () => Promise<void>;
  resume: () => Promise<void>;
  cancel: () => Promise<void>;
}

/** Runs on one sheet. Loads the engine when it is first needed. */
export function createRunActions(parts: {
  sheetStore: SheetStore;
  writer: SheetWriter;
  engine: () => Promise<RunEngine>;
  undo: UndoStack;
  now: () => number;
}): RunActions {
  const sheetId = parts.sheetStore.store.getState().sheet.id;
  const whole = async (step: (engine: RunEngine) => void): Promise<void> =>
    step(await parts.engine());
  return {
    start: async (plan, overwrites) => {
      const engine = await parts.engine();
      const runId = await engine.start({ ...plan, sheetId });
      if (overwrites === undefined) return;
      let hidden: Task[] = [];
      parts.undo.push({
        label: overwrites,
        undo: async () => {
          engine.cancel(sheetId, runId);
          await untilEnded(parts.sheetStore, runId);
          const tasks = tasksOf(parts.sheetStore, runId);
          const deletedAt = parts.now();
          hidden = tasks.map((task) => ({ ...task, deletedAt }));
          await parts.writer.write({ tasks: hidden });
        },
        redo: () =>
          parts.writer.write({ tasks: hidden.map((task) => ({ ...task, deletedAt: null })) }),
      });
    },
    pause: () => whole((engine) => engine.pause(sheetId)),
    resume: () => whole((engine) => engine.resume(sheetId)),
    cancel: () => whole((engine) => engine.cancel(sheetId)),
  };
}

/** True for an image that can be asked about now. */
export function isReady(image: SheetImage): boolean {
  return image.preparation.phase === "ready" || image.preparation.phase === "remote";
}

function tasksOf(sheetStore: SheetStore, runId: string): Task[] {
  sheetStore.flush();
  return [...sheetStore.store.getState().tasks.values()].flatMap((tasks) =>
    tasks.filter((task) => task.runId === runId),
  );
}

// What was sent is awaited: it is paid for, and its row must not be written from two sides.
function untilEnded(sheetStore: SheetStore, runId: string): Promise<void> {
  if (tasksOf(sheetStore, runId).every(hasEnded)) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = sheetStore.store.subscribe((state) => {
      const tasks = [...state.tasks.values()].flat().filter((task) => task.runId === runId);
      if (!tasks.every(hasEnded)) return;
      stop();
      resolve();
    });
  });
}
