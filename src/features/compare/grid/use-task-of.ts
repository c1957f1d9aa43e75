import { useCallback } from "react";
import type { ImageId } from "#src/domain/image.ts";
import type { Task, TaskUuid } from "#src/domain/task.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

/** Looks up a task of an image. It is another function once tasks have changed. */
export function useTaskOf(): (imageId: ImageId, taskUuid: TaskUuid) => Task | null {
  const tasks = useSheet((state) => state.tasks);
  return useCallback(
    (imageId, taskUuid) => tasks.get(imageId)?.find((task) => task.taskUuid === taskUuid) ?? null,
    [tasks],
  );
}
