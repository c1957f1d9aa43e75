import { modelById } from "#src/catalog/find-models.ts";
import type { Fields } from "#src/domain/field.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { ImageId, SheetId, SheetImage } from "#src/domain/image.ts";
import type { Mark, MarkValue, UnwrittenMark } from "#src/domain/mark.ts";
import { hasEnded, isInDoubt, type RunId, type Task, type TaskUuid } from "#src/domain/task.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import type { RunPlan } from "#src/runs/run-events.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";
import type { Intake, UnseenPicture } from "#src/state/pictures/intake.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import { partCounts, type Split, splitImages } from "#src/state/pictures/parts.ts";
import { mountOf } from "#src/state/pictures/mount-of.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { SheetChanges, Undoable } from "#src/state/history/changes.ts";
import { marksAtPress, promptSentFor, type SheetQuestion } from "./prompt-sent.ts";
import { RunOrders, type Press, type RunOrder } from "./run-orders.ts";
import type { SheetStore } from "./sheet-store.ts";

/** What is done to the images, marks and runs of an open sheet. Its promises reject with storage's FailureError. */
export interface SheetActions {
  images: ImageActions;
  marks: MarkActions;
  runs: RunActions;
  /**
   * Takes in what others made. Pictures that are on the sheet already keep their image. Resolves to how many images,
   * answers and marks were new; one undo removes them.
   */
  takeForeignRows: (
    foreign: ForeignRows,
    label: string,
  ) => Promise<{ images: number; tasks: number; marks: number }>;
}

interface ImageActions {
  /**
   * Takes images off the sheet; one undo brings them back with their answers and marks. Files that are still being
   * prepared are let go for good: there is nothing of them yet that an undo could bring back.
   */
  remove: (ids: readonly ImageId[]) => Promise<void>;
  /** Splits long images into parts, which are asked about instead; one undo takes them off. See splitImages. */
  split: (ids: readonly ImageId[]) => Promise<Split>;
}

/** A mark about to be made; what is left out is null. */
export type NewMark = Pick<Mark, "imageId" | "value" | "shown"> &
  Partial<Pick<Mark, "note" | "by" | "secondsTaken" | "sample" | "replaces">>;

/** How marks are taken back. */
interface MarkChange extends Pick<Undoable, "quiet" | "onUndo"> {
  /** What then stands in their place, if having made them can't be undone. */
  leaves?: MarkValue;
}

/** What the user writes on the sheet. Append-only: a change is a mark that replaces the earlier one. */
interface MarkActions {
  /** Adds marks as one change; `label` completes "Undo …". */
  add: (marks: readonly NewMark[], label: string, how?: MarkChange) => Promise<readonly Mark[]>;
  /** Adds marks that can't be taken back. */
  addForGood: (marks: readonly NewMark[]) => Promise<readonly Mark[]>;
  /** Takes marks back as one change. */
  remove: (marks: readonly Mark[], label: string) => Promise<void>;
}

interface StartPlan extends Omit<RunPlan, "sheetId" | "unsettled" | "questions"> {
  /** The variables of their prompts are filled in as they were at the press. */
  questions: readonly SheetQuestion[];
  /** True if the user agreed that what is unsettled may be asked, and paid for, again. */
  mayPayTwice?: boolean | undefined;
}

/** Runs on one sheet. */
interface RunActions {
  /**
   * Starts a run. With `overwrites` (its label) the run is one undo: undoing cancels what waits and brings back what was
   * shown before, at once; what was sent is hidden when it ends, and what was spent stays spent.
   */
  start: (plan: StartPlan, overwrites?: string) => Promise<void>;
  /**
   * Asks about images as each becomes ready, in one run; see RunOrders.add.
   */
  order: (asked: RunOrder) => Promise<void>;
  /** Looks unsettled tasks up again, which costs nothing. Resolves once that is under way. */
  checkAgain: (taskUuids: readonly TaskUuid[]) => Promise<void>;
  pause: () => Promise<void>;
  resume: () => Promise<void>;
  /** Cancels what was not sent yet: everything that is still to come or, of these tasks, those that wait. */
  cancel: (taskUuids?: readonly TaskUuid[]) => Promise<void>;
}

