import * as v from "valibot";
import type { Database } from "./database.ts";
import { reading, writing } from "./disk-transaction.ts";
import { mountKey } from "./row-order.ts";
import { mountSchema } from "./row-schemas.ts";
import type { Tables } from "./tables.ts";
import type { Storage, Upload, UploadPlace } from "./storage.ts";

const pixels = v.pipe(v.number(), v.integer(), v.minValue(0));

const uploadSchema = v.object({
  pictureHash: v.string(),
  via: v.string(),
  side: pixels,
  // Older notes are of copies that were sent as they were.
  mount: v.optional(mountSchema, null),
  imageUuid: v.string(),
  width: pixels,
  height: pixels,
  usedAt: v.number(),
}) satisfies v.GenericSchema<unknown, Upload>;

/** Notes of pictures that were left with the service. */
export function createDiskUploads(
  database: Database,
): Pick<Storage, "readUpload" | "putUpload" | "dropUpload"> {
  const scope = { stores: ["uploads" as const], durability: "relaxed" as const };
  return {
    readUpload: (place) =>
      reading(database, ["uploads"], async (transaction) => {
        const row = await transaction.objectStore("uploads").get(keyOf(place));
        // A damaged row is as good as none: the picture is sent again.
        const read = v.safeParse(uploadSchema, row);
        return read.success ? read.output : null;
      }),
    putUpload: (upload) =>
      writing(database, scope, async (transaction) => {
        await transaction.objectStore("uploads").put(upload, keyOf(upload));
      }),
    dropUpload: (place) =>
      writing(database, scope, async (transaction) => {
        await transaction.objectStore("uploads").delete(keyOf(place));
      }),
  };
}

function keyOf({ pictureHash, via, side, mount }: UploadPlace): Tables["uploads"]["key"] {
  const laidOn = mountKey(mount);
  return laidOn === "" ? [pictureHash, via, side] : [pictureHash, via, side, laidOn];
}
