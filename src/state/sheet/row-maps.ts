import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { Task } from "#src/domain/task.ts";

interface ImageRow {
  imageId: ImageId;
  deletedAt: number | null;
}

/** Rows by image, oldest first, removed ones left out. `rows` must be in order of creation. */
export function groupByImage<Row extends ImageRow>(rows: readonly Row[]): Map<ImageId, Row[]> {
  const groups = new Map<ImageId, Row[]>();
  for (const row of rows) {
    if (row.deletedAt !== null) continue;
    const group = groups.get(row.imageId);
    if (group === undefined) groups.set(row.imageId, [row]);
    else group.push(row);
  }
  return groups;
}

/** A copy of `groups` with these tasks in place of those of the same UUID, new ones at the end, removed ones gone. */
export function withTasks(
  groups: ReadonlyMap<ImageId, readonly Task[]>,
  tasks: readonly Task[],
): Map<ImageId, readonly Task[]> {
  return withRows(groups, tasks, {
    idOf: (task) => task.taskUuid,
    madeAt: (task) => task.times.createdAt,
  });
}

/** The same for marks. */
export function withMarks(
  groups: ReadonlyMap<ImageId, readonly Mark[]>,
  marks: readonly Mark[],
): Map<ImageId, readonly Mark[]> {
  return withRows(groups, marks, { idOf: (mark) => mark.id, madeAt: (mark) => mark.seq });
}

/** The same for images; says whether the order has to be made anew. */
export function withImages(
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
export function orderOf(images: ReadonlyMap<ImageId, SheetImage>): ImageId[] {
  return [...images.values()].toSorted((a, b) => a.frame - b.frame).map((image) => image.id);
}

interface RowKind<Row> {
  idOf: (row: Row) => string;
  /** A number by which later rows are greater. */
  madeAt: (row: Row) => number;
}

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

// A restored row goes back to where it was; a new one is newest, so the search ends at once.
function insertByAge<Row>(others: readonly Row[], row: Row, kind: RowKind<Row>): Row[] {
  const at = others.findLastIndex((other) => kind.madeAt(other) <= kind.madeAt(row)) + 1;
  return others.toSpliced(at, 0, row);
}
