/** Who made an answer up, or repeated it: these two must never pass for the service itself. */
export type AnswerMark = "sandbox" | "recorded";

/**
 * The response header that tells the stand-in's answers from the service's. Its value is one mark for the whole reply
 * (`sandbox`) or, as a request may hold several tasks, one entry per task (`<taskUUID>=recorded, <taskUUID>=sandbox`).
 * An entry without a task applies to every task not named. A proxy to the real service neither sends it nor passes it
 * on.
 */
export const ANSWER_MARK_HEADER = "X-Contact-Sheet-Answer";

/**
 * Writes the header's value for the tasks of one reply, in the short form if all marks are the same.
 */
export function formatAnswerMarks(marks: ReadonlyMap<string, AnswerMark>): string {
  const distinct = new Set(marks.values());
  const [only] = distinct;
  if (only === undefined) return "sandbox";
  if (distinct.size === 1) return only;
  return [...marks].map(([taskUuid, mark]) => `${taskUuid}=${mark}`).join(", ");
}

/** The mark of one task's answer; null if the header is missing or does not mention the task. */
export function readAnswerMark(header: string | null, taskUuid: string): AnswerMark | null {
  const wanted = taskUuid.toLowerCase();
  let general: AnswerMark | null = null;
  for (const entry of (header ?? "").split(",")) {
    const [first = "", second] = entry.trim().toLowerCase().split("=", 2);
    if (second === undefined) general = asMark(first) ?? general;
    else if (first === wanted) return asMark(second);
  }
  return general;
}

function asMark(text: string): AnswerMark | null {
  return text === "sandbox" || text === "recorded" ? text : null;
}
