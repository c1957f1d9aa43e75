import { createStore, type StoreApi } from "zustand/vanilla";
import { MOST_PROMPT_CHARACTERS } from "#src/catalog/presets.ts";
import type { Field, Fields } from "#src/domain/field.ts";
import { byFrame } from "#src/domain/image-row.ts";
import type { SheetImage, ImageId } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import { hasEnded, type Task } from "#src/domain/task.ts";
import { blankStatus, type RunStatus } from "#src/runs/run-events.ts";
import type { SheetRecords, SkippedRow } from "#src/storage/storage.ts";
import type { Failure } from "#src/domain/failure.ts";
import type { DropReport } from "#src/state/pictures/drop-report.ts";
import { type MoneySums, foldMoney, recount } from "#src/domain/money-fold.ts";

/** A file that was not taken, and why. */
export interface RejectedFile {
  name: string;
  failure: Failure;
}

/** What became of the files that were offered, since all was last well or the user dismissed the report. */
export interface IntakeReport {
  offered: number;
  taken: number;
  rejected: readonly RejectedFile[];
  /** Names of files whose bytes are already on the sheet. */
  duplicates: readonly string[];
  /** What became of the texts that came along, drop by drop. */
  captions: readonly DropReport[];
}

/**
 * Everything about the open sheet that a screen shows. Maps are replaced, never changed, at most every 33 ms.
 */
export interface SheetState {
  sheet: Sheet;
  /** Images that are not removed, by frame number. */
  order: readonly ImageId[];
  images: ReadonlyMap<ImageId, SheetImage>;
  /** Facts of original files, by hash. */
  pictures: ReadonlyMap<string, PictureFacts>;
  /** By image, oldest first; without removed ones. */
  tasks: ReadonlyMap<ImageId, readonly Task[]>;
  /** By image, oldest first; replaced ones included, undone ones not. */
  marks: ReadonlyMap<ImageId, readonly Mark[]>;
  /**
   * What this sheet has cost so far and holds, by purse: including removed answers, since nothing
   * un-spends.
   */
  spent: MoneySums;
  /** False while only the first images of a large sheet are here. */
  complete: boolean;
  run: RunStatus;
  intake: IntakeReport;
  skipped: readonly SkippedRow[];
}

export const NO_INTAKE: IntakeReport = {
  offered: 0,
  taken: 0,
  rejected: [],
  duplicates: [],
  captions: [],
};

/** How many of the files that were offered are still being prepared, or wait for it. */
export function stillPreparing({ offered, taken, rejected, duplicates }: IntakeReport): number {
  return offered - taken - rejected.length - duplicates.length;
}

/** Rows that changed, wherever they changed. */
export interface SheetChange {
  sheet?: Sheet;
  images?: readonly SheetImage[];
  /** Ids of images that turned out never to have been on the sheet (rejected, duplicates). */
  dropped?: readonly string[];
  pictures?: readonly PictureFacts[];
  tasks?: readonly Task[];
  marks?: readonly Mark[];
  run?: RunStatus;
  intake?: (report: IntakeReport) => IntakeReport;
}

export interface SheetStore {
  store: StoreApi<SheetState>;
  /** Shows a change at the next beat: events come in bursts, and copying maps for each would be slow. */
  show: (change: SheetChange) => void;
  /** Shows everything that waits now. For reading the state right after the caller's own change. */
  flush: () => void;
  /**
   * Call this as reading the whole sheet begins: the rest of one that was opened by its first images, or what was
   * missed. The function it returns adds the records, or gives up on them if they are null; rows that were shown since
   * then are newer, and stay.
   */
  beginReading: () => (records: SheetRecords | null, isAll?: boolean) => void;
  /** Lets go of all rows. What is shown from then on is shown alone, until the sheet is read again. */
  letGo: () => void;
  close: () => void;
}

const BEAT_MS = 33;

