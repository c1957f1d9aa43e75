import * as v from "valibot";
import type { Database } from "./database.ts";
import { writing } from "./disk-transaction.ts";

// What else a row holds, known here or not, stays as it is.
const rowSchema = v.looseObject({ facts: v.looseObject({}) });

/** Adds to a picture's facts what it looks like. A picture that is gone by now, or damaged, is left alone. */
export function putPerceptualHash(
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
