import {
  ANSWER_MARK_HEADER,
  formatAnswerMarks,
  type AnswerMark,
} from "#src/contract/answer-mark.ts";
import type { DataItem } from "./task-book.ts";
import type { WireError } from "./wire-error.ts";

/** The outcome of a request's tasks, before it is written down. */
export interface ReplyParts {
  items: { item: DataItem; mark: AnswerMark }[];
  errors: WireError[];
}

/** Writes a reply: `data` and `errors` side by side, marked as the sandbox's. */
export function writeReply({ items, errors }: ReplyParts): Response {
  const isConflict = errors.some(({ code }) => code === "conflictTaskUUID");
  const body = {
    // If everything failed, the service leaves `data` out. For a UUID in use it is there and empty.
    ...((items.length > 0 || errors.length === 0 || isConflict) && {
      data: items.map(({ item }) => item),
    }),
    ...(errors.length > 0 && { errors: errors.map((error) => ({ ...error, status: undefined })) }),
  };
  // One task that succeeded makes the whole reply a success; its neighbours' errors come beside it.
  const status = items.length > 0 ? 200 : (errors[0]?.status ?? 200);
  return Response.json(body, { status, headers: replyHeaders(items) });
}

/** A reply that a scenario spoils. It is still the sandbox's, and says so. */
export function writeSpoilt(
  body: string | null,
  { status, type, retryAfterSeconds }: { status: number; type: string; retryAfterSeconds?: number },
): Response {
  const headers = new Headers(replyHeaders([]));
  headers.set("Content-Type", type);
  if (retryAfterSeconds !== undefined) headers.set("Retry-After", String(retryAfterSeconds));
  return new Response(body, { status, headers });
}

function replyHeaders(items: ReplyParts["items"]): Record<string, string> {
  const marks = new Map(items.map(({ item, mark }) => [item.taskUUID, mark]));
  return { [ANSWER_MARK_HEADER]: formatAnswerMarks(marks), "Cache-Control": "no-store" };
}
