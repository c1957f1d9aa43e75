import type { SheetRecords } from "./storage.ts";

/**
 * The part of a sheet that the user has not removed: images, with the answers and marks they still
 * have.
 */
export function livingRows({
  images,
  tasks,
  marks,
}: Pick<SheetRecords, "images" | "tasks" | "marks">): Pick<
  SheetRecords,
  "images" | "tasks" | "marks"
> {
  const kept = images.filter((image) => image.deletedAt === null);
  const ids = new Set(kept.map(({ id }) => id));
  const lives = (row: { imageId: string; deletedAt: number | null }): boolean =>
    row.deletedAt === null && ids.has(row.imageId);
  return { images: kept, tasks: tasks.filter(lives), marks: marks.filter(lives) };
}
