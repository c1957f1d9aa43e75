import type * as v from "valibot";
import { type Database, numbersBelow } from "./database.ts";
import { reading } from "./disk-transaction.ts";
import { parseRow } from "./parse-rows.ts";
import { imageSchema, markSchema, taskSchema } from "./row-schemas.ts";
import type { Storage } from "./storage.ts";

/** Reads every row with a tombstone. What is damaged is left out: it could not be shown if it came back. */
export function readRemoved(database: Database): ReturnType<Storage["readRemoved"]> {
  return reading(database, ["images", "tasks", "marks"], async (transaction) => {
    const removed = numbersBelow(Infinity);
    const [images, tasks, marks] = await Promise.all([
      transaction.objectStore("images").index("deletedAt").getAll(removed),
      transaction.objectStore("tasks").index("deletedAt").getAll(removed),
      transaction.objectStore("marks").index("deletedAt").getAll(removed),
    ]);
    return {
      images: read(images, imageSchema),
      tasks: read(tasks, taskSchema),
      marks: read(marks, markSchema),
    };
  });
}

function read<Row extends { deletedAt: number | null }>(
  rows: readonly unknown[],
  schema: v.GenericSchema<unknown, Row>,
): Row[] {
  return rows
    .flatMap((row) => parseRow(row, schema, () => undefined) ?? [])
    .filter(({ deletedAt }) => deletedAt !== null);
}
