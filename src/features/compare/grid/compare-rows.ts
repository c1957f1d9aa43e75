import { comparedRow, type ComparedColumn, type ComparedRow } from "#src/domain/comparison.ts";
import type { ColumnId } from "#src/domain/compare-settings.ts";
import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { Task } from "#src/domain/task.ts";

/** What a sheet's rows are made from; the maps are replaced where they change. */
export interface RowSource {
  order: readonly ImageId[];
  images: ReadonlyMap<ImageId, SheetImage>;
  tasks: ReadonlyMap<ImageId, readonly Task[]>;
  marks: ReadonlyMap<ImageId, readonly Mark[]>;
  /** The same list for as long as nothing in it changed. */
  columns: readonly ComparedColumn[];
  referenceColumnId: ColumnId | null;
}

/** Rows by image, in the sheet's order. */
export type ComparedRows = ReadonlyMap<ImageId, ComparedRow>;

const NO_TASKS: readonly Task[] = [];
const NO_MARKS: readonly Mark[] = [];

/** Makes the rows of whole sheets, each again only where something of its own changed. */
export function createRows(): (source: RowSource) => ComparedRows {
  let kept = new Map<ImageId, { key: readonly unknown[]; row: ComparedRow }>();
  let last: ComparedRows = new Map();
  return ({ order, images, tasks, marks, columns, referenceColumnId }) => {
    const next: typeof kept = new Map();
    let changed = false;
    for (const id of order) {
      const image = images.get(id);
      if (image === undefined) continue;
      const own = { tasks: tasks.get(id) ?? NO_TASKS, marks: marks.get(id) ?? NO_MARKS };
      const key = [image, own.tasks, own.marks, columns, referenceColumnId];
      const old = kept.get(id);
      const isOld = old !== undefined && old.key.every((part, index) => part === key[index]);
      changed ||= !isOld;
      next.set(
        id,
        isOld ? old : { key, row: comparedRow(image, own, { columns, referenceColumnId }) },
      );
    }
    if (changed || next.size !== last.size)
      last = new Map([...next].map(([id, { row }]) => [id, row]));
    kept = next;
    return last;
  };
}
