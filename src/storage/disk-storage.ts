import * as v from "valibot";
import type { StoreNames } from "idb";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { type Database, type DatabaseOptions, numbersBelow, openDatabase } from "./database.ts";
import { createDiskReads } from "./disk-read.ts";
import { guarded, reading, writing } from "./disk-transaction.ts";
import { createDiskWrite } from "./disk-write.ts";
import { DATABASE_NAME } from "./late-storage.ts";
import { encodedSchema } from "./row-schemas.ts";
import { isAsGoodAs, mountKey } from "./row-order.ts";
import type { SentCopy, Storage } from "./storage.ts";
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
  const uploads = async () => (await import("./disk-uploads.ts")).createDiskUploads(database);
  const prompts = async () => (await import("./disk-prompts.ts")).createDiskPrompts(database);
  return {
    keeping: "disk",
    ...createDiskReads(database),
    ...createDiskPictures(database, options.now),
    readUpload: async (place) => (await uploads()).readUpload(place),
    putUpload: async (upload) => (await uploads()).putUpload(upload),
    dropUpload: async (place) => (await uploads()).dropUpload(place),
    putPerceptualHash: async (...hash) =>
      (await import("./disk-looks.ts")).putPerceptualHash(database, ...hash),
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

// 0 is the copy made at intake.
function copyKey(hash: string, sent: SentCopy | null): Tables["copies"]["key"] {
  const laidOn = mountKey(sent?.mount ?? null);
  return laidOn === "" ? [hash, sent?.side ?? 0] : [hash, sent?.side ?? 0, laidOn];
}

function createDiskPictures(
  database: Database,
  now: () => number,
): Pick<Storage, "putPicture" | "readThumbnail" | "readCopy" | "putCopy"> {
  const readEncoded = (
    store: "thumbnails" | "copies",
    key: string | Tables["copies"]["key"],
  ): Promise<EncodedPicture | null> =>
    reading(database, [store], async (transaction) => {
      const row = v.safeParse(encodedSchema, await transaction.objectStore(store).get(key));
      return row.success ? row.output : null;
    });
  return {
    putPicture: ({ facts, thumbnail, copy }) =>
      writing(
        database,
        { stores: ["pictures", "thumbnails", "copies"], durability: "relaxed" },
        async (transaction) => {
          const pictures = transaction.objectStore("pictures");
          const copies = transaction.objectStore("copies");
          const isKnown = (await pictures.getKey(facts.hash)) !== undefined;
          const kept = v.safeParse(encodedSchema, await copies.get([facts.hash, 0]));
          if (isKnown && kept.success && isAsGoodAs(kept.output, copy)) return;
          await pictures.put({ facts, addedAt: now() });
          await transaction.objectStore("thumbnails").put(thumbnail, facts.hash);
          await copies.put(copy, [facts.hash, 0]);
        },
      ),
    readThumbnail: (hash) => readEncoded("thumbnails", hash),
    readCopy: (hash, sent) => readEncoded("copies", copyKey(hash, sent)),
    putCopy: (hash, sent, copy) =>
      writing(
        database,
        { stores: ["pictures", "copies"], durability: "relaxed" },
        async (transaction) => {
          // A picture that was removed in the meantime must not come back as a copy that nothing
          // names.
          if ((await transaction.objectStore("pictures").getKey(hash)) === undefined) return;
          await transaction.objectStore("copies").put(copy, copyKey(hash, sent));
        },
      ),
  };
}
