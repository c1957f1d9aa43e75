import * as v from "valibot";
import type { EncodedPicture } from "#src/domain/picture.ts";
import type { Database } from "./database.ts";
import { reading, writing } from "./disk-transaction.ts";
import { isAsGoodAs } from "./kept-copy.ts";
import { mountKey } from "./row-order.ts";
import type { SentCopy, Storage } from "./storage.ts";
import type { Tables } from "./tables.ts";

const pixels = v.pipe(v.number(), v.integer(), v.minValue(0));

const encodedSchema = v.object({
  bytes: v.instance(ArrayBuffer),
  mime: v.picklist(["image/jpeg", "image/webp", "image/png"]),
  width: pixels,
  height: pixels,
}) satisfies v.GenericSchema<unknown, EncodedPicture>;

// What else a row holds, known here or not, stays as it is.
const rowSchema = v.looseObject({ facts: v.looseObject({}) });

// 0 is the copy made at intake.
function copyKey(hash: string, sent: SentCopy | null): Tables["copies"]["key"] {
  const laidOn = mountKey(sent?.mount ?? null);
  return laidOn === "" ? [hash, sent?.side ?? 0] : [hash, sent?.side ?? 0, laidOn];
}

/** Copies and thumbnails, and what pictures look like. */
export function createDiskPictures(
  database: Database,
  now: () => number,
): Pick<Storage, "putPicture" | "readThumbnail" | "readCopy" | "putCopy" | "putPerceptualHash"> {
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
    putPerceptualHash: (...hash) => putPerceptualHash(database, ...hash),
  };
}

/** Adds to a picture's facts what it looks like. A picture that is gone by now, or damaged, is left alone. */
function putPerceptualHash(
  database: Database,
  pictureHash: string,
  perceptualHash: string,
): Promise<void> {
  return writing(database, { stores: ["pictures"], durability: "relaxed" }, async (transaction) => {
    const pictures = transaction.objectStore("pictures");
    const row = v.safeParse(rowSchema, await pictures.get(pictureHash));
    if (!row.success) return;
    await pictures.put({ ...row.output, facts: { ...row.output.facts, perceptualHash } });
  });
}
