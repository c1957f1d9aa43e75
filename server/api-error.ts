import { PROXY_WORD_HEADER, type ProxyWord } from "#src/contract/proxy-word.ts";

/** A refusal by this server itself, in the service's words, so that one client reads both. */
export interface ApiError {
  status: number;
  code: string;
  /** One sentence that says what to do. It repeats nothing from the caller's body. */
  message: string;
  parameter?: string;
  allowedValues?: readonly string[];
  /** How long to wait before the same request may be sent again. */
  retryAfterSeconds?: number;
}

/**
 * The refusal in the service's error shape. It names no task, so it applies to every task of the request. `word` says
 * whether any of them may have reached the service: if it is "before", the caller counts them as never sent.
 */
export function apiErrorResponse(
  { status, retryAfterSeconds, ...error }: ApiError,
  word: ProxyWord,
): Response {
  const headers = {
    "Cache-Control": "no-store",
    [PROXY_WORD_HEADER]: word,
    ...(retryAfterSeconds !== undefined && { "Retry-After": String(retryAfterSeconds) }),
  };
  return Response.json({ errors: [error] }, { status, headers });
}