/** Answers and marks that were made elsewhere, about pictures known by their hash. */
export interface ForeignRows {
  pictures: readonly UnseenPicture[];
  /** Called once every picture has an image. */
  rows: (place: { sheetId: SheetId; imageIdOf: (hash: string) => ImageId | null }) => {
    tasks: readonly Task[];
    marks: readonly UnwrittenMark[];
  };
}

interface ActionParts {
  storage: Pick<Storage, "readTasks" | "readSheet" | "readCopy" | "putPicture">;
  preparer: () => Promise<Pick<ImagePreparer, "prepare">>;
  fileOf: (pictureHash: string) => Promise<File | null>;
  sheetStore: SheetStore;
  changes: SheetChanges;
  intake: Pick<Intake, "makeUnseen" | "forget">;
  undo: UndoStack;
  lastFields: { keep: (fields: Fields) => void };
  /** Loads the engine when it is first needed. */
  engine: () => Promise<RunEngine>;
  now: () => number;
  newId: () => string;
}

/** Everything that is done to the images, marks and runs of one open sheet; loaded with the first of it. */
export function createActions(parts: ActionParts): SheetActions {
  return {
    images: createImageActions(parts),
    marks: createMarkActions(parts),
    runs: createRunActions(parts),
    takeForeignRows: createTakeForeignRows(parts),
  };
}

function createImageActions(parts: ActionParts): ImageActions {
  const { intake, sheetStore, changes } = parts;
  return {
    split: async (ids) => {
      const done = await splitImages(parts, ids);
      // Their parts are asked about instead: what was asked of the whole and has not been sent is not paid for.
      const { images, tasks, sheet } = sheetStore.store.getState();
      const split = partCounts(images.values());
      const waiting = ids
        .flatMap((id) => (split.has(id) ? (tasks.get(id) ?? []) : []))
        .filter((task) => !hasEnded(task) && !isInDoubt(task));
      if (waiting.length > 0)
        (await parts.engine()).cancelWaiting(
          sheet.id,
          waiting.map(({ taskUuid }) => taskUuid),
        );
      return done;
    },
    remove: async (ids) => {
      await intake.forget(ids);
      const shown = sheetStore.store.getState().images;
      const removed = new Set(ids);
      // A part goes, and comes back, with its image.
      for (const { id, source } of shown.values())
        if (source.kind === "part" && removed.has(source.of)) removed.add(id);
      const images = [...removed].flatMap((id) => shown.get(id) ?? []);
      if (images.length === 0) return;
      const label = images.length === 1 ? "removing 1 image" : `removing ${images.length} images`;
      await changes.apply({ removes: { images } }, { label });
    },
  };
}

function createMarkActions(parts: ActionParts): MarkActions {
  const { changes } = parts;
  const diffOf = (marks: readonly NewMark[]) => ({
    adds: { marks: marks.map((mark) => toMark(mark, parts)) },
  });
  return {
    add: async (marks, label, { leaves, ...how } = {}) => {
      const { adds } = await changes.apply(diffOf(marks), {
        label,
        ...how,
        ...(leaves === undefined
          ? {}
          : { undoneBy: (made) => diffOf((made.adds?.marks ?? []).map(inPlaceOf(leaves))) }),
      });
      return adds?.marks ?? [];
    },
    addForGood: async (marks) => (await changes.apply(diffOf(marks))).adds?.marks ?? [],
    remove: async (marks, label) => {
      if (marks.length > 0) await changes.apply({ removes: { marks } }, { label });
    },
  };
}

