import { modelById } from "#src/catalog/find-models.ts";
import type { SheetImage } from "#src/domain/image.ts";
import { hasEnded, type RunId, type Task, type TaskUuid } from "#src/domain/task.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import type { RunPlan } from "#src/runs/run-events.ts";
import type { SheetStore } from "./sheet-store.ts";
import type { SheetWriter } from "./sheet-writer.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";

export interface RunActions {
  /**
   * Starts a run. With `overwrites` (its label) the run is one undo: undoing cancels what waits and brings back what was
   * shown before, at once; what was sent is hidden when it ends, and what was spent stays spent.
   */
  start: (
    plan: Omit<RunPlan, "sheetId" | "unsettled"> & {
      /** The user agrees that what is unsettled may be asked, and paid for, again. */
      mayPayTwice?: boolean;
    },
    overwrites?: string,
  ) => Promise<void>;
  /** Looks unsettled tasks up again, which costs nothing. Resolves once that is under way. */
  checkAgain: (taskUuids: readonly TaskUuid[]) => Promise<void>;
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
    start: async ({ mayPayTwice = false, ...plan }, overwrites) => {
      // A file, a link or an old sheet may name a model that nobody here knows: it is never asked, nor paid.
      const questions = plan.questions.filter(({ recipe }) => modelById(recipe.modelId) !== null);
      if (questions.length === 0 && plan.questions.length > 0) return;
      const engine = await parts.engine();
      const runId = await engine.start({
        ...plan,
        questions,
        sheetId,
        unsettled: mayPayTwice ? [] : unsettledOf(parts.sheetStore),
      });
      if (overwrites === undefined) return;
      const answers = createHiding(parts, runId);
      parts.undo.push({
        label: overwrites,
        undo: async () => {
          engine.cancel(sheetId, runId);
          await answers.hide();
        },
        redo: answers.bringBack,
      });
    },
    checkAgain: (taskUuids) =>
      whole((engine) => engine.lookAgain(sheetId, { taskUuids, mayPost: false })),
    pause: () => whole((engine) => engine.pause(sheetId)),
    resume: () => whole((engine) => engine.resume(sheetId)),
    cancel: () => whole((engine) => engine.cancel(sheetId)),
  };
}

/** True for an image that can be asked about now. */
export function isReady(image: SheetImage): boolean {
  return image.preparation.phase === "ready" || image.preparation.phase === "remote";
}

/**
 * Hides what a run wrote, and what was sent when it ends: that is paid for, and its row must not be written from two
 * sides. So nobody waits for an answer that may never come.
 */
function createHiding(
  { sheetStore, writer, now }: { sheetStore: SheetStore; writer: SheetWriter; now: () => number },
  runId: RunId,
): { hide: () => Promise<void>; bringBack: () => Promise<void> } {
  const { store } = sheetStore;
  const hidden = new Map<TaskUuid, Task>();
  let stopWatching: () => void = () => undefined;
  const sweep = async (): Promise<void> => {
    const tasks = [...store.getState().tasks.values()]
      .flat()
      .filter((task) => task.runId === runId && !hidden.has(task.taskUuid));
    const ended = tasks.filter(hasEnded);
    if (ended.length === tasks.length) stopWatching();
    if (ended.length === 0) return;
    const deletedAt = now();
    const rows = ended.map((task) => ({ ...task, deletedAt }));
    for (const row of rows) hidden.set(row.taskUuid, row);
    try {
      await writer.write({ tasks: rows });
    } catch (error) {
      for (const { taskUuid } of rows) hidden.delete(taskUuid);
      throw error;
    }
  };
  return {
    hide: async () => {
      sheetStore.flush();
      // Before the first sweep, which may find that there is nothing to watch for.
      stopWatching = store.subscribe(() => {
        // What can't be written stays shown, and is tried again with the next change.
        sweep().catch(() => undefined);
      });
      try {
        await sweep();
      } catch (error) {
        stopWatching();
        throw error;
      }
    },
    bringBack: async () => {
      stopWatching();
      await writer.write({
        tasks: [...hidden.values()].map((task) => ({ ...task, deletedAt: null })),
      });
      hidden.clear();
    },
  };
}

function unsettledOf(sheetStore: SheetStore): TaskUuid[] {
  return [...sheetStore.store.getState().tasks.values()].flatMap((tasks) =>
    tasks.flatMap(({ state, taskUuid }) => (state.phase === "unsettled" ? taskUuid : [])),
  );
}
