/**
 * An entry of a reply's `errors`, with the HTTP status the reply gets if nothing else succeeded.
 */
export interface WireError {
  status: number;
  code: string;
  message: string;
  parameter?: string;
  taskType?: string;
  taskUUID?: string;
  allowedValues?: readonly string[];
}

/** Either a value or the error the caller gets instead. */
export type Checked<Value> = { ok: true; value: Value } | { ok: false; error: WireError };

/** A 400 for one task. Of what was sent, messages repeat only the names of parameters. */
export function badRequest(
  code: string,
  message: string,
  details: Partial<Omit<WireError, "code" | "message">> = {},
): { ok: false; error: WireError } {
  return { ok: false, error: { status: 400, code, message, ...details } };
}
