import type { StoreNames } from "idb";
import { type Database, type DatabaseOptions, numbersBelow, openDatabase } from "./database.ts";
import { createDiskReads } from "./disk-read.ts";
import { guarded, reading } from "./disk-transaction.ts";
import { createDiskWrite } from "./disk-write.ts";
import { DATABASE_NAME } from "./late-storage.ts";
import type { Storage } from "./storage.ts";
import type { Tables } from "./tables.ts";

// What a purge looks through besides the sheets; everything else belongs to these.
const LOOKED_THROUGH: StoreNames<Tables>[] = ["images", "tasks", "marks", "pictures"];

/** Opens what this device keeps. Rejects with storage-broken if the browser gives no database. */
export async function openDiskStorage(
  options: Partial<DatabaseOptions> & { now: () => number },
): Promise<Storage> {
  const database = await guarded(() =>
    openDatabase({
      name: options.name ?? DATABASE_NAME,
      onBlocked: options.onBlocked ?? (() => undefined),
      onClosed: options.onClosed ?? (() => undefined),
    }),
  );
  // Loaded with the first picture: an empty sheet has none.
  const pictures = async () =>
    (await import("./disk-pictures.ts")).createDiskPictures(database, options.now);
  const uploads = async () => (await import("./disk-uploads.ts")).createDiskUploads(database);
  const prompts = async () => (await import("./disk-prompts.ts")).createDiskPrompts(database);
  return {
    keeping: "disk",
    ...createDiskReads(database),
    putPicture: async (picture) => (await pictures()).putPicture(picture),
    readThumbnail: async (hash) => (await pictures()).readThumbnail(hash),
    readCopy: async (...copy) => (await pictures()).readCopy(...copy),
    putCopy: async (...copy) => (await pictures()).putCopy(...copy),
    putPerceptualHash: async (...hash) => (await pictures()).putPerceptualHash(...hash),
    readUpload: async (place) => (await uploads()).readUpload(place),
    putUpload: async (upload) => (await uploads()).putUpload(upload),
    dropUpload: async (place) => (await uploads()).dropUpload(place),
    readRemoved: async () => (await import("./disk-removed.ts")).readRemoved(database),
    readPrompts: async () => (await prompts()).readPrompts(),
    writePrompts: async (change) => (await prompts()).writePrompts(change),
    write: createDiskWrite(database, options.now),
    reserveFrames: async (sheetId, count, unused) =>
      (await import("./reserve-frames.ts")).reserveFrames(database, { sheetId, count, unused }),
    // A device that never had an image has nothing to remove, and loads nothing for that.
    purge: async (target) =>
      (await hasNothingToPurge(database))
        ? { sheets: 0, images: 0, awaited: 0 }
        : (await import("./disk-purge.ts")).purgeDisk(database, target),
    close: () => database.close(),
  };
}

function hasNothingToPurge(database: Database): Promise<boolean> {
  return reading(database, ["sheets", ...LOOKED_THROUGH], async (transaction) => {
    const rows = LOOKED_THROUGH.map((store) => transaction.objectStore(store).count());
    const deleted = transaction
      .objectStore("sheets")
      .index("deletedAt")
      .count(numbersBelow(Infinity));
    return (await Promise.all([...rows, deleted])).every((count) => count === 0);
  });
}
