import type { ImageId, SheetImage } from "#src/domain/image.ts";
import {
  NO_INTAKE,
  stillPreparing,
  type IntakeReport,
  type RejectedFile,
} from "#src/state/sheet/sheet-state.ts";
import type { SheetStore } from "#src/state/sheet/sheet-store.ts";

/** Keeps the report of what became of the files that were offered, and takes off the sheet what is no image after all. */
export type IntakeCount = ReturnType<typeof createIntakeCount>;

export function createIntakeCount({ show, flush }: SheetStore) {
  return {
    offer: (images: readonly SheetImage[]): void => {
      const add = (report: IntakeReport): IntakeReport => ({
        ...report,
        offered: report.offered + images.length,
      });
      show({ images, intake: (report) => add(isToldAlready(report) ? NO_INTAKE : report) });
      flush();
    },
    /** Files that were never shown as images. */
    turnAway: (files: readonly RejectedFile[]): void =>
      show({
        intake: (report) => ({
          ...report,
          offered: report.offered + files.length,
          rejected: [...report.rejected, ...files],
        }),
      }),
    take: (): void => show({ intake: (report) => ({ ...report, taken: report.taken + 1 }) }),
    /** The picture of an image that was there already, without one. */
    fill: (image: SheetImage): void =>
      show({
        dropped: [image.id],
        intake: (report) => ({ ...report, taken: report.taken + 1 }),
      }),
    drop: (ids: readonly ImageId[]): void => {
      show({
        dropped: ids,
        intake: (report) => ({ ...report, offered: Math.max(0, report.offered - ids.length) }),
      });
      flush();
    },
    reject: (image: SheetImage, rejected: RejectedFile): void =>
      show({
        dropped: [image.id],
        intake: (report) => ({ ...report, rejected: [...report.rejected, rejected] }),
      }),
    refuse: (image: SheetImage, name: string): void =>
      show({
        dropped: [image.id],
        intake: (report) => ({ ...report, duplicates: [...report.duplicates, name] }),
      }),
  };
}

// A report with refusals stays, and grows, until the person has read and dismissed it.
function isToldAlready(report: IntakeReport): boolean {
  return (
    stillPreparing(report) === 0 && report.rejected.length === 0 && report.duplicates.length === 0
  );
}
