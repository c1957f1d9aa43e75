import { DRY_RUN_HEADER } from "#src/contract/endpoint.ts";
import type { ProxyWord } from "#src/contract/proxy-word.ts";
import type { WireTask } from "#src/contract/requests.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";
import { admitTasks } from "./admit-tasks.ts";
import { type ApiError, apiErrorResponse } from "./api-error.ts";
import { outlineJson } from "./outline-body.ts";
import { readBounded } from "./read-bounded.ts";
import { holdsAccount, reduceAccountReply, reduceLookUpReply } from "./reduce-reply.ts";
import { keyRemover } from "./remove-key.ts";
import type { Outcome, SpendingGuard } from "./spending-guard.ts";
import type { TaskCall, Upstream } from "./upstream.ts";

export interface ServiceProxyOptions {
  key: string;
  serviceUrl: string;
  fetch: FetchLike;
  /** How long the service may take for one request. */
  deadlineMs: number;
  /** Fires when this server must end: what is still in flight is answered with a failure. */
  stopping: AbortSignal;
  /** Bounds what callers can spend; without it there is no bound. */
  spending?: SpendingGuard;
}

interface Ending {
  response: Response;
  /** What it means for the spending. */
  outcome: Outcome;
}

// Answers are a few kB, so a reply that exceeds this is not one of them.
const MOST_REPLY_BYTES = 4 * 1024 * 1024;
// Parsing anything nested more deeply takes seconds.
const REPLY_LIMITS = { mostDepth: 64, mostParts: 500_000, mostBytesOutside: MOST_REPLY_BYTES };

/**
 * Forwards admitted tasks to the service with the operator's key. The tasks are rewritten around their pictures, so
 * only what was admitted reaches the service, and nothing else of the caller's body or headers. A request does not stop
 * if its caller leaves: the service bills it either way, and its answer can be asked for later.
 */
export function createServiceProxy(options: ServiceProxyOptions): Upstream {
  const removeKey = keyRemover(options.key);
  return {
    kind: "runware",
    async answer(call) {
      const admission = admitTasks(call.body.tasks);
      if (admission.kind === "refused") return apiErrorResponse(admission.refusal, "before");
      const { tasks } = admission;
      const isDryRun = call.headers.get(DRY_RUN_HEADER) === "1";
      const permission = options.spending?.ask({ tasks, client: call.client, isDryRun });
      if (permission?.kind === "refused") return apiErrorResponse(permission.refusal, "before");
      const { response, outcome } = await forward(tasks, call, { ...options, removeKey });
      permission?.settle(outcome);
      return response;
    },
  };
}

