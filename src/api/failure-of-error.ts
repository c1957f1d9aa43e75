import type { WireFailure } from "#src/domain/failure.ts";

/** One error from the service, taken apart. Its texts must not hold a secret any more. */
export interface ServiceError {
  /** HTTP status of the reply it came in. */
  status: number;
  code: string | null;
  message: string;
  parameter: string | null;
  /** From the Retry-After header. */
  retryAfterMs: number | null;
  /** True if it names the task that was asked about. */
  namesTask: boolean;
}

type Family =
  | "refused"
  | "conflict"
  | "rate-limited"
  | "quota"
  | "auth"
  | "timed-out"
  | "not-found"
  | "service-trouble"
  | "rejected";

// The first match wins. What a code contains says more than what it begins with: `invalidApiKey` is about the key,
// and `providerTimeout` is a timeout. The service has hundreds of codes and changes them, hence families.
const FAMILIES: readonly (readonly [Family, RegExp])[] = [
  [
    "refused",
    /contentpolicy|contentfilter|moderat(ed|ion)|nsfw|safety|(image|prompt|content|input|output)blocked|prohibitedcontent|sensitivecontent/u,
  ],
  ["rate-limited", /ratelimit|toomanyrequests|queuefull/u],
  // A load balancer is not a balance.
  ["quota", /credits|quota|balance(?!r|d)|paymentrequired/u],
  // Our proxy says with these that it does not know this page's address; no key would help.
  ["rejected", /^forbidden(origin|host)$/u],
  ["auth", /apikey|unauthori[sz]ed|unauthenticated|forbidden|permission|accessdenied/u],
  ["timed-out", /timeout|timedout/u],
  ["not-found", /notfound$|expired$|^taskcancell?ed$/u],
  [
    "service-trouble",
    /^(internal\w*error|internalerror|serviceunavailable|inferenceerror|inferencefailed|noavailableserver|modelnotready|provider\w*)$/u,
  ],
  [
    "rejected",
    /^(invalid|missing|conflict|duplicate|unsupported|unknown(parameter|model|task)|incompatible|value|array|failedtotransfer)/u,
  ],
];

/**
 * What an error from the service means for its task. Its code decides, by family and in upper or lower case. The
 * reply's HTTP status decides only if the code is missing or of no known family, since the service sends some
 * credit errors with 400 and others with 200. It is the service's own word if it names the task or has a documented
 * code.
 */
export function failureOfError(error: ServiceError): WireFailure {
  const code = plain(error.code);
  const family = FAMILIES.find(([, pattern]) => pattern.test(code))?.[0];
  const isIdTaken = saysIdIsTaken(code, error.parameter);
  const isConflict = isIdTaken || (error.status === 409 && !isTelling(family));
  const failure = failureIn(
    isConflict ? "conflict" : (family ?? familyOfStatus(error.status)),
    error,
  );
  // A status from 500 up says nothing certain about a task: it has been seen after the work as well.
  const isService = error.status < 500 && (error.namesTask || family !== undefined || isIdTaken);
  return isService ? { ...failure, saidBy: "service" } : failure;
}

/**
 * True for a code, or a code with its parameter, by which the service says that it has a task with this id.
 */
function saysIdIsTaken(code: string, parameter: string | null): boolean {
  const [, subject] =
    /^(?:conflict|duplicate)(.*)$/u.exec(code) ?? /^(.*)(?:alreadyexists|inuse)$/u.exec(code) ?? [];
  if (subject === undefined) return false;
  return [subject, ...(parameter ?? "").split(",").map(plain)].some((name) =>
    /^(task)?(uu)?id$/u.test(name),
  );
}

// These say more than that something is in the way.
function isTelling(family: Family | undefined): boolean {
  return family !== undefined && family !== "rejected";
}

function plain(name: string | null): string {
  return name?.toLowerCase().replaceAll(/[^a-z\d]/gu, "") ?? "";
}

function familyOfStatus(status: number): Family {
  switch (status) {
    case 401:
    case 403:
      return "auth";
    case 402:
      return "quota";
    case 404:
      return "not-found";
    case 408:
    case 504:
      return "timed-out";
    case 429:
      return "rate-limited";
    default:
      return status >= 500 ? "service-trouble" : "rejected";
  }
}

function failureIn(family: Family, error: ServiceError): WireFailure {
  const { status, code, message, parameter, retryAfterMs } = error;
  // Shown and stored as the code if the service gave none.
  const namedCode = code ?? `status ${status}`;
  switch (family) {
    case "refused":
      return { kind: family, code: namedCode, message };
    case "conflict":
      return { kind: family };
    case "rate-limited":
      return { kind: family, retryAfterMs, ...(code !== null && { code }) };
    case "quota":
    case "auth":
      return { kind: family, code };
    case "timed-out":
      return { kind: family, by: "service" };
    case "not-found":
      return { kind: family, code: namedCode, message };
    case "service-trouble":
      return { kind: family, status, code, retryAfterMs };
    case "rejected":
      return { kind: family, code: namedCode, message, parameter };
  }
}

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
