import type { Failure } from "#src/domain/failure.ts";
import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { MoneySums } from "#src/domain/money-fold.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";
import type { RunStatus } from "#src/runs/run-events.ts";
import type { SkippedRow } from "#src/storage/storage.ts";

/** A file that was not taken, and why. */
export interface RejectedFile {
  name: string;
  failure: Failure;
}

/** What became of the files that were offered, since all was last well or the person dismissed the report. */
export interface IntakeReport {
  offered: number;
  taken: number;
  rejected: readonly RejectedFile[];
  /** Names of files whose bytes are on the sheet already. */
  duplicates: readonly string[];
}

/** Everything of the open sheet that a screen shows. Maps are replaced, never changed, at most every 33 ms. */
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
  /** What this sheet cost so far and holds, by purse: removed answers included, since nothing un-spends. */
  spent: MoneySums;
  /** False while only the first images of a large sheet are here. */
  complete: boolean;
  run: RunStatus;
  intake: IntakeReport;
  skipped: readonly SkippedRow[];
}

export const NO_INTAKE: IntakeReport = { offered: 0, taken: 0, rejected: [], duplicates: [] };

/** How many of the files that were offered are still being prepared, or wait for it. */
export function stillPreparing({ offered, taken, rejected, duplicates }: IntakeReport): number {
  return offered - taken - rejected.length - duplicates.length;
}
