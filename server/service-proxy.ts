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
 * Forwards admitted tasks to the service with the operator's key. The tasks are written anew, so nothing of the
 * caller's body or headers reaches the service but what was admitted. A caller who leaves does not stop a request:
 * the service bills it either way, and its answer can be asked for later.
 */
export function createServiceProxy(options: ServiceProxyOptions): Upstream {
  return {
    kind: "runware",
    async answer(call) {
      const admission = admitTasks(call.tasks);
      if (admission.kind === "refused") return apiErrorResponse(admission.refusal);
      return forward(admission.tasks, call, options);
    },
  };
}

async function forward(
  tasks: readonly WireTask[],
  call: TaskCall,
  { key, serviceUrl, fetch, deadlineMs, stopping }: ServiceProxyOptions,
): Promise<Response> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const isDryRun = call.headers.get(DRY_RUN_HEADER) === "1";
  try {
    const response = await fetch(serviceUrl, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${key}`,
        "Content-Type": "application/json",
        ...(isDryRun && { [DRY_RUN_HEADER]: "1" }),
      },
      body: JSON.stringify(tasks),
      // A redirect would carry pictures to an address that the operator did not name.
      redirect: "error",
      signal: AbortSignal.any([deadline, stopping]),
    });
    return await passOn(response, tasks);
  } catch {
    // Whatever was thrown may hold the request, key included, so it goes no further.
    if (stopping.aborted) return apiErrorResponse(serverStopping);
    if (deadline.aborted) return apiErrorResponse(timedOut(deadlineMs));
    return apiErrorResponse(unreachable);
  }
}

async function passOn(response: Response, tasks: readonly WireTask[]): Promise<Response> {
  const body = await readBounded(response.body, MOST_REPLY_BYTES);
  if (body === null) return apiErrorResponse(unusableReply);
  const headers = new Headers({ "Cache-Control": "no-store" });
  for (const name of ["Content-Type", "Retry-After"]) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const isAccount = tasks.some((task) => task.taskType === "accountManagement");
  const isLookUp = tasks.some((task) => task.taskType === "getResponse");
  if (isAccount || (isLookUp && holdsAccount(body))) {
    const reduced = reduceAccountReply(body);
    if (reduced === null) return apiErrorResponse(withStatusOf(response));
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
  message: "This server could not reach the service, or lost it while waiting: try again later.",
};

const unusableReply: ApiError = {
  status: 502,
  code: "serviceReplyUnusable",
  message: "The service's reply was not one this server can pass on: try again later.",
};

const serverStopping: ApiError = {
  status: 503,
  code: "serverStopping",
  message:
    "This server is being stopped; the service may still finish the task, so ask again with the same taskUUID.",
};
