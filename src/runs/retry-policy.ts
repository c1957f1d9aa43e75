import { LONGEST_QUIET_MS, type Failure } from "#src/domain/failure.ts";

/** How often one task is posted at most, including the first time. */
export const MOST_ATTEMPTS = 4;

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 8000;
// One error from the service may be a hiccup of the look-up. The same error again and again is the end of
// the task itself.
const TROUBLES_THAT_END = 3;
/**
 * From this length on, a pause that the service asks for applies to the whole run and is shown. Shorter ones pass like
 * our own waits.
 */
export const ANNOUNCED_FROM_MS = LONGEST_WAIT_MS;
// From this device, before anything leaves it. If something was called off or broke, the moment is not known.
const UNSENT: ReadonlySet<Failure["kind"]> = new Set([
  "no-key",
  "storage-full",
  "storage-broken",
  "storage-blocked",
  "storage-newer",
  "storage-closed",
  "picture-missing",
  "empty-file",
  "unreadable-file",
  "not-an-image",
  "canvas-noise",
  "decoder-missing",
  "unsupported-format",
  "unreadable-image",
  "too-large",
  "sheet-file",
]);
// What our proxy says if it could not reach the service, or lost it.
const UNREACHED: ReadonlySet<string> = new Set(["serviceUnreachable", "serviceConnectionLost"]);
// Among the codes that mean trouble, those that say the service did not begin.
const NOT_BEGUN = /^(serviceunavailable|noavailableserver|modelnotready)$/u;
// Whoever the service asks to do the work. What the service hears from there says nothing about its own bill,
// whatever it is about.
const OF_PROVIDER = /^provider/u;

/**
 * What a failed try means. "heals": worth another try. "stops": every task will fail the same way, so the whole run
 * stops. "accepted": the service already has the task. "final": asking again would give the same answer.
 */
export type FailureMeaning = "heals" | "stops" | "accepted" | "final";

export function meaningOf(failure: Failure): FailureMeaning {
  switch (failure.kind) {
    case "rate-limited":
    case "service-trouble":
    case "timed-out":
    case "offline":
    case "unreachable":
      return "heals";
    case "bad-response":
      // A page or an empty body with a 4xx means that the address does not lead to the service.
      return failure.status >= 400 && failure.status < 500 ? "final" : "heals";
    case "auth":
    case "quota":
    case "no-key":
    case "storage-full":
    case "storage-broken":
    case "storage-blocked":
    case "storage-newer":
    case "storage-closed":
    case "canvas-noise":
      return "stops";
    case "conflict":
      return "accepted";
    case "refused":
    case "rejected":
    case "not-found":
    case "empty-file":
    case "unreadable-file":
    case "not-an-image":
    case "decoder-missing":
    case "unsupported-format":
    case "unreadable-image":
    case "too-large":
    case "sheet-file":
    case "picture-missing":
    case "cancelled":
    case "internal":
      return "final";
  }
}

/**
 * True if a try with this failure may have been accepted, and charged. Who spoke decides:
 *
 * | who spoke | the try |
 * | ---------------------------------------- | ---------------------------------------------------- |
 * | this page, our proxy before forwarding | was not sent |
 * | the service, in its own words, below 500 | was turned away, unless its code can follow the work |
 * | our proxy after forwarding | may have been accepted |
 * | nobody: silence, a gateway, any 5xx | may have been accepted |
 *
 * A browser can't tell a refused connection from one that was cut: both are silence.
 */
export function mayBeAccepted(failure: Failure): boolean {
  if (UNSENT.has(failure.kind)) return false;
  const saidBy = "saidBy" in failure ? failure.saidBy : undefined;
  if (saidBy === "page" || saidBy === "proxy-before") return false;
  return saidBy !== "service" || canFollowWork(failure);
}

/**
 * Timeouts and troubles within the service also occur after the work, which may have been paid for. So does anything
 * from a provider (`providerRateLimit`, `providerContentModeration` …).
 */
