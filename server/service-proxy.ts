import * as v from "valibot";
import { DRY_RUN_HEADER } from "#src/contract/endpoint.ts";
import type { ProxyWord } from "#src/contract/proxy-word.ts";
import type { WireTask } from "#src/contract/requests.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";
import { admitTasks } from "./admit-tasks.ts";
import { type ApiError, apiErrorResponse } from "./api-error.ts";
import { outlineJson } from "./outline-body.ts";
import { readBounded } from "./read-bounded.ts";
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
  const reduceReply = reducerFor(tasks, json?.value);
  if (reduceReply === null) return { response: replyOf(text, status, headers), outcome };
  const reduced = json && reduceReply(json.value);
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

/**
 * Cuts the answer to an `accountManagement` task down to the balance: the service also sends the names and
 * e-mail addresses of the whole team. Errors keep what the user needs to put things right.
 * @param value The reply's JSON.
 * @returns null if it does not have the shape of a reply, and so can't be vouched for.
 */
function reduceAccountReply(value: unknown): object | null {
  return reduce(value, accountItem);
}

/**
 * Cuts the answer to a `getResponse` task down to the fields that answers to the app's tasks have. A look-up finds
 * whatever task has the id, and that may be an operator's own account request.
 * @returns null if the value does not have the shape of a reply.
 */
function reduceLookUpReply(value: unknown): object | null {
  return reduce(value, v.union([accountAnswer, answerItem]));
}

/** Whether a reply to other tasks holds an account's answer after all. */
function holdsAccount(value: unknown): boolean {
  const read = v.safeParse(reply, value);
  return read.success && (read.output.data ?? []).some((item) => v.is(accountAnswer, item));
}

function reduce(value: unknown, item: v.GenericSchema<unknown, object>): object | null {
  const read = v.safeParse(reply, value);
  if (!read.success) return null;
  const { data, errors, error } = read.output;
  return {
    ...(data && { data: data.map((entry) => v.parse(item, entry)) }),
    ...(errors && { errors: errors.map((entry) => v.parse(errorItem, entry)) }),
    ...(error && { error }),
  };
}

const entry = v.record(v.string(), v.unknown());
const list = v.optional(
  v.union([
    v.array(entry),
    v.pipe(
      entry,
      v.transform((one) => [one]),
    ),
  ]),
);
const soft = v.fallback(v.optional(v.string()), undefined);
const amount = v.fallback(v.optional(v.number()), undefined);

const errorItem = v.object({
  code: soft,
  message: soft,
  parameter: soft,
  taskType: soft,
  taskUUID: soft,
});

const reply = v.object({
  data: list,
  errors: list,
  error: v.optional(v.union([v.string(), errorItem])),
});

const accountItem = v.object({
  taskType: soft,
  taskUUID: soft,
  balance: v.fallback(
    v.optional(
      v.union([v.number(), v.object({ amount: v.number(), freeBalance: amount, currency: soft })]),
    ),
    undefined,
  ),
});

/** An item that belongs to an account, by its type or by what it holds, cut down to the balance. */
const accountAnswer = v.pipe(
  entry,
  v.check((item) => item["taskType"] === "accountManagement" || "balance" in item),
  accountItem,
);

const answerItem = v.object({
  taskType: soft,
  taskUUID: soft,
  status: soft,
  text: soft,
  structuredData: v.fallback(
    v.optional(v.object({ ageGroup: soft, confidence: amount })),
    undefined,
  ),
  cost: amount,
  imageUUID: soft,
  imageURL: soft,
  mediaUUID: soft,
  mediaURL: soft,
  error: v.fallback(v.optional(v.union([v.string(), errorItem])), undefined),
});

const REMOVED = "[key removed]";

/**
 * Returns a function that takes a key out of a text, in whatever form the service quotes it: plain, with any of its
 * letters escaped for JSON, an address or HTML, or inside base64. What replaces it needs no escaping in JSON. Every
 * repetition is bounded, so that no text makes the search slow.
 */
function keyRemover(key: string): (text: string) => string {
  const forms = [
    key.replaceAll(/[^]/gu, letterPattern),
    ...[0, 1, 2].flatMap((at) => inBase64(key, at)),
  ];
  const pattern = new RegExp(forms.join("|"), "giu");
  return (text) => text.replaceAll(pattern, REMOVED);
}

/** A letter written as `\u0041`, `%41` (also coded twice) or `&#65;`. */
function letterPattern(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const hex = code.toString(16).padStart(2, "0");
  return `(?:${[
    plainPattern(letter),
    String.raw`\\{1,8}(?:u00|x)${hex}`,
    `%(?:25){0,3}${hex}`,
    `&(?:amp;){0,3}#(?:x0{0,4}${hex}|0{0,4}${code});?`,
    ...(HTML_NAMES[letter] ?? []).map((name) => `&(?:amp;){0,3}${name};`),
  ].join("|")})`;
}

function plainPattern(letter: string): string {
  if (/[a-z\d]/iu.test(letter)) return letter;
  const escaped = /[$()*+./?[\\\]^{|}]/u.test(letter) ? `\\${letter}` : letter;
  if (letter === "\\") return String.raw`\\{1,8}`;
  return letter === '"' || letter === "/" ? String.raw`\\{0,8}${escaped}` : escaped;
}

const HTML_NAMES: Readonly<Record<string, readonly string[]>> = {
  "&": ["amp"],
  "<": ["lt"],
  ">": ["gt"],
  '"': ["quot"],
  "'": ["apos"],
};

// Anything shorter could appear in base64 by chance.
const LEAST_IN_BASE64 = 8;

/**
 * The key's letters in base64 that do not depend on what comes before and after it, `at` bytes into a group of three.
 */
function inBase64(key: string, at: number): string[] {
  const bytes = Buffer.from("\0".repeat(at) + key);
  const first = Math.ceil((at * 8) / 6);
  const letters = bytes.toString("base64").slice(first, Math.floor((bytes.length * 8) / 6));
  if (letters.length < LEAST_IN_BASE64) return [];
  return [letters.replaceAll(/[+/]/gu, (sign) => BASE64_SIGNS[sign] ?? sign)];
}

/** The signs of both alphabets, including the URL-safe one, plain or escaped. */
const BASE64_SIGNS: Readonly<Record<string, string>> = {
  "+": `(?:-|${letterPattern("+")})`,
  "/": `(?:_|${letterPattern("/")})`,
};
