import { ANSWER_MARK_HEADER } from "#src/contract/answer-mark.ts";
import { DEFAULT_SERVICE_URL, TASKS_PATH } from "#src/contract/endpoint.ts";
import { PROXY_WORD_HEADER, readProxyWord, type ProxyWord } from "#src/contract/proxy-word.ts";
import type { WireTask } from "#src/contract/requests.ts";
import type { Connection } from "#src/domain/connection.ts";
import type { CallLimits } from "#src/domain/delivery.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";
import { readBody, type Body } from "./read-body.ts";
import { readRetryAfterMs, readServiceMs } from "./read-headers.ts";
import { createScrubber, type Scrubber } from "./scrub.ts";
import { withinLimits } from "./within-limits.ts";

/** One POST and its reply. */
export interface Exchange {
  status: number;
  body: Body;
  retryAfterMs: number | null;
  serviceMs: number | null;
  /** The header that marks answers as not the service's own. */
  answerMarks: string | null;
  /** Set if the reply is our proxy's own. */
  proxyWord: ProxyWord | null;
  /** Knows this call's secrets. */
  scrubber: Scrubber;
}

export interface TransportOptions {
  connection: Connection;
  /** The user's key, read at every call; only direct connections use it. */
  key: () => string | null;
  fetch: FetchLike;
  /** False if the device knows that it has no network. */
  isOnline: () => boolean;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Posts one task. Rejects with FailureError: no-key, auth, cancelled, timed-out, offline, unreachable. */
export type Transport = (
  task: WireTask,
  limits: CallLimits,
  extraHeaders?: Readonly<Record<string, string>>,
) => Promise<Exchange>;

/** The way to the service for one connection: directly with the key, or to a proxy without one. */
export function createTransport(options: TransportOptions): Transport {
  const { connection, isOnline, now } = options;
  const url =
    connection.kind === "direct" ? DEFAULT_SERVICE_URL : `${connection.baseUrl}${TASKS_PATH}`;
  return async (task, limits, extraHeaders = {}) => {
    const key = connection.kind === "direct" ? requireKey(options.key()) : null;
    const init = {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...extraHeaders,
      },
      body: JSON.stringify([task]),
      // A proxy may be behind the operator's own sign-in, and the service must see no cookie.
      credentials: connection.kind === "direct" ? "omit" : "same-origin",
      // A redirect is a captive portal or a mistake, and neither may get the picture.
      redirect: "error",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    } as const;
    const { response, body } = await withinLimits(limits, async (signal) => {
      try {
        const reply = await options.fetch(url, { ...init, signal });
        return { response: reply, body: await readBody(reply) };
      } catch {
        // What fetch throws may quote the address or the headers, so only the fact that it threw is
        // passed on.
        throw new FailureError(
          isOnline() ? { kind: "unreachable", via: connection.kind } : { kind: "offline" },
        );
      }
    });
    return {
      status: response.status,
      body,
      retryAfterMs: readRetryAfterMs(response.headers.get("Retry-After"), now()),
      serviceMs: readServiceMs(response.headers.get("Server-Timing")),
      answerMarks: response.headers.get(ANSWER_MARK_HEADER),
      // The service itself has no say in this.
      proxyWord:
        connection.kind === "proxy" ? readProxyWord(response.headers.get(PROXY_WORD_HEADER)) : null,
      scrubber: createScrubber([key, ...secretsOf(task)]),
    };
  };
}

function requireKey(key: string | null): string {
  if (key === null || key === "") throw new FailureError({ kind: "no-key" });
  // Outside this range fetch refuses the header, with an error that quotes it.
  if (!/^[\u0021-\u007E]+$/u.test(key))
    throw new FailureError({ kind: "auth", code: null, saidBy: "page" });
  return key;
}

function secretsOf(task: WireTask): (string | null)[] {
  switch (task.taskType) {
    case "caption":
      return [task.prompt ?? null, ownPixels(task.inputs.image)];
    case "imageUpload":
      return [ownPixels(task.image)];
    case "mediaStorage":
      return [ownPixels(task.media)];
    case "getResponse":
    case "accountManagement":
      return [];
  }
}

// A message may name an address, but must not hold pixels.
function ownPixels(picture: string): string | null {
  return picture.startsWith("data:") ? picture : null;
}
