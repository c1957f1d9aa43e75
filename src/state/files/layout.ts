import * as v from "valibot";
import type { Purse } from "#src/domain/connection.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import { microUsdSchema } from "#src/storage/answer-schema.ts";
import { sheetSchema } from "#src/storage/row-schemas.ts";

// Changed files of an older version stay readable; the number goes up where an older app would misread a newer file.
export const FORMAT = "contact-sheet";
// Version 2 has fields and an order of marks.
export const FORMAT_VERSION = 2;

/** What lies where in a sheet's file. Rows are JSON, one a line; pictures are named by the hash of their original bytes. */
export const PARTS = {
  manifest: "manifest.json",
  sheet: "sheet.json",
  images: "images.jsonl",
  tasks: "tasks.jsonl",
  marks: "marks.jsonl",
  pictures: "pictures.jsonl",
} as const;

export function copyPath(pictureHash: string): string {
  return `copies/${pictureHash}.jpg`;
}

export function thumbnailPath(pictureHash: string): string {
  return `thumbnails/${pictureHash}.jpg`;
}

export const manifestSchema = v.object({
  format: v.literal(FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** The sheet's row, and all that it cost: removed answers are not in the file, their costs are. */
export interface SheetPart {
  sheet: Sheet;
  spentMicroUsd: Record<Purse, MicroUsd>;
}

export const sheetPartSchema = v.object({
  sheet: sheetSchema,
  spentMicroUsd: v.object({
    sandbox: microUsdSchema,
    runware: microUsdSchema,
    // Version 1 knew no such purse.
    device: v.optional(microUsdSchema, 0),
  }),
}) satisfies v.GenericSchema<unknown, SheetPart>;
