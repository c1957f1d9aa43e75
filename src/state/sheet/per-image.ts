import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { Task } from "#src/domain/task.ts";
import type { SheetState } from "./sheet-store.ts";

/** The rows of a sheet, by image; the maps are replaced when they change. */
export type RowsByImage = Pick<SheetState, "order" | "images" | "tasks" | "marks">;

/** What one image has. */
export interface OwnRows {
  tasks: readonly Task[];
  marks: readonly Mark[];
}

const NONE: readonly never[] = [];

/**
 * Something made from each image of a sheet, in the sheet's order: made again only for images whose rows, or whose part
 * of the context, changed, and the same map as long as none did. At 5,000 images and 50 answers a second, making
 * everything again would cost more than a frame.
 *
 * @param dependsOn the parts of the context that an image's result is made from, compared by identity
 */
export function perImage<Context, Made>(
  make: (image: SheetImage, own: OwnRows, context: Context) => Made,
  dependsOn: (context: Context, own: OwnRows) => readonly unknown[],
): (rows: RowsByImage, context: Context) => ReadonlyMap<ImageId, Made> {
  let kept = new Map<ImageId, { key: readonly unknown[]; made: Made }>();
  let last: { order: readonly ImageId[]; made: ReadonlyMap<ImageId, Made> } | null = null;
  return ({ order, images, tasks, marks }, context) => {
    const next: typeof kept = new Map();
    let isSame = last !== null && last.order === order;
    for (const id of order) {
      const image = images.get(id);
      if (image === undefined) continue;
      const own = { tasks: tasks.get(id) ?? NONE, marks: marks.get(id) ?? NONE };
      const key = [image, own.tasks, own.marks, ...dependsOn(context, own)];
      const old = kept.get(id);
      if (old !== undefined && old.key.every((part, index) => part === key[index]))
        next.set(id, old);
      else {
        isSame = false;
        next.set(id, { key, made: make(image, own, context) });
      }
    }
    kept = next;
    if (last === null || !isSame)
      last = { order, made: new Map([...next].map(([id, { made }]) => [id, made])) };
    return last.made;
  };
}
