import * as v from "valibot";
import {
  dataItem,
  type DataItem,
  errorItem,
  type ErrorItem,
  replyEnvelope,
} from "#src/contract/replies.ts";
import type { WireFailure } from "#src/domain/failure.ts";
import { failureOfBody, failureOfError } from "./failure-of-error.ts";
import type { Exchange } from "./transport.ts";

/** What a reply says about one task; nothing if it does not mention it. */
export type Word =
  | { kind: "item"; item: DataItem }
  | { kind: "failure"; failure: WireFailure }
  | { kind: "nothing" };

const ownId = v.object({ taskUUID: v.string() });

/**
 * What a reply says about one task, by its UUID; it may say something else about the others. In this order: the
 * task's own error, its entry in `data`, an error without a UUID (which applies to every task without an entry), the
 * status.
 */
export function wordOn(taskUuid: string, exchange: Exchange): Word {
  const word = wordIn(taskUuid, exchange);
  const { proxyWord } = exchange;
  // Our proxy's own replies have the service's shape, with codes like the service's.
  return word.kind === "failure" && proxyWord !== null
    ? failed({ ...word.failure, saidBy: `proxy-${proxyWord}` })
    : word;
}

function wordIn(taskUuid: string, exchange: Exchange): Word {
  const { body, status, retryAfterMs } = exchange;
  if (body.kind === "trouble") return failed(failureOfBody(status, body.detail, retryAfterMs));
  const envelope = v.safeParse(replyEnvelope, body.value);
  if (!envelope.success) return failed(failureOfBody(status, "unexpected-shape", retryAfterMs));
  const { data, errors: listed, error: single } = envelope.output;
  const errors = [...(listed ?? []), ...(single === null || single === undefined ? [] : [single])];
  const parsed = errors.map(parseError);

  const ownError = parsed.find((error) => isSame(error.taskUUID, taskUuid));
  if (ownError !== undefined) return failed(failureOf(ownError, true, exchange));
  const entry = ownEntry(data ?? [], taskUuid);
  if (entry !== undefined) return wordInEntry(entry, exchange);
  const general = parsed.find((error) => !error.taskUUID);
  if (general !== undefined) return failed(failureOf(general, false, exchange));
  if (status >= 400) return failed(failureOf(NAMELESS, false, exchange));
  return data === null || data === undefined
    ? failed(failureOfBody(status, "unexpected-shape", retryAfterMs))
    : { kind: "nothing" };
}

function wordInEntry(entry: unknown, exchange: Exchange): Word {
  const parsed = v.safeParse(dataItem, entry);
  if (!parsed.success)
    return failed({
      kind: "bad-response",
      status: exchange.status,
      detail: "unexpected-shape",
    });
  const item = parsed.output;
  const saysError = item.status?.toLowerCase() === "error";
  return saysError || item.error
    ? failed(failureOf(item.error ?? NAMELESS, true, exchange))
    : { kind: "item", item };
}

const NAMELESS: ErrorItem = { code: null, message: null, parameter: null, taskUUID: null };

// An error in an unknown form is still an error.
function parseError(raw: unknown): ErrorItem {
  const parsed = v.safeParse(errorItem, raw);
  return parsed.success ? parsed.output : NAMELESS;
}

function failureOf(
  error: ErrorItem,
  namesTask: boolean,
  { status, retryAfterMs, scrubber }: Exchange,
): WireFailure {
  return failureOfError({
    status,
    code: error.code ? scrubber.name(error.code) : null,
    message: scrubber.message(error.message ?? ""),
    parameter: error.parameter ? scrubber.name(error.parameter) : null,
    retryAfterMs,
    namesTask,
  });
}

// One task is sent at a time, so a single entry without a UUID can only be about it.
function ownEntry(data: readonly unknown[], taskUuid: string): unknown {
  const own = data.find((entry) => v.is(ownId, entry) && isSame(entry.taskUUID, taskUuid));
  const [only] = data;
  return own ?? (data.length === 1 && !v.is(ownId, only) ? only : undefined);
}

function isSame(one: string | null | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

function failed(failure: WireFailure): Word {
  return { kind: "failure", failure };
}
