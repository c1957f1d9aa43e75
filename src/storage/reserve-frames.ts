import * as v from "valibot";
import type { SheetId } from "#src/domain/image.ts";
import type { Database } from "./database.ts";
import { writing } from "./disk-transaction.ts";
import { highest } from "./disk-write.ts";

const framesSchema = v.object({ last: v.pipe(v.number(), v.integer(), v.minValue(0)) });

interface Wanted {
  sheetId: SheetId;
  count: number;
  unused: { first: number; last: number } | undefined;
}

/**
 * Gives out frame numbers, each once: if two tabs ask at the same time, one waits for the other's transaction.
 */
export function reserveFrames(
  database: Database,
  { sheetId, count, unused }: Wanted,
): Promise<number> {
  return writing(
    database,
    { stores: ["frames", "images"], durability: "relaxed" },
    async (transaction) => {
      const frames = transaction.objectStore("frames");
      const kept = v.safeParse(framesSchema, await frames.get(sheetId));
      const given = kept.success ? kept.output.last : 0;
      const left = unused?.last === given ? unused.first - 1 : given;
      const images = transaction.objectStore("images").index("frame");
      const last = Math.max(left, await highest(images, sheetId));
      await frames.put({ sheetId, last: last + count });
      return last + 1;
    },
  );
}
