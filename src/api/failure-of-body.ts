import type { WireFailure } from "#src/domain/failure.ts";
import { failureOfError } from "./failure-of-error.ts";

/** What was wrong with a body: the same words as in a "bad-response" failure. */
export type BodyTrouble = Extract<WireFailure, { kind: "bad-response" }>["detail"];

// Statuses that say what to do even without a readable body: gateways send them with their own web page.
const TELLING = new Set([401, 402, 408, 409, 429]);

/**
 * The meaning of a reply whose body says nothing about its tasks: its status if that is telling, otherwise the bad
 * body. Both are named.
 */
export function failureOfBody(
  status: number,
  detail: BodyTrouble,
  retryAfterMs: number | null,
): WireFailure {
  if (status >= 500) return { kind: "service-trouble", status, code: null, retryAfterMs };
  return TELLING.has(status)
    ? failureOfError({
        status,
        code: null,
        message: "",
        parameter: null,
        retryAfterMs,
        namesTask: false,
      })
    : { kind: "bad-response", status, detail };
}