function toMark(mark: NewMark, { sheetStore, now, newId }: ActionParts): UnwrittenMark {
  const nothing = { note: null, by: null, secondsTaken: null, sample: null, replaces: null };
  const { id: sheetId } = sheetStore.store.getState().sheet;
  return { ...nothing, ...mark, id: newId(), sheetId, seq: null, at: now(), deletedAt: null };
}

function inPlaceOf(value: MarkValue): (mark: Mark) => NewMark {
  return ({ id, imageId, shown }) => ({ imageId, value, shown, replaces: id });
}

function createRunActions(parts: ActionParts): RunActions {
  const sheetId = parts.sheetStore.store.getState().sheet.id;
  const whole = async (step: (engine: RunEngine) => void): Promise<void> =>
    step(await parts.engine());
  const { store } = parts.sheetStore;
  // A file, a link or an old sheet may name a model that nobody here has heard of: it is never asked, nor paid. Nor is
  // one about an image that is split: its parts are asked about instead.
  const askableOf = ({ questions }: Pick<StartPlan, "questions">) => {
    const split = partCounts(store.getState().images.values());
    return questions.filter(
      ({ recipe, imageId }) => modelById(recipe.modelId) !== null && !split.has(imageId),
    );
  };
  const mountFor = (image: SheetImage | undefined, recipe: Recipe, sheet: Sheet) =>
    mountOf(store.getState().pictures.get((image && pictureHashOf(image)) ?? ""), recipe, sheet);
  const begin = async (
    { mayPayTwice = false, ...plan }: StartPlan,
    pressed: Press = { ...store.getState(), at: parts.now() },
  ): Promise<RunId> => {
    const { images, tasks, marks } = store.getState();
    const { sheet } = pressed;
    const rows = { ...pressed, images, tasks, marks: marksAtPress(pressed.marks, marks) };
    const questions = askableOf(plan).map((question) => ({
      ...question,
      fieldId: question.fieldId ?? null,
      language: sheet.fields.find(({ id }) => id === question.fieldId)?.language ?? null,
      promptSent: question.promptSent ?? promptSentFor(rows, question, pressed.at),
      mount: mountFor(images.get(question.imageId), question.recipe, sheet),
    }));
    // A memory-only sheet leaves nothing on this device.
    if (plan.askedBy === "caption" && sheet.keeping === "disk" && plan.joins === undefined)
      parts.lastFields.keep(sheet.fields);
    await parts.changes.keepTyped();
    const engine = await parts.engine();
    const unsettled = mayPayTwice ? [] : unsettledOf(parts.sheetStore);
    return engine.start({ ...plan, questions, sheetId, unsettled });
  };
  const recordOverwriting = async (runId: RunId, label: string): Promise<void> => {
    const engine = await parts.engine();
    const answers = createHiding(parts, runId);
    parts.undo.push({
      sheetId,
      label,
      undo: async () => {
        engine.cancel(sheetId, runId);
        await answers.hide();
      },
      redo: answers.bringBack,
    });
  };
  const orders = new RunOrders({
    sheetStore: parts.sheetStore,
    engine: parts.engine,
    now: parts.now,
    begin: async ({ asked: { mayPayTwice, overwrites }, pressed }, plan) => {
      const runId = await begin({ ...plan, mayPayTwice }, pressed);
      const isFirst = plan.joins === undefined;
      if (isFirst && overwrites !== undefined) await recordOverwriting(runId, overwrites);
      return runId;
    },
  });
  return {
    start: async (plan, overwrites) => {
      if (askableOf(plan).length === 0 && plan.questions.length > 0) return;
      const runId = await begin(plan);
      if (overwrites !== undefined) await recordOverwriting(runId, overwrites);
    },
    order: (asked) => orders.add(asked),
    checkAgain: (taskUuids) =>
      whole((engine) => engine.lookAgain(sheetId, { taskUuids, mayPost: false })),
    pause: () => whole((engine) => engine.pause(sheetId)),
    resume: () => whole((engine) => engine.resume(sheetId)),
    cancel: (taskUuids) => {
      if (taskUuids !== undefined)
        return whole((engine) => engine.cancelWaiting(sheetId, taskUuids));
      orders.drop(null);
      return whole((engine) => engine.cancel(sheetId));
    },
  };
}

