import { ANSWER_MARK_HEADER } from "#src/contract/answer-mark.ts";
import { DEFAULT_SERVICE_URL, SERVICE_TIMING, TASKS_PATH } from "#src/contract/endpoint.ts";
import { PROXY_WORD_HEADER, type ProxyWord, readProxyWord } from "#src/contract/proxy-word.ts";
import type { WireTask } from "#src/contract/requests.ts";
import type { Connection } from "#src/domain/connection.ts";
import type { CallLimits } from "#src/domain/delivery.ts";
import { FailureError, LONGEST_QUIET_MS } from "#src/domain/failure.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";
import { type Body, readBody } from "./read-body.ts";
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

/**
 * Milliseconds to wait, at most an hour, from a Retry-After header in seconds or as an HTTP date; null if it is missing
 * or neither.
 */
function readRetryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/u.test(text)) return withinBounds(Number(text) * 1000);
  // Date.parse takes almost anything for a date ("-5" is a year), so only a text that names a weekday
  // counts as one here.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/iu.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : withinBounds(at - nowMs);
}

function withinBounds(waitMs: number): number {
  return Math.min(LONGEST_QUIET_MS, Math.max(0, Math.round(waitMs)));
}

/** Milliseconds the service took, from a proxy's Server-Timing header; null if it does not say. */
function readServiceMs(header: string | null): number | null {
  for (const metric of (header ?? "").split(",")) {
    const [name = "", ...parameters] = metric.split(";").map((part) => part.trim());
    if (name.toLowerCase() !== SERVICE_TIMING) continue;
    const duration = parameters.find((part) => /^dur\s*=/iu.test(part))?.split("=")[1];
    const ms = Number(duration?.replaceAll('"', "").trim() || Number.NaN);
    return Number.isFinite(ms) && ms >= 0 ? ms : null;
  }
  return null;
}

const MOST_CHARACTERS = 240;
// Shorter ones occur in ordinary words, and taking them out would leave no message.
const LEAST_SECRET = 4;
const DATA_URI = /data:[\w.+-]*\/?[\w.+-]*(?:;[\w.=-]+)*,[^\s"'<>]*/giu;
const LONG_RUN = /[\w+/=-]{80,}/gu;

/** Takes what must not be repeated out of the service's words: the key, the prompt, pictures. */
export interface Scrubber {
  /** A message, at most 240 characters long. */
  message(text: string): string;
  /** A code or parameter name; null if it does not have that form, or holds a secret. */
  name(text: string): string | null;
}

/** A scrubber for one call. The service is known to quote what it was sent. */
function createScrubber(secrets: readonly (string | null)[]): Scrubber {
  // The longest first, since one may be part of another.
  const known = secrets
    .filter((secret) => secret !== null && secret.trim().length >= LEAST_SECRET)
    .map((secret) => secret?.trim() ?? "")
    .toSorted((one, other) => other.length - one.length);
  const without = (text: string): string =>
    known.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
  return {
    message: (text) => {
      const clean = without(text).replaceAll(DATA_URI, "[picture]").replaceAll(LONG_RUN, "…");
      const line = clean.replaceAll(/\s+/gu, " ").trim();
      return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
    },
    name: (text) =>
      /^[\w.,:[\] -]{1,80}$/u.test(text) && without(text) === text ? text.trim() : null,
  };
}