/** The stored things of one sheet, as one subscribable store. */
export function createSheetStore(
  records: SheetRecords,
  whole: boolean,
  // Not an animation frame: a hidden tab has none, and its title still counts up.
  beat: (step: () => void) => () => void = (step) => {
    const timer = setTimeout(step, BEAT_MS);
    return () => clearTimeout(timer);
  },
): SheetStore {
  let spending = createSpending(records);
  // Without rows: a store remembers what it began with.
  const bare = { ...records, images: [], tasks: [], marks: [], pictures: [] };
  const store = createStore<SheetState>(() => ({
    ...fromRecords(bare),
    spent: spending.sums(),
    complete: whole,
  }));
  store.setState(fromRecords(records));
  let waiting: SheetChange[] = [];
  const readings = new Set<Map<string, Shown>>();
  let cancelBeat: (() => void) | null = null;
  const flush = (): void => {
    cancelBeat?.();
    cancelBeat = null;
    if (waiting.length === 0) return;
    const changes = waiting;
    waiting = [];
    for (const since of readings) noteShown(since, changes);
    const tasks = changes.flatMap((change) => change.tasks ?? []);
    store.setState((state) => ({
      ...applyChanges(state, changes),
      ...(tasks.length > 0 ? { spent: spending.add(tasks) } : {}),
    }));
  };
  return {
    store,
    show: (change) => {
      waiting.push(change);
      cancelBeat ??= beat(flush);
    },
    flush,
    beginReading: () => {
      flush();
      const since = new Map<string, Shown>();
      readings.add(since);
      return (all, isAll = true) => {
        flush();
        readings.delete(since);
        if (all === null) return;
        const tasks = newestOf(
          all.tasks.filter(({ taskUuid }) => since.get(taskUuid) !== "removed"),
          [...store.getState().tasks.values()].flat(),
        );
        spending = createSpending(all);
        store.setState((state) => ({
          ...applyChanges(state, [
            {
              images: all.images.filter(({ id }) => !state.images.has(id) && !since.has(id)),
              pictures: all.pictures,
              marks: all.marks.filter(({ id }) => !since.has(id)),
            },
          ]),
          tasks: groupByImage(tasks),
          spent: spending.add(tasks),
          skipped: all.skipped,
          complete: isAll,
        }));
      };
    },
    letGo: () => {
      flush();
      spending = createSpending(bare);
      const { order, images, pictures, tasks, marks } = fromRecords(bare);
      store.setState({ order, images, pictures, tasks, marks, complete: false });
    },
    close: () => {
      cancelBeat?.();
      waiting = [];
    },
  };
}

/** What became of a row while the sheet was being read, by its id. */
type Shown = "there" | "removed";

function noteShown(since: Map<string, Shown>, changes: readonly SheetChange[]): void {
  for (const { images = [], dropped = [], tasks = [], marks = [] } of changes) {
    for (const { id, deletedAt } of [...images, ...marks])
      since.set(id, deletedAt === null ? "there" : "removed");
    for (const { taskUuid, deletedAt } of tasks)
      since.set(taskUuid, deletedAt === null ? "there" : "removed");
    for (const id of dropped) since.set(id, "removed");
  }
}

function fromRecords(records: SheetRecords): Omit<SheetState, "spent" | "complete"> {
  const images = new Map(
    records.images.filter((image) => image.deletedAt === null).map((image) => [image.id, image]),
  );
  return {
    sheet: { ...records.sheet, fields: withinBound(records.sheet.fields) },
    order: orderOf(images),
    images,
    pictures: new Map(records.pictures.map((facts) => [facts.hash, facts])),
    tasks: groupByImage(records.tasks),
    marks: groupByImage(records.marks),
    run: runAsLeft(records),
    intake: NO_INTAKE,
    skipped: records.skipped,
  };
}

/** What the run is by the ledger, until an engine says more: a run that waits for the user is never shown as none. */
function runAsLeft({ sheet, tasks, run }: SheetRecords): RunStatus {
  const blank = blankStatus(sheet.id);
  if (tasks.every(hasEnded)) return blank;
  return run?.paused === true
    ? { ...blank, runId: run.runId, phase: "paused", stop: { kind: "person" } }
    : { ...blank, runId: run?.runId ?? null, phase: "running" };
}

// A sheet that was stored before prompts had a bound may have any.
function withinBound([first, ...others]: Fields): Fields {
  const bounded = (field: Field): Field => {
    const { recipe } = field;
    const prompt = recipe.prompt?.slice(0, MOST_PROMPT_CHARACTERS) ?? null;
    return prompt === recipe.prompt ? field : { ...field, recipe: { ...recipe, prompt } };
  };
  return [bounded(first), ...others.map(bounded)];
}

/** One new state for a burst of changes: each map is copied at most once. */
function applyChanges(state: SheetState, changes: readonly SheetChange[]): Partial<SheetState> {
  const next: Partial<SheetState> = {};
  const images = changes.flatMap((change) => change.images ?? []);
  const dropped = changes.flatMap((change) => change.dropped ?? []);
  if (images.length > 0 || dropped.length > 0) {
    const result = withImages(state.images, images);
    for (const id of dropped) result.reordered = result.images.delete(id) || result.reordered;
    next.images = result.images;
    if (result.reordered) next.order = orderOf(result.images);
  }
  const pictures = changes.flatMap((change) => change.pictures ?? []);
  if (pictures.length > 0)
    next.pictures = new Map([
      ...state.pictures,
      ...pictures.map((facts) => [facts.hash, facts] as const),
    ]);
  const tasks = changes.flatMap((change) => change.tasks ?? []);
  if (tasks.length > 0) next.tasks = withRows(state.tasks, tasks, TASKS);
  const marks = changes.flatMap((change) => change.marks ?? []);
  if (marks.length > 0) next.marks = withRows(state.marks, marks, MARKS);
  for (const change of changes) {
    if (change.sheet !== undefined) next.sheet = change.sheet;
    if (change.run !== undefined) next.run = change.run;
    if (change.intake !== undefined) next.intake = change.intake(next.intake ?? state.intake);
  }
  return next;
}

