import { ConnectionDropped } from "./connection-dropped.ts";
import type { SandboxRoom } from "./sandbox-room.ts";
import type { EarlyFault, LateFault } from "./scenario.ts";
import { type ReplyParts, writeReply, writeSpoilt } from "./wire-reply.ts";
import type { WireError } from "./wire-error.ts";
import type { WireTask } from "./wire-task.ts";

type ErrorFault = Exclude<
  EarlyFault,
  "closed-before" | "never-answers" | "html-unavailable" | "rate-limited" | "rate-limited-with-wait"
>;

const ERRORS: Readonly<Record<ErrorFault, WireError>> = {
  "server-error": { status: 500, code: "internalServerError", message: "Something went wrong." },
  "error-in-200": { status: 200, code: "serviceUnavailable", message: "No server is free." },
  refused: {
    status: 400,
    code: "contentPolicyViolation",
    message: "The picture was stopped by a safety filter.",
  },
  "out-of-credit": { status: 400, code: "insufficientCredits", message: "The balance is too low." },
  "wrong-key": {
    status: 401,
    code: "invalidApiKey",
    message: "The API key is not valid.",
    parameter: "apiKey",
    taskType: "authentication",
  },
  rejected: {
    status: 400,
    code: "invalidPrompt",
    message: "The prompt is too long.",
    parameter: "prompt",
  },
  "not-found": { status: 404, code: "modelNotFound", message: "The model is gone." },
};

// "Never" does end at some point, so that a forgotten request does not hold its memory for good.
const NEVER_ANSWERS_MS = 10 * 60 * 1_000;
const HTML = "<!doctype html><title>503</title><h1>Service Temporarily Unavailable</h1>";

/** The reply to a request that fails before its work, so that none of it is accepted or billed. */
export async function faultBeforeWork(
  fault: EarlyFault,
  tasks: readonly WireTask[],
  { scenario, pause }: Pick<SandboxRoom, "scenario" | "pause">,
): Promise<Response> {
  switch (fault) {
    case "never-answers":
      await pause(NEVER_ANSWERS_MS);
      throw new ConnectionDropped();
    case "closed-before":
      throw new ConnectionDropped();
    case "html-unavailable":
      return writeSpoilt(HTML, { status: 503, type: "text/html" });
    case "rate-limited":
      return rateLimited(null);
    case "rate-limited-with-wait":
      return rateLimited(scenario().retryAfterSeconds);
    case "server-error":
    case "error-in-200":
    case "refused":
    case "out-of-credit":
    case "wrong-key":
    case "rejected":
    case "not-found":
      return writeReply({ items: [], errors: tasks.flatMap((task) => errorsOf(task, fault)) });
  }
}

/** The reply to a request whose work is done and billed; a normal reply if there is no fault. */
export function faultAfterWork(fault: LateFault | null, parts: ReplyParts): Response {
  switch (fault) {
    case null:
      return writeReply(parts);
    case "closed-after":
      throw new ConnectionDropped();
    case "empty-body":
      return writeSpoilt(null, { status: 200, type: "application/json" });
    case "broken-json":
      return writeSpoilt('{"data":[{"taskType":"capt', { status: 200, type: "application/json" });
    case "timed-out": {
      const error = { status: 504, code: "timeoutProvider", message: "The task takes too long." };
      return writeReply({ items: [], errors: [error] });
    }
    case "no-text":
      return writeReply({ ...parts, items: changed(parts, { text: "" }) });
    case "no-cost":
      return writeReply({ ...parts, items: changed(parts, { cost: undefined }) });
  }
}

function rateLimited(retryAfterSeconds: number | null): Response {
  const error = { code: "rateLimitExceeded", message: "The queue is full." };
  return writeSpoilt(JSON.stringify({ errors: [error] }), {
    status: 429,
    type: "application/json",
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  });
}

function errorsOf(task: WireTask, fault: ErrorFault): WireError[] {
  if (task.kind === "authentication") return [];
  return [{ taskType: task.taskType, taskUUID: task.taskUuid, ...ERRORS[fault] }];
}

/** Undefined fields are left out when the reply is written. */
function changed({ items }: ReplyParts, change: Record<string, unknown>): ReplyParts["items"] {
  return items.map(({ item, mark }) => ({ item: { ...item, ...change }, mark }));
}
