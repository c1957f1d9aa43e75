import type { HttpBindings } from "@hono/node-server";
import type { Context, Handler } from "hono";
import { SERVICE_TIMING } from "#src/contract/endpoint.ts";
import { MOST_BODY_BYTES } from "#src/contract/proxy-limits.ts";
import { readTaskArray } from "./admit-tasks.ts";
import { type ApiError, apiErrorResponse } from "./api-error.ts";
import { BodyRoom } from "./body-room.ts";
import { readBounded } from "./read-bounded.ts";
import type { LoggedRoute } from "./request-log.ts";
import { clientOf } from "./spending-guard.ts";
import type { Upstream } from "./upstream.ts";

export interface TaskRouteOptions {
  upstream: Upstream;
  /** Milliseconds on any clock that never goes back. */
  now: () => number;
  bodies: BodyRules;
}

export interface BodyRules {
  /** How long one may take to arrive, once its turn has come. */
  deadlineMs: number;
  /**
   * How many bytes of them are held at once. A body without room stays with its sender, whose connection is not read.
   */
  roomBytes: number;
}

/** Room for a hundred pictures of one MB. */
export const BODY_RULES: BodyRules = { deadlineMs: 120_000, roomBytes: 96 * 1_024 * 1_024 };

const MOST_WAITING = 500;
// Look-ups and the like need not queue behind pictures.
const SMALL_BYTES = 64 * 1_024;

/**
 * Takes a task array of bounded size and length, lets the upstream answer it, and reports how long that took.
 */
export function takeTasks(options: TaskRouteOptions): Handler<LoggedRoute> {
  const room = new BodyRoom(options.bodies.roomBytes, MOST_WAITING);
  const take = answerTasks(options);
  return async (context) => {
    const declared = context.req.header("Content-Length");
    const bytes = declared === undefined ? MOST_BODY_BYTES : Number(declared);
    if (bytes > MOST_BODY_BYTES) return apiErrorResponse(tooLarge, "before");
    if (bytes <= SMALL_BYTES) return take(context);
    const leave = await room.enter(bytes);
    if (leave === null) return apiErrorResponse(tooBusy, "before");
    try {
      return await take(context);
    } finally {
      leave();
    }
  };
}

function answerTasks({ upstream, now, bodies }: TaskRouteOptions) {
  return async (context: Context<LoggedRoute>): Promise<Response> => {
    const body = await readBody(context, bodies.deadlineMs);
    if ("code" in body) return apiErrorResponse(body, "before");
    context.set("facts", { receivedBytes: body.byteLength, taskCount: 0 });
    const read = readTaskArray(body);
    if (read.kind === "refused") return apiErrorResponse(read.refusal, "before");
    context.set("facts", { receivedBytes: body.byteLength, taskCount: read.array.tasks.length });
    const startedAt = now();
    const reply = await upstream.answer({
      body: read.array,
      headers: context.req.raw.headers,
      client: clientOf(addressOf(context.env)),
    });
    reply.headers.set("Server-Timing", `${SERVICE_TIMING};dur=${Math.round(now() - startedAt)}`);
    return reply;
  };
}

/** The caller's address. There are no bindings if no socket serves the app. */
function addressOf(bindings: Partial<HttpBindings> | undefined): string | undefined {
  return bindings?.incoming?.socket.remoteAddress;
}

async function readBody(context: Context, deadlineMs: number): Promise<Buffer | ApiError> {
  const expectedBytes = Number(context.req.header("Content-Length") ?? 0);
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    const body = await readBounded(context.req.raw.body, MOST_BODY_BYTES, {
      expectedBytes,
      signal,
    });
    return body ?? tooLarge;
  } catch {
    return incomplete;
  }
}

const tooLarge: ApiError = {
  status: 413,
  code: "requestTooLarge",
  message: `A request may hold at most ${MOST_BODY_BYTES / 1024 / 1024} MiB: send fewer or smaller pictures.`,
};

const tooBusy: ApiError = {
  status: 503,
  code: "serverBusy",
  message: "This server has more pictures to forward than it has room for: try again in 5 s.",
  retryAfterSeconds: 5,
};

const incomplete: ApiError = {
  status: 400,
  code: "incompleteBody",
  message: "The body ended before it was complete, or took too long: send the request again.",
};
