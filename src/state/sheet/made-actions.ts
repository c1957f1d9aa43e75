import { createTakeForeignRows, type TakeForeignRows } from "./foreign-rows.ts";
import { createImageActions, type ImageActions } from "./image-actions.ts";
import { createMarkActions, type MarkActions } from "./mark-actions.ts";
import { createRunActions, type RunActions } from "./run-actions.ts";

type Parts = Parameters<typeof createTakeForeignRows>[0] &
  Parameters<typeof createImageActions>[0] &
  Parameters<typeof createMarkActions>[0] &
  Parameters<typeof createRunActions>[0];

/** Everything that is done to the images, marks and runs of one open sheet, in one part that is loaded when needed. */
export function createActions(parts: Parts): {
  takeForeignRows: TakeForeignRows;
  images: ImageActions;
  marks: MarkActions;
  runs: RunActions;
} {
  return {
    takeForeignRows: createTakeForeignRows(parts),
    images: createImageActions(parts),
    marks: createMarkActions(parts),
    runs: createRunActions(parts),
  };
}
