import { describe, expect, test } from "vitest";
import type { Failure, FailureKind } from "#src/domain/failure.ts";
import { failureOfError } from "./failure-of-error.ts";

function failureOf(code: string | null, status: number): Failure {
  return failureOfError({ status, code, message: "words", parameter: "model", retryAfterMs: 3000 });
}

const BY_CODE: readonly (readonly [FailureKind, readonly string[]])[] = [
  [
    "auth",
    [
      "invalidApiKey",
      "missingApiKey",
      "apiKeyExpired",
      "APIKEYREVOKED",
      "unauthorized",
      "forbidden",
      "insufficientPermissions",
    ],
  ],
  [
    "quota",
    [
      "insufficientCredits",
      "noCreditsLeft",
      "quotaExceeded",
      "apiKeyQuotaReached",
      "balanceTooLow",
      "insufficientBalance",
    ],
  ],
  ["rate-limited", ["rateLimitExceeded", "providerRateLimit", "tooManyRequests"]],
  [
    "timed-out",
    ["timeoutProvider", "requestTimeout", "TIMEOUT", "providerTimeout", "gateway_timeout"],
  ],
  [
    "refused",
    [
      "contentPolicyViolation",
      "nsfwContentDetected",
      "imageBlocked",
      "promptBlocked",
      "providerContentModeration",
      "invalidProviderContentModerated",
    ],
  ],
  ["conflict", ["conflictTaskUUID", "conflicttaskuuid", "duplicateTaskUUID"]],
  ["not-found", ["taskNotFound", "imageNotFound", "uploadExpired", "taskCancelled"]],
  [
    "service-trouble",
    [
      "internalServerError",
      "serviceUnavailable",
      "inferenceError",
      "noAvailableServer",
      "modelNotReady",
      "providerError",
      "providerUnreachable",
    ],
  ],
  [
    "rejected",
    [
      "invalidModel",
      "missingParameter",
      "conflictParameters",
      "duplicateParameter",
      "unsupportedParameter",
      "unknownParameter",
      "incompatibleParameters",
      "valueOutOfRange",
      "arrayTooLong",
      "failedToTransferImage",
      "forbiddenOrigin",
    ],
  ],
];

describe("a code of a known family decides, whatever the status", () => {
  const cases = BY_CODE.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const));
  test.each(cases)("%s → %s", (code, kind) => {
    for (const status of [200, 400, 401, 429, 500]) {
      expect(failureOf(code, status).kind).toBe(kind);
    }
  });
});

describe("without such a code the status decides", () => {
  test.each([
    [200, "rejected"],
    [400, "rejected"],
    [401, "auth"],
    [402, "quota"],
    [403, "auth"],
    [404, "not-found"],
    [408, "timed-out"],
    [409, "rejected"],
    [413, "rejected"],
    [415, "rejected"],
    [422, "rejected"],
    [429, "rate-limited"],
    [500, "service-trouble"],
    [502, "service-trouble"],
    [503, "service-trouble"],
    [504, "timed-out"],
    [520, "service-trouble"],
  ] as const)("%i → %s", (status, kind) => {
    for (const code of [null, "", "somethingNew", "loadBalancerTrouble", "unknownError"]) {
      expect(failureOf(code, status).kind).toBe(kind);
    }
  });
});

describe("what a failure keeps", () => {
  test("credit errors are quota even where they come with 400", () => {
    expect(failureOf("insufficientCredits", 400)).toEqual({
      kind: "quota",
      code: "insufficientCredits",
    });
  });

  test("a rejection keeps code, message and parameter", () => {
    expect(failureOf("invalidModel", 400)).toEqual({
      kind: "rejected",
      code: "invalidModel",
      message: "words",
      parameter: "model",
    });
  });

  test("a rejection without a code names the status", () => {
    expect(failureOf(null, 422)).toMatchObject({ kind: "rejected", code: "status 422" });
  });

  test("waits that the service asks for are kept", () => {
    expect(failureOf(null, 429)).toEqual({ kind: "rate-limited", retryAfterMs: 3000 });
    expect(failureOf("modelNotReady", 503)).toEqual({
      kind: "service-trouble",
      status: 503,
      code: "modelNotReady",
      retryAfterMs: 3000,
    });
  });

  test("a timeout of the service is told from our own deadline", () => {
    expect(failureOf("timeoutProvider", 200)).toEqual({ kind: "timed-out", by: "service" });
  });
});
