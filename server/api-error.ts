/** A refusal of this server's own, in the service's words, so that one client reads both. */
export interface ApiError {
  status: number;
  code: string;
  /** One sentence that says what to do; repeats nothing from the caller's body. */
  message: string;
  parameter?: string;
  allowedValues?: readonly string[];
}

/** The refusal in the service's error shape. It names no task, and so speaks of every task of the request. */
export function apiErrorResponse({ status, ...error }: ApiError): Response {
  return Response.json({ errors: [error] }, { status, headers: { "Cache-Control": "no-store" } });
}
