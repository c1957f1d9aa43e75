import { describe, expect, test } from "vitest";
import type { Failure, FailureKind } from "#src/domain/failure.ts";
import { failureOfError } from "./failure-of-error.ts";

function failureOf(code: string | null, status: number): Failure {
  return failureOfError({
    status,
    code,
    message: "words",
    parameter: "model",
    retryAfterMs: 3000,
    namesTask: false,
  });
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
  [
    "conflict",
    [
      "conflictTaskUUID",
      "conflicttaskuuid",
      "duplicateTaskUUID",
      "taskUUIDAlreadyExists",
      "taskIdInUse",
    ],
  ],
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
    [409, "conflict"],
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
  test("credit errors are quota even if they come with 400", () => {
    expect(failureOf("insufficientCredits", 400)).toEqual({
      kind: "quota",
      code: "insufficientCredits",
      saidBy: "service",
    });
  });

  test("a rejection keeps code, message and parameter", () => {
    expect(failureOf("invalidModel", 400)).toEqual({
      kind: "rejected",
      code: "invalidModel",
      message: "words",
      parameter: "model",
      saidBy: "service",
    });
  });

  test("a rejection without a code names the status", () => {
    expect(failureOf(null, 422)).toMatchObject({ kind: "rejected", code: "status 422" });
  });

  test("waits that the service asks for are kept", () => {
    expect(failureOf(null, 429)).toEqual({ kind: "rate-limited", retryAfterMs: 3000 });
    expect(failureOf("providerRateLimit", 400)).toEqual({
      kind: "rate-limited",
      retryAfterMs: 3000,
      code: "providerRateLimit",
      saidBy: "service",
    });
    expect(failureOf("modelNotReady", 503)).toEqual({
      kind: "service-trouble",
      status: 503,
      code: "modelNotReady",
      retryAfterMs: 3000,
    });
  });

  test("the service's timeout is told from our own deadline", () => {
    expect(failureOf("timeoutProvider", 200)).toEqual({
      kind: "timed-out",
      by: "service",
      saidBy: "service",
    });
  });
});

describe("an id that is taken", () => {
  const speaking = (code: string, parameter: string | null, status = 400) =>
    failureOfError({ status, code, message: "", parameter, retryAfterMs: null, namesTask: true });

  test("is named by the code or by the parameter", () => {
    for (const code of ["conflict", "duplicateValue", "alreadyExists", "inUse"])
      expect(speaking(code, "taskUUID").kind).toBe("conflict");
    expect(speaking("duplicateValue", "0, taskUUID").kind).toBe("conflict");
  });

  test("is not meant by a conflict about something else", () => {
    for (const code of [
      "conflictParameters",
      "duplicateValue",
      "alreadyExists",
      "conflictImageUUID",
    ])
      expect(speaking(code, "imageUUID").kind).toBe("rejected");
  });

  test("is meant by a 409, whoever says it", () => {
    expect(speaking("somethingNew", null, 409).kind).toBe("conflict");
    expect(speaking("conflictParameters", "inputImage", 409).kind).toBe("conflict");
  });
});

describe("who spoke", () => {
  const saidBy = (code: string | null, status: number, namesTask = false) =>
    failureOfError({ status, code, message: "", parameter: null, retryAfterMs: null, namesTask })
      .saidBy;

  test("the service, if a documented code or the task is named", () => {
    expect([saidBy("invalidModel", 400), saidBy("internalServerError", 200)]).toEqual([
      "service",
      "service",
    ]);
    expect(saidBy("somethingNew", 400, true)).toBe("service");
    expect(saidBy(null, 404, true)).toBe("service");
  });

  test("unknown, if neither is named, and with every status from 500 up", () => {
    expect([saidBy("somethingNew", 400), saidBy(null, 429)]).toEqual([undefined, undefined]);
    for (const status of [500, 502, 503, 504, 520])
      expect(saidBy("invalidModel", status, true)).toBeUndefined();
  });
});
