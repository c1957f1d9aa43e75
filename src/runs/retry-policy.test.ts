import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Failure } from "#src/domain/failure.ts";
import { MOST_ATTEMPTS, isOverload, mayBeAccepted, meaningOf, nextWaitMs } from "./retry-policy.ts";

const trouble = (status: number, code: string | null): Failure => ({
  kind: "service-trouble",
  status,
  code,
  retryAfterMs: null,
});

const service = { saidBy: "service" } as const;
const proxyBefore = { saidBy: "proxy-before" } as const;
const proxyAfter = { saidBy: "proxy-after" } as const;

test.each<[Failure, string, boolean]>([
  [{ kind: "no-key" }, "stops", false],
  [{ kind: "storage-full" }, "stops", false],
  [{ kind: "storage-broken" }, "stops", false],
  [{ kind: "picture-missing" }, "final", false],
  [{ kind: "internal", detail: "TypeError" }, "final", true],
  // The service's own word.
  [{ kind: "auth", code: null, ...service }, "stops", false],
  [{ kind: "quota", code: null, ...service }, "stops", false],
  [{ kind: "rate-limited", retryAfterMs: null, ...service }, "heals", false],
  [{ kind: "refused", code: "", message: "", ...service }, "final", false],
  [{ kind: "rejected", code: "", message: "", parameter: null, ...service }, "final", false],
  [{ kind: "not-found", code: "", message: "", ...service }, "final", false],
  [{ kind: "conflict", ...service }, "accepted", true],
  [{ ...trouble(200, "noAvailableServer"), ...service }, "heals", false],
  [{ ...trouble(200, "modelNotReady"), ...service }, "heals", false],
  [{ ...trouble(200, "service_unavailable"), ...service }, "heals", false],
  // Codes that can come after the work.
  [{ ...trouble(200, "internalServerError"), ...service }, "heals", true],
  [{ ...trouble(400, "inferenceError"), ...service }, "heals", true],
  [{ ...trouble(400, "providerError"), ...service }, "heals", true],
  [{ kind: "timed-out", by: "service", ...service }, "heals", true],
  // Anything from a provider.
  [{ kind: "rate-limited", retryAfterMs: 1, code: "providerRateLimit", ...service }, "heals", true],
  [{ kind: "rate-limited", retryAfterMs: 1, code: "rateLimit", ...service }, "heals", false],
  [{ kind: "refused", code: "providerModeration", message: "", ...service }, "final", true],
  [{ kind: "not-found", code: "provider_not_found", message: "", ...service }, "final", true],
  [{ kind: "quota", code: "ProviderQuotaExceeded", ...service }, "stops", true],
  [{ kind: "auth", code: "providerApiKey", ...service }, "stops", true],
  // Our proxy.
  [{ ...trouble(502, "serviceUnreachable"), ...proxyBefore }, "heals", false],
  [{ ...trouble(503, "serverStopping"), ...proxyBefore }, "heals", false],
  [{ kind: "rejected", code: "", message: "", parameter: null, ...proxyBefore }, "final", false],
  [{ ...trouble(502, "serviceConnectionLost"), ...proxyAfter }, "heals", true],
  [{ ...trouble(503, "serverStopping"), ...proxyAfter }, "heals", true],
  [{ kind: "timed-out", by: "service", ...proxyAfter }, "heals", true],
  // Nobody who can know.
  [trouble(500, "inferenceError"), "heals", true],
  [trouble(500, null), "heals", true],
  [trouble(503, null), "heals", true],
  [{ kind: "timed-out", by: "deadline" }, "heals", true],
  [{ kind: "offline" }, "heals", true],
  [{ kind: "unreachable", via: "direct" }, "heals", true],
  [{ kind: "bad-response", status: 200, detail: "broken-json" }, "heals", true],
  [{ kind: "bad-response", status: 404, detail: "html" }, "final", true],
  [{ kind: "rate-limited", retryAfterMs: null }, "heals", true],
  [{ kind: "rejected", code: "", message: "", parameter: null }, "final", true],
  [{ kind: "auth", code: null }, "stops", true],
  [{ kind: "conflict" }, "accepted", true],
  // From the page itself.
  [{ kind: "auth", code: null, saidBy: "page" }, "stops", false],
])("%o %s; may be accepted: %s", (failure, meaning, doubt) => {
  expect([meaningOf(failure), mayBeAccepted(failure)]).toEqual([meaning, doubt]);
});

test("waits grow from one second to eight, shortened by at most half", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, chance) => {
        const wait = nextWaitMs({ kind: "offline" }, attempt, () => chance);
        expect(wait).toBeLessThanOrEqual(1000 * 2 ** (attempt - 1));
        expect(wait).toBeGreaterThanOrEqual(500 * 2 ** (attempt - 1));
      },
    ),
  );
});

test("a wait that the service names is kept to the millisecond", () => {
  const failure: Failure = { kind: "rate-limited", retryAfterMs: 7001 };
  expect(nextWaitMs(failure, 1, () => 0.9)).toBe(7001);
});

test("there is no fifth try, and none for what cannot heal", () => {
  expect(nextWaitMs({ kind: "offline" }, MOST_ATTEMPTS, Math.random)).toBeNull();
  expect(nextWaitMs({ kind: "auth", code: null }, 1, Math.random)).toBeNull();
});

test("only a full queue slows everything down", () => {
  expect(isOverload({ kind: "rate-limited", retryAfterMs: null })).toBe(true);
  expect(isOverload(trouble(503, null))).toBe(true);
  expect(isOverload(trouble(500, null))).toBe(false);
});
