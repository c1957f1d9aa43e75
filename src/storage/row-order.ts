import type { SheetId } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { Mount } from "#src/domain/mount.ts";
import type { SavedPrompt } from "#src/domain/saved-prompt.ts";
import type { Task } from "#src/domain/task.ts";
import type { ReuseQuestion, Write } from "./storage.ts";

export function byCreation(left: Task, right: Task): number {
  return left.times.createdAt - right.times.createdAt || (left.taskUuid < right.taskUuid ? -1 : 1);
}

/** If two have the same place, since they were merged from two devices, the older comes first. */
export function bySeq(left: Mark, right: Mark): number {
  return left.seq - right.seq || left.at - right.at || (left.id < right.id ? -1 : 1);
}

export function byPlace(left: SavedPrompt, right: SavedPrompt): number {
  return left.place - right.place || right.changedAt - left.changedAt;
}

/**
 * Equal for equal questions about one picture, and only for those. No prompt is not the same as an
 * empty one.
 */
export function questionKey(question: ReuseQuestion): string {
  const { modelId, prompt, sentSide, purse } = question;
  const mount = mountKey(question.mount);
  return JSON.stringify([modelId, prompt, sentSide, purse, ...(mount === "" ? [] : [mount])]);
}

/**
 * Equal for equal mounts; "" for none. It is a part of the keys of smaller copies, uploads and answers to reuse, which
 * must not change: what is kept under an older key would be paid for again.
 */
export function mountKey(mount: Mount | null): string {
  if (mount === null) return "";
  const { background, fit } = mount;
  return [
    ...(background === null ? [] : [`on ${background}`]),
    ...(fit === null ? [] : [`from ${fit.leastSide} to 1:${fit.longestRatio}`]),
  ].join(", ");
}

/** The sheets whose images, answers or marks are written, and whose own rows are not. */
export function changedSheets({
  sheets = [],
  images = [],
  tasks = [],
  marks = [],
}: Write): SheetId[] {
  const ids = new Set([...images, ...tasks, ...marks].map(({ sheetId }) => sheetId));
  for (const { id } of sheets) ids.delete(id);
  return [...ids];
}

// Far less than anybody can see, so that a run does not write its sheet's row with each of its answers.
const SAME_MOMENT_MS = 1000;

/** Whether a change at this moment (epoch milliseconds) is worth a note on its sheet. */
export function isNewsTo({ editedAt }: { editedAt: number }, at: number): boolean {
  return at - editedAt >= SAME_MOMENT_MS;
}