// What an event brought since then is newer than what was read, unless the read saw the task's end.
function newestOf(read: readonly Task[], shown: readonly Task[]): Task[] {
  const known = new Map(shown.map((task) => [task.taskUuid, task]));
  const merged = read.map((task) => {
    const other = known.get(task.taskUuid);
    known.delete(task.taskUuid);
    return other === undefined || hasEnded(task) ? task : other;
  });
  return [...merged, ...known.values()];
}

interface ImageRow {
  imageId: ImageId;
  deletedAt: number | null;
}

/** Rows by image, oldest first, without removed ones. `rows` must be in order of creation. */
function groupByImage<Row extends ImageRow>(rows: readonly Row[]): Map<ImageId, Row[]> {
  const groups = new Map<ImageId, Row[]>();
  for (const row of rows) {
    if (row.deletedAt !== null) continue;
    const group = groups.get(row.imageId);
    if (group === undefined) groups.set(row.imageId, [row]);
    else group.push(row);
  }
  return groups;
}

/** The images with these changed; says whether the order must be made again. */
function withImages(
  current: ReadonlyMap<ImageId, SheetImage>,
  images: readonly SheetImage[],
): { images: Map<ImageId, SheetImage>; reordered: boolean } {
  const next = new Map(current);
  let reordered = false;
  for (const image of images) {
    if (image.deletedAt !== null) {
      reordered = next.delete(image.id) || reordered;
    } else {
      reordered = reordered || !next.has(image.id);
      next.set(image.id, image);
    }
  }
  return { images: next, reordered };
}

/** Image ids by frame number. */
function orderOf(images: ReadonlyMap<ImageId, SheetImage>): ImageId[] {
  return [...images.values()].toSorted(byFrame).map((image) => image.id);
}

interface RowKind<Row> {
  idOf: (row: Row) => string;
  /** A number by which later rows are greater. */
  madeAt: (row: Row) => number;
}

const TASKS: RowKind<Task> = {
  idOf: ({ taskUuid }) => taskUuid,
  madeAt: ({ times }) => times.createdAt,
};
const MARKS: RowKind<Mark> = { idOf: ({ id }) => id, madeAt: ({ seq }) => seq };

/**
 * A copy of `groups` in which these rows replace those with the same id, new ones are at the end, and removed ones are
 * gone.
 */
function withRows<Row extends ImageRow>(
  groups: ReadonlyMap<ImageId, readonly Row[]>,
  rows: readonly Row[],
  kind: RowKind<Row>,
): Map<ImageId, readonly Row[]> {
  const next = new Map(groups);
  for (const row of rows) {
    const others = next.get(row.imageId) ?? [];
    const at = others.findIndex((other) => kind.idOf(other) === kind.idOf(row));
    if (row.deletedAt !== null) {
      if (at >= 0) next.set(row.imageId, others.toSpliced(at, 1));
    } else if (at >= 0) next.set(row.imageId, others.with(at, row));
    else next.set(row.imageId, insertByAge(others, row, kind));
  }
  return next;
}

// A restored row goes back to its old place; a new one is newest, so the search ends at once.
function insertByAge<Row>(others: readonly Row[], row: Row, kind: RowKind<Row>): Row[] {
  const at = others.findLastIndex((other) => kind.madeAt(other) <= kind.madeAt(row)) + 1;
  return others.toSpliced(at, 0, row);
}

/**
 * Running sums of what a sheet cost and holds. A task that is reported again replaces what it was
 * counted as.
 */
interface Spending {
  add: (tasks: readonly Task[]) => MoneySums;
  sums: () => MoneySums;
}

/** Starts from the records' own sum, which knows of tasks whose rows are gone. */
export function createSpending({ tasks, spentMicroUsd }: SheetRecords): Spending {
  const counted = new Map(tasks.map((task) => [task.taskUuid, task]));
  const found = foldMoney(tasks);
  // The records' sum is the whole truth at this moment; counting continues from there.
  let sums: MoneySums = {
    sandbox: { ...found.sandbox, microUsd: spentMicroUsd.sandbox },
    runware: { ...found.runware, microUsd: spentMicroUsd.runware },
    device: { ...found.device, microUsd: spentMicroUsd.device },
  };
  return {
    add: (changed) => {
      for (const task of changed) {
        sums = recount(sums, counted.get(task.taskUuid) ?? null, task);
        counted.set(task.taskUuid, task);
      }
      return sums;
    },
    sums: () => sums,
  };
}
