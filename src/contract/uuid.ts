import * as v from "valibot";

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/iu;
const ANY_UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;

/** A task's id: the service insists on UUID v4. */
export const taskUuid = v.pipe(v.string(), v.regex(UUID_V4, "must be a UUID v4"));

/** True for the ids the service gives pictures: any UUID, since version 5 occurs among them. */
export function isImageUuid(text: string): boolean {
  return ANY_UUID.test(text);
}