function canFollowWork(failure: Failure): boolean {
  // If the id is already in use, the task was accepted.
  if (failure.kind === "timed-out" || failure.kind === "conflict") return true;
  const code = "code" in failure ? (failure.code ?? "") : "";
  const plainCode = code.toLowerCase().replaceAll(/[^a-z]/gu, "");
  if (OF_PROVIDER.test(plainCode)) return true;
  return failure.kind === "service-trouble" && !NOT_BEGUN.test(plainCode);
}

/**
 * Milliseconds to wait before the next try; null if there is none. `attempt` is the try that failed, from 1. A wait
 * that the service names is kept exactly. Our own grows from 1 s to 8 s and is shortened by up to half at random, so
 * that tasks which failed together do not come back together.
 */
export function nextWaitMs(failure: Failure, attempt: number, random: () => number): number | null {
  if (meaningOf(failure) !== "heals" || attempt >= MOST_ATTEMPTS) return null;
  const named = namedWaitMs(failure);
  if (named !== null) return named;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (1 - random() * 0.5);
}

/** True if the service says that it has too much to do: everything slows down, not only this task. */
export function isOverload(failure: Failure): boolean {
  return (
    failure.kind === "rate-limited" ||
    (failure.kind === "service-trouble" && failure.status === 503) ||
    asksForQuiet(failure)
  );
}

/**
 * True for a request that reached nobody, as far as a browser can tell: the connection failed, or whatever is in front
 * of the service says that it could not be reached. It says nothing about the task, and the next one will fare the
 * same.
 */
export function reachedNobody(failure: Failure): boolean {
  if (failure.kind === "unreachable" || failure.kind === "offline") return true;
  if (failure.kind !== "service-trouble") return false;
  if (failure.code === null) return failure.status === 502 || failure.status === 504;
  return (failure.saidBy ?? "").startsWith("proxy-") && UNREACHED.has(failure.code);
}

/** True if the question got no reply: nobody was reached, or nobody answered in time. */
export function isSilence(failure: Failure): boolean {
  return reachedNobody(failure) || (failure.kind === "timed-out" && failure.by === "deadline");
}

/**
 * True if the service asked for a pause so long that the whole run waits, and not only this task.
 */
export function asksForQuiet(failure: Failure): boolean {
  return (namedWaitMs(failure) ?? 0) >= ANNOUNCED_FROM_MS;
}

/** The wait that the service asked for, in milliseconds, at most an hour. */
export function namedWaitMs(failure: Failure): number | null {
  if (failure.kind !== "rate-limited" && failure.kind !== "service-trouble") return null;
  const { retryAfterMs } = failure;
  // A row or another tab may say something that is no number of milliseconds.
  if (retryAfterMs === null || !(retryAfterMs >= 0)) return null;
  return Math.min(LONGEST_QUIET_MS, retryAfterMs);
}

/** True if the service says that it cannot get the picture. */
export function missesPicture(failure: Failure): boolean {
  if (mayBeAccepted(failure)) return false;
  if (failure.kind === "not-found") return true;
  return (
    failure.kind === "rejected" &&
    (failure.code === "failedToTransferImage" || /image/iu.test(failure.parameter ?? ""))
  );
}

/**
 * True if a failed look-up of a task that the service is known to have is the end of the task
 * itself.
 */
export function isOwnEnd(failure: Failure, troubles: number): boolean {
  if (failure.kind === "rejected") return failure.saidBy === "service" && !isAboutLookUp(failure);
  return (
    failure.kind === "service-trouble" &&
    failure.saidBy === "service" &&
    troubles >= TROUBLES_THAT_END
  );
}

// A service that keeps no answers may refuse to look one up, which says nothing about the task.
function isAboutLookUp({ code, parameter }: { code: string; parameter: string | null }): boolean {
  return /task_?(uuid|id|type)|getresponse/iu.test(`${code} ${parameter ?? ""}`);
}
