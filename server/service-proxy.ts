import { DRY_RUN_HEADER } from "#src/contract/endpoint.ts";
import type { WireTask } from "#src/contract/requests.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";
import { holdsAccount, reduceAccountReply } from "./account-reply.ts";
import { admitTasks } from "./admit-tasks.ts";
import { type ApiError, apiErrorResponse } from "./api-error.ts";
import { readBounded } from "./read-bounded.ts";
import type { TaskCall, Upstream } from "./upstream.ts";

export interface ServiceProxyOptions {
  key: string;
  serviceUrl: string;
  fetch: FetchLike;
  /** How long the service may take for one request. */
  deadlineMs: number;
  /** Fires when this server must end: what is still in flight is answered with a failure. */
  stopping: AbortSignal;
}

// The answers are a few kB; a reply that passes this is not one of them.
const MOST_REPLY_BYTES = 4 * 1024 * 1024;

/**
 * Forwards admitted tasks to the service with the operator's key. The tasks are written anew around their
 * pictures, so nothing of the caller's body or headers reaches the service but what was admitted. A caller who leaves does not stop a request:
 * the service bills it either way, and its answer can be asked for later.
 */
export function createServiceProxy(options: ServiceProxyOptions): Upstream {
  return {
    kind: "runware",
    async answer(call) {
      const admission = admitTasks(call.body.tasks);
      if (admission.kind === "refused") return apiErrorResponse(admission.refusal, "before");
      return forward(admission.tasks, call, options);
    },
  };
}

async function forward(
  tasks: readonly WireTask[],
  call: TaskCall,
  { key, serviceUrl, fetch, deadlineMs, stopping }: ServiceProxyOptions,
): Promise<Response> {
  if (stopping.aborted) return apiErrorResponse(serverStopping, "before");
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
      // Given whole, it would be copied once more.
      body: ReadableStream.from(pieces),
      duplex: "half",
      // A redirect would carry pictures to an address that the operator did not name.
      redirect: "error",
      signal: AbortSignal.any([deadline, stopping]),
    });
    return await passOn(response, tasks);
  } catch (error) {
    // Whatever was thrown may hold the request, key included, so it goes no further.
    if (wasNeverConnected(error)) return apiErrorResponse(unreachable, "before");
    if (stopping.aborted) return apiErrorResponse(stoppedWaiting, "after");
    if (deadline.aborted) return apiErrorResponse(timedOut(deadlineMs), "after");
    return apiErrorResponse(connectionLost, "after");
  }
}

/**
 * True where the connection to the service never came about, so that it can have seen nothing: the name is unknown, or
 * the address refused. Node's system errors name the call that failed; every address that was tried must have failed so.
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

async function passOn(response: Response, tasks: readonly WireTask[]): Promise<Response> {
  const body = await readBounded(response.body, MOST_REPLY_BYTES);
  if (body === null) return apiErrorResponse(unusableReply, "after");
  const headers = new Headers({ "Cache-Control": "no-store" });
  for (const name of ["Content-Type", "Retry-After"]) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const isAccount = tasks.some((task) => task.taskType === "accountManagement");
  const isLookUp = tasks.some((task) => task.taskType === "getResponse");
  if (isAccount || (isLookUp && holdsAccount(body))) {
    const reduced = reduceAccountReply(body);
    if (reduced === null) return apiErrorResponse(withStatusOf(response), "after");
    return new Response(reduced, { status: response.status, headers });
  }
  return new Response(body, { status: response.status, headers });
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
  message: "The service's reply was not one this server can pass on: try again later.",
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
