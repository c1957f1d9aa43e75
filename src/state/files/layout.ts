import * as v from "valibot";
import type { Purse } from "#src/domain/connection.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import {
  factsSchema,
  imageSchema,
  markSchema,
  microUsdSchema,
  sheetSchema,
  taskSchema,
} from "#src/storage/row-schemas.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { EncodedPicture, PictureFacts } from "#src/domain/picture.ts";
import type { Task } from "#src/domain/task.ts";

// Changed files of an older version stay readable; the number goes up if an older app would misread a newer file.
export const FORMAT = "contact-sheet";
// Version 2 has fields and an order of marks; version 3 reviewed marks, and notes for prompts;
// version 4 existing texts and roles; version 5 pictures that are transparent, and parts of images with names.
export const FORMAT_VERSION = 5;

/**
 * What is where in a sheet's file. Rows are JSON, one per line; pictures are named by the hash of their original bytes.
 */
export const PARTS = {
  manifest: "manifest.json",
  sheet: "sheet.json",
  images: "images.jsonl",
  tasks: "tasks.jsonl",
  marks: "marks.jsonl",
  pictures: "pictures.jsonl",
} as const;

/** What the types of pictures are called in their names; up to version 4 all were JPEG. */
const ENDINGS = {
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/png": "png",
} as const satisfies Record<EncodedPicture["mime"], string>;

export function picturePath(
  folder: "copies" | "thumbnails",
  pictureHash: string,
  mime: EncodedPicture["mime"],
): string {
  return `${folder}/${pictureHash}.${ENDINGS[mime]}`;
}

export const manifestSchema = v.object({
  format: v.literal(FORMAT),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/**
 * The sheet's row, and everything it cost: removed answers are not in the file, but their costs
 * are.
 */
export interface SheetPart {
  sheet: Sheet;
  spentMicroUsd: Record<Purse, MicroUsd>;
}

export const sheetPartSchema = v.object({
  sheet: sheetSchema,
  spentMicroUsd: v.object({
    sandbox: microUsdSchema,
    runware: microUsdSchema,
    // Version 1 had no such purse.
    device: v.optional(microUsdSchema, 0),
  }),
}) satisfies v.GenericSchema<unknown, SheetPart>;

// Anyone may have written the rows of a file, so these checks come on top of those that storage makes
// for its own rows.

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
const PICTURE_HASH = /^[0-9a-f]{64}$/u;
// The last moment a Date can hold (ECMA-262, Time Values); below the last whole number that is exact.
const LARGEST = 8.64e15;
const LONGEST_TEXT = 200_000;
const DEEPEST = 16;

export const fileImageSchema = v.pipe(
  imageSchema,
  v.check(
    ({ id, source, preparation, deletedAt }) =>
      UUID.test(id) &&
      deletedAt === null &&
      (source.kind !== "url" || isWebAddress(source.url)) &&
      (source.kind !== "part" || UUID.test(source.of)) &&
      (source.kind !== "runware" || UUID.test(source.imageUuid)) &&
      isPlaced(preparation),
  ),
) satisfies v.GenericSchema<unknown, SheetImage>;

export const fileTaskSchema = v.pipe(
  taskSchema,
  v.check(
    ({ taskUuid, runId, state, deletedAt }) =>
      UUID.test(taskUuid) && UUID.test(runId) && hasFraction(state) && deletedAt === null,
  ),
) satisfies v.GenericSchema<unknown, Task>;

export const fileMarkSchema = v.pipe(
  markSchema,
  v.check(
    ({ id, shown, replaces, deletedAt }) =>
      UUID.test(id) &&
      shown.every((uuid) => UUID.test(uuid)) &&
      (replaces === null || UUID.test(replaces)) &&
      deletedAt === null,
  ),
) satisfies v.GenericSchema<unknown, Mark>;

export const fileFactsSchema = v.pipe(
  factsSchema,
  v.check(
    ({ hash, orientation, width, height }) =>
      PICTURE_HASH.test(hash) &&
      orientation >= 1 &&
      orientation <= 8 &&
      Math.min(width, height) >= 1,
  ),
) satisfies v.GenericSchema<unknown, PictureFacts>;

/** True if no number exceeds what dates and sums can hold, and no text or nesting is beyond reason. */
export function isBounded(value: unknown, levels = DEEPEST): boolean {
  if (typeof value === "number") return Math.abs(value) <= LARGEST;
  if (typeof value === "string") return value.length <= LONGEST_TEXT;
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isBounded(inner, levels - 1));
}

// Only images that intake has finished with are ever kept.
function isPlaced(preparation: SheetImage["preparation"]): boolean {
  switch (preparation.phase) {
    case "ready":
    case "unseen":
      return PICTURE_HASH.test(preparation.pictureHash);
    case "remote":
      return true;
    case "queued":
    case "preparing":
    case "rejected":
      return false;
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);
}

function hasFraction(state: Task["state"]): boolean {
  if (state.phase !== "done" || state.answer.kind !== "age") return true;
  const { confidence } = state.answer.verdict;
  return confidence === null || (confidence >= 0 && confidence <= 1);
}