/**
 * Hides what a run wrote, and what was sent when it ends: that is paid for, and its row must not be written from two sides.
 * So nobody waits for an answer that may never come.
 */
function createHiding(
  { storage, sheetStore, changes }: ActionParts,
  runId: RunId,
): { hide: () => Promise<void>; bringBack: () => Promise<void> } {
  const { store } = sheetStore;
  const hidden = new Map<TaskUuid, Task>();
  // Those that are still out, or could not be written.
  const waiting = new Map<TaskUuid, Task>();
  let stopWatching: () => void = () => undefined;
  const sweep = async (kept: readonly Task[] = []): Promise<void> => {
    for (const task of [...kept, ...[...store.getState().tasks.values()].flat()])
      if (task.runId === runId && task.deletedAt === null && !hidden.has(task.taskUuid))
        waiting.set(task.taskUuid, task);
    const ended = [...waiting.values()].filter(
      (task) => hasEnded(task) && !hidden.has(task.taskUuid),
    );
    if (ended.length > 0) {
      for (const task of ended) hidden.set(task.taskUuid, task);
      try {
        await changes.apply({ removes: { tasks: ended } });
      } catch (error) {
        for (const { taskUuid } of ended) hidden.delete(taskUuid);
        throw error;
      }
      for (const { taskUuid } of ended) waiting.delete(taskUuid);
    }
    if (waiting.size === 0) stopWatching();
  };
  return {
    hide: async () => {
      sheetStore.flush();
      const { sheet, complete } = store.getState();
      // The rows of a sheet that is not shown may have been let go of. What ends from now on is shown all the same.
      const kept = complete ? [] : (await storage.readSheet(sheet.id))?.tasks;
      waiting.clear();
      // Before the first sweep, which may find that there is nothing to watch for.
      stopWatching = store.subscribe(() => {
        // What can't be written stays shown, and is tried again with the next change.
        sweep().catch(() => undefined);
      });
      try {
        await sweep(kept);
      } catch (error) {
        stopWatching();
        throw error;
      }
    },
    bringBack: async () => {
      stopWatching();
      await changes.apply({ adds: { tasks: [...hidden.values()] } });
      hidden.clear();
    },
  };
}

function unsettledOf(sheetStore: SheetStore): TaskUuid[] {
  return [...sheetStore.store.getState().tasks.values()].flatMap((tasks) =>
    tasks.flatMap(({ state, taskUuid }) => (state.phase === "unsettled" ? taskUuid : [])),
  );
}

function createTakeForeignRows(parts: ActionParts): SheetActions["takeForeignRows"] {
  const { store } = parts.sheetStore;
  return async (foreign, label) => {
    const images = await parts.intake.makeUnseen(foreign.pictures);
    const { sheet, images: shown } = store.getState();
    // Of several images with the same bytes, the first: nobody can tell which one they meant.
    const imageIds = new Map(
      [...images, ...[...shown.values()].toReversed()].map((image) => [
        pictureHashOf(image),
        image.id,
      ]),
    );
    const { tasks: brought, marks } = foreign.rows({
      sheetId: sheet.id,
      imageIdOf: (hash) => imageIds.get(hash) ?? null,
    });
    // Only the newest answers are on the screen; an older one, or a removed one, keeps its row and what it cost.
    const kept = await parts.storage.readTasks(
      sheet.id,
      brought.map(({ taskUuid }) => taskUuid),
    );
    const keptUuids = new Set(kept.map(({ taskUuid }) => taskUuid));
    const tasks = brought.filter(({ taskUuid }) => !keptUuids.has(taskUuid));
    await parts.changes.apply({ adds: { images, tasks, marks } }, { label });
    return { images: images.length, tasks: tasks.length, marks: marks.length };
  };
}
