import type { Keeping } from "#src/domain/sheet.ts";
import type { Storage } from "./storage.ts";

/** The name of the app's database on this device. */
export const DATABASE_NAME = "contact-sheet";

/** Opens a storage when it is first called (lib/load-once.ts); `made` is null until then, and after a failure. */
export type OpenStorage = (() => Promise<Storage>) & { made: () => Promise<Storage> | null };

/** True if this device is known to keep nothing yet, so that nothing has to be read before a first sheet is shown. */
export async function keepsNothing(): Promise<boolean> {
  try {
    const databases = await indexedDB.databases();
    return databases.every(({ name }) => name !== DATABASE_NAME);
  } catch {
    // Opening shows what is wrong.
    return false;
  }
}

/**
 * A storage that is loaded and opened with its first use, in the order of the calls. Every call rejects with what
 * opening rejected with; the next one opens again.
 */
export function lateStorage(keeping: Keeping, open: OpenStorage): Storage {
  return {
    keeping,
    listSheets: async () => (await open()).listSheets(),
    readPrompts: async () => (await open()).readPrompts(),
    writePrompts: async (...change) => (await open()).writePrompts(...change),
    readSheet: async (...asked) => (await open()).readSheet(...asked),
    readRun: async (...asked) => (await open()).readRun(...asked),
    readImages: async (...asked) => (await open()).readImages(...asked),
    readTasks: async (...asked) => (await open()).readTasks(...asked),
    readRemoved: async () => (await open()).readRemoved(),
    reserveFrames: async (...asked) => (await open()).reserveFrames(...asked),
    write: async (...rows) => (await open()).write(...rows),
    putPicture: async (...picture) => (await open()).putPicture(...picture),
    readThumbnail: async (...asked) => (await open()).readThumbnail(...asked),
    readCopy: async (...asked) => (await open()).readCopy(...asked),
    putCopy: async (...copy) => (await open()).putCopy(...copy),
    putPerceptualHash: async (...hash) => (await open()).putPerceptualHash(...hash),
    findReusable: async (...asked) => (await open()).findReusable(...asked),
    findReusables: async (...asked) => (await open()).findReusables(...asked),
    readUpload: async (...asked) => (await open()).readUpload(...asked),
    putUpload: async (...upload) => (await open()).putUpload(...upload),
    dropUpload: async (...asked) => (await open()).dropUpload(...asked),
    readSpending: async () => (await open()).readSpending(),
    readSeenPrices: async () => (await open()).readSeenPrices(),
    purge: async (...target) => (await open()).purge(...target),
    close: () => {
      // If it didn't open, there is nothing to close.
      open.made()?.then(
        (storage) => storage.close(),
        () => undefined,
      );
    },
  };
}

/** The same for memory-only sheets: as long as none was made, there is nothing to load, to find or to purge. */
export function lateMemoryStorage(open: OpenStorage): Storage {
  const late = lateStorage("memory", open);
  const isMade = (): boolean => open.made() !== null;
  return {
    ...late,
    listSheets: async () => (isMade() ? late.listSheets() : { sheets: [], skipped: [] }),
    readSheet: async (...asked) => (isMade() ? late.readSheet(...asked) : null),
    readRemoved: async () => (isMade() ? late.readRemoved() : { images: [], tasks: [], marks: [] }),
    purge: async (...target) =>
      isMade() ? late.purge(...target) : { sheets: 0, images: 0, awaited: 0 },
  };
}
