import * as v from "valibot";
import type { Database } from "./database.ts";
import { reading, writing } from "./disk-transaction.ts";
import { byPlace } from "./row-order.ts";
import { savedPromptSchema } from "./row-schemas.ts";
import type { Storage } from "./storage.ts";

/** The library of prompts on this device. */
export function createDiskPrompts(
  database: Database,
): Pick<Storage, "readPrompts" | "writePrompts"> {
  return {
    readPrompts: () =>
      reading(database, ["prompts"], async (transaction) => {
        const rows = await transaction.objectStore("prompts").getAll();
        return rows
          .flatMap((row) => {
            const read = v.safeParse(savedPromptSchema, row);
            return read.success ? [read.output] : [];
          })
          .toSorted(byPlace);
      }),
    writePrompts: ({ kept = [], removed = [] }) =>
      writing(database, { stores: ["prompts"], durability: "strict" }, async (transaction) => {
        const prompts = transaction.objectStore("prompts");
        for (const id of removed) await prompts.delete(id);
        for (const prompt of kept) await prompts.put(prompt);
      }),
  };
}