async function forward(
  tasks: readonly WireTask[],
  call: TaskCall,
  options: ServiceProxyOptions & { removeKey: (text: string) => string },
): Promise<Ending> {
  const { key, serviceUrl, fetch, deadlineMs, stopping, removeKey } = options;
  if (stopping.aborted) return ownEnding(serverStopping, "before");
  const deadline = AbortSignal.timeout(deadlineMs);
  const isDryRun = call.headers.get(DRY_RUN_HEADER) === "1";
  const pieces = call.body.write(tasks);
  try {
    const response = await fetch(serviceUrl, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${key}`,
        "Content-Type": "application/json",
        "Content-Length": String(pieces.reduce((bytes, piece) => bytes + piece.byteLength, 0)),
        ...(isDryRun && { [DRY_RUN_HEADER]: "1" }),
      },
      // Handed over whole, it would be copied once more.
      body: ReadableStream.from(pieces),
      duplex: "half",
      // A redirect would carry pictures to an address that the operator did not name.
      redirect: "error",
      signal: AbortSignal.any([deadline, stopping]),
    });
    return await passOn(response, tasks, removeKey);
  } catch (error) {
    // Whatever was thrown may hold the request, including the key, so it goes no further.
    if (wasNeverConnected(error)) return ownEnding(unreachable, "before");
    if (stopping.aborted) return ownEnding(stoppedWaiting, "after");
    if (deadline.aborted) return ownEnding(timedOut(deadlineMs), "after");
    return ownEnding(connectionLost, "after");
  }
}

function ownEnding(error: ApiError, word: ProxyWord): Ending {
  const outcome: Outcome = { kind: word === "before" ? "not-sent" : "unknown" };
  return { response: apiErrorResponse(error, word), outcome };
}

/**
 * True if the connection to the service was never made, so that it can have seen nothing: the name is unknown, or the
 * address refused. Node's system errors name the call that failed, and every address that was tried must have failed
 * like this.
 */
function wasNeverConnected(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (thrown instanceof AggregateError) {
    return thrown.errors.length > 0 && thrown.errors.every(wasNeverConnected);
  }
  if ("syscall" in thrown && (thrown.syscall === "connect" || thrown.syscall === "getaddrinfo")) {
    return true;
  }
  if ("code" in thrown && thrown.code === "UND_ERR_CONNECT_TIMEOUT") return true;
  return wasNeverConnected(thrown.cause);
}

/**
 * Passes the service's reply on as far as it can be vouched for: as JSON, or as text that no browser takes for a page
 * of this origin; without the key, and with no more than the balance of an account.
 */
async function passOn(
  response: Response,
  tasks: readonly WireTask[],
  removeKey: (text: string) => string,
): Promise<Ending> {
  const { status } = response;
  const body = await readBounded(response.body, MOST_REPLY_BYTES);
  if (body === null) return ownEnding(unusableReply, "after");
  // Zeros would hide a key in a page of UTF-16.
  const text = removeKey(body.toString("utf8").replaceAll("\0", ""));
  const json = outlineJson(Buffer.from(text), REPLY_LIMITS);
  const headers = new Headers({
    "Cache-Control": "no-store",
    "Content-Type": json === null ? "text/plain; charset=utf-8" : "application/json",
  });
  const retryAfter = readRetryAfter(response.headers);
  if (retryAfter !== null) headers.set("Retry-After", removeKey(retryAfter));
  const outcome: Outcome =
    json === null ? { kind: "unknown" } : { kind: "replied", status, value: json.value };
  const reduce = reducerFor(tasks, json?.value);
  if (reduce === null) return { response: replyOf(text, status, headers), outcome };
  const reduced = json && reduce(json.value);
  if (json === null || reduced === null) {
    return { response: apiErrorResponse(withStatusOf(response), "after"), outcome };
  }
  const written = Buffer.concat(json.write(reduced)).toString("utf8");
  return { response: replyOf(written, status, headers), outcome };
}

function reducerFor(
  tasks: readonly WireTask[],
  value: unknown,
): ((value: unknown) => object | null) | null {
  if (tasks.some((task) => task.taskType === "accountManagement")) return reduceAccountReply;
  const isLookUp = tasks.some((task) => task.taskType === "getResponse");
  return isLookUp || holdsAccount(value) ? reduceLookUpReply : null;
}

function replyOf(text: string, status: number, headers: Headers): Response {
  const hasBody = ![204, 205, 304].includes(status);
  return new Response(hasBody ? text : null, { status, headers });
}

/** Seconds or a date; anything else the service may have written there is dropped. */
function readRetryAfter(headers: Headers): string | null {
  const value = headers.get("Retry-After")?.trim() ?? "";
  if (/^\d{1,9}$/u.test(value)) return value;
  const at = Date.parse(value);
  return /^[A-Z][a-z]{2}, /u.test(value) && !Number.isNaN(at) ? new Date(at).toUTCString() : null;
}

function withStatusOf(response: Response): ApiError {
  return { ...unusableReply, status: response.ok ? unusableReply.status : response.status };
}

function timedOut(deadlineMs: number): ApiError {
  const seconds = Math.round(deadlineMs / 1_000);
  return {
    status: 504,
    code: "gatewayTimeout",
    message: `The service has not answered within ${seconds} s; it may still finish the task, so ask again with the same taskUUID.`,
  };
}

const unreachable: ApiError = {
  status: 502,
  code: "serviceUnreachable",
  message: "This server could not reach the service: try again later.",
};

const connectionLost: ApiError = {
  status: 502,
  code: "serviceConnectionLost",
  message:
    "This server lost the service while waiting for it; the service may still finish the task, so ask again with the same taskUUID.",
};

const unusableReply: ApiError = {
  status: 502,
  code: "serviceReplyUnusable",
  message: "This server can't pass the service's reply on: try again later.",
};

const serverStopping: ApiError = {
  status: 503,
  code: "serverStopping",
  message: "This server is being stopped and has not sent the task: ask again once it is back.",
};

const stoppedWaiting: ApiError = {
  ...serverStopping,
  message:
    "This server is being stopped; the service may still finish the task, so ask again with the same taskUUID.",
};
