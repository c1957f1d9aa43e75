import type { Context, Handler } from "hono";
import { MOST_BODY_BYTES, SERVICE_TIMING } from "#src/contract/endpoint.ts";
import { readTaskArray } from "./admit-tasks.ts";
import { type ApiError, apiErrorResponse } from "./api-error.ts";
import { readBounded } from "./read-bounded.ts";
import type { LoggedRoute } from "./request-log.ts";
import type { Upstream } from "./upstream.ts";

/** Takes a task array of bounded size and length, lets the upstream answer it, and tells how long that took. */
export function takeTasks(upstream: Upstream, now: () => number): Handler<LoggedRoute> {
  return async (context) => {
    const body = await readBody(context);
    if ("code" in body) return apiErrorResponse(body, "before");
    context.set("facts", { receivedBytes: body.byteLength, taskCount: 0 });
    const read = readTaskArray(body);
    if (read.kind === "refused") return apiErrorResponse(read.refusal, "before");
    context.set("facts", { receivedBytes: body.byteLength, taskCount: read.array.tasks.length });
    const startedAt = now();
    const reply = await upstream.answer({ body: read.array, headers: context.req.raw.headers });
    reply.headers.set("Server-Timing", `${SERVICE_TIMING};dur=${Math.round(now() - startedAt)}`);
    return reply;
  };
}

async function readBody(context: Context): Promise<Buffer | ApiError> {
  const declaredBytes = Number(context.req.header("Content-Length") ?? 0);
  if (declaredBytes > MOST_BODY_BYTES) return tooLarge;
  try {
    return (await readBounded(context.req.raw.body, MOST_BODY_BYTES)) ?? tooLarge;
  } catch {
    return incomplete;
  }
}

const tooLarge: ApiError = {
  status: 413,
  code: "requestTooLarge",
  message: `A request may hold ${MOST_BODY_BYTES / 1024 / 1024} MiB at most: send fewer or smaller pictures.`,
};

const incomplete: ApiError = {
  status: 400,
  code: "incompleteBody",
  message: "The body ended before it was complete: send the request again.",
};
