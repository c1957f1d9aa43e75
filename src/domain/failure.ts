/**
 * The code of our proxy when it has spent what its operator allows for a day. It belongs to the family of
 * quotas.
 */
export const DAY_SPENT_CODE = "dailyQuotaReached";

/**
 * Who reported that a task came to nothing; what becomes of the task depends on it. "service": the service itself, in
 * its own words and with a status below 500. "proxy-before" and "proxy-after": our proxy, before it forwarded the task
 * or once it had. "page": this page, which knows that nothing left the device.
 */
export type SaidBy = "service" | "proxy-before" | "proxy-after" | "page";

/** What the service said about a task, or its silence. */
type Wire =
  | { kind: "auth"; code: string | null }
  | { kind: "quota"; code: string | null }
  // The code is missing if none was given.
  | { kind: "rate-limited"; retryAfterMs: number | null; code?: string }
  | { kind: "service-trouble"; status: number; code: string | null; retryAfterMs: number | null }
  | { kind: "timed-out"; by: "service" | "deadline" }
  | { kind: "offline" }
  | { kind: "unreachable"; via: "direct" | "proxy" }
  | { kind: "refused"; code: string; message: string }
  | { kind: "rejected"; code: string; message: string; parameter: string | null }
  | { kind: "not-found"; code: string; message: string }
  | { kind: "conflict" }
  | {
      kind: "bad-response";
      status: number;
      detail: "empty" | "html" | "broken-json" | "unexpected-shape";
    };

/** `saidBy` is missing if nobody spoke, or somebody who cannot know: a gateway's page, any status from 500 up. */
export type WireFailure = Spoken<Wire>;

type Spoken<One> = One extends unknown ? Flat<One & { saidBy?: SaidBy }> : never;
type Flat<Some> = { [Key in keyof Some]: Some[Key] };

/**
 * Why something has no result, as data: it survives postMessage and IndexedDB, and holds no key, no body, no data
 * URI.
 */
export type Failure =
  | WireFailure
  // A file that could not be added.
  | { kind: "empty-file" }
  | { kind: "unreadable-file"; what: "file" | "folder"; reason: "gone" | "barred" }
  | { kind: "not-an-image" }
  /** The browser gives noise for the pixels of a canvas. */
  | { kind: "canvas-noise" }
  /** What opens such a file is a part of the app that comes later, and it did not come. */
  | { kind: "decoder-missing" }
  | { kind: "unsupported-format"; format: string }
  | { kind: "unreadable-image"; reason: "damaged" | "truncated" | "undecodable" }
  | { kind: "too-large"; what: "bytes" | "pixels" | "side"; found: number; limit: number }
  // A sheet's own file.
  | {
      kind: "sheet-file";
      reason: "foreign" | "newer" | "damaged" | "too-large" | "unreadable" | "unwritable";
    }
  // This device.
  | { kind: "picture-missing" }
  | { kind: "storage-full" }
  | { kind: "storage-broken" }
  /** An older tab holds the database open, so that it cannot be upgraded. */
  | { kind: "storage-blocked" }
  /** A newer version of the app has upgraded the database. */
  | { kind: "storage-newer" }
  /** The database was closed while the page was using it. */
  | { kind: "storage-closed" }
  | { kind: "cancelled" }
  | { kind: "no-key" }
  | { kind: "internal"; detail: string };

/**
 * The longest pause that a service is granted, in milliseconds. A Retry-After has no upper bound of its own (RFC 9110,
 * 10.2.3), and one of a month is a mistake or a trap: after an hour the service is asked again.
 */
export const LONGEST_QUIET_MS = 3_600_000;

export type FailureKind = Failure["kind"];

/** Carries a Failure through a throw. Its message is only the kind, so that no log can hold more. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind);
    this.name = "FailureError";
    this.failure = failure;
  }
}

/**
 * Whatever was thrown, as data. Of an unknown error only the name is kept: messages may quote
 * bodies.
 */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (thrown instanceof DOMException && thrown.name === "AbortError") return { kind: "cancelled" };
  if (thrown instanceof DOMException && thrown.name === "QuotaExceededError")
    return { kind: "storage-full" };
  return { kind: "internal", detail: thrown instanceof Error ? thrown.name : "unknown" };
}
