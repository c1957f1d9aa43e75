import * as v from "valibot";
import { MOST_TASKS } from "./proxy-limits.ts";

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/iu;
const ANY_UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;

/** A task's id: the service insists on UUID v4. */
export const taskUuid = v.pipe(v.string(), v.regex(UUID_V4, "must be a UUID v4"));

/** True for the ids the service gives pictures: any UUID, since version 5 occurs among them. */
function isImageUuid(text: string): boolean {
  return ANY_UUID.test(text);
}

/** The ways a request can give a picture. */
export type PictureForm = "uuid" | "url" | "data-uri" | "base64";

/** How a task's picture is given; null if it is none of the forms the service takes. Reads only the first bytes. */
export function pictureForm(picture: string): PictureForm | null {
  if (isImageUuid(picture)) return "uuid";
  if (/^https?:\/\/\S/iu.test(picture)) return "url";
  if (/^data:image\/[\w.+-]+;base64,/iu.test(picture)) return "data-uri";
  // 64 characters are enough to tell base64 from a sentence, and keep the check cheap on 10 MB of it.
  return /^[\w+/-]{16,}={0,2}$/u.test(picture.slice(0, 64)) ? "base64" : null;
}

const picture = v.pipe(
  v.string(),
  v.check((value) => pictureForm(value) !== null, "must be a UUID, a URL, a data URI or base64"),
);

/** One picture, one question. Strict: nothing goes to the service that is not named here. */
export const captionTask = v.strictObject({
  taskType: v.literal("caption"),
  taskUUID: taskUuid,
  model: v.pipe(v.string(), v.regex(/^[\w.-]+:[\w.-]+@[\w.-]+$/u, "must be an AIR id")),
  prompt: v.optional(v.string()),
  includeCost: v.optional(v.boolean()),
  deliveryMethod: v.optional(v.picklist(["sync", "async"])),
  inputs: v.strictObject({ image: picture }),
});

/** Asks for the answer of a task that was sent before, by the same UUID. */
const getResponseTask = v.strictObject({
  taskType: v.literal("getResponse"),
  taskUUID: taskUuid,
});

/** Asks for the account; the app reads only its balance. */
const accountTask = v.strictObject({
  taskType: v.literal("accountManagement"),
  taskUUID: taskUuid,
  operation: v.literal("getDetails"),
});

/** Leaves a picture with the service, the older way; the answer has its `imageUUID`. */
const imageUploadTask = v.strictObject({
  taskType: v.literal("imageUpload"),
  taskUUID: taskUuid,
  image: picture,
});

/** Leaves a picture with the service, the newer way; the answer has its `mediaUUID`. */
const mediaUploadTask = v.strictObject({
  taskType: v.literal("mediaStorage"),
  taskUUID: taskUuid,
  operation: v.literal("upload"),
  media: picture,
});

/** Every task the app sends, told apart by `taskType`. */
export const task = v.variant("taskType", [
  captionTask,
  getResponseTask,
  accountTask,
  imageUploadTask,
  mediaUploadTask,
]);

/** The body of a POST: 1 to 20 tasks. */
export const taskList = v.pipe(v.array(task), v.minLength(1), v.maxLength(MOST_TASKS));

export type CaptionTask = v.InferOutput<typeof captionTask>;
export type WireTask = v.InferOutput<typeof task>;
