import { describe, expect, test } from "vitest";
import { failureText } from "./failure-text.ts";
import type { Failure, FailureKind } from "./failure.ts";

const EXAMPLES: Record<FailureKind, readonly Failure[]> = {
  auth: [{ kind: "auth", code: null }],
  quota: [{ kind: "quota", code: "insufficientCredits" }],
  "rate-limited": [
    { kind: "rate-limited", retryAfterMs: null },
    { kind: "rate-limited", retryAfterMs: 1000 },
    { kind: "rate-limited", retryAfterMs: 600_000 },
  ],
  "service-trouble": [
    { kind: "service-trouble", status: 503, code: null, retryAfterMs: null },
    { kind: "service-trouble", status: 500, code: "inferenceError", retryAfterMs: null },
  ],
  "timed-out": [
    { kind: "timed-out", by: "service" },
    { kind: "timed-out", by: "deadline" },
  ],
  offline: [{ kind: "offline" }],
  unreachable: [
    { kind: "unreachable", via: "direct" },
    { kind: "unreachable", via: "proxy" },
  ],
  refused: [{ kind: "refused", code: "nsfwContentDetected", message: "Unsafe." }],
  rejected: [
    { kind: "rejected", code: "invalidModel", message: "No such model.", parameter: "model" },
    { kind: "rejected", code: "status 413", message: "", parameter: null },
  ],
  "not-found": [{ kind: "not-found", code: "taskNotFound", message: "" }],
  conflict: [{ kind: "conflict" }],
  "bad-response": (["empty", "html", "broken-json", "unexpected-shape"] as const).map((detail) => ({
    kind: "bad-response",
    status: 200,
    detail,
  })),
  "empty-file": [{ kind: "empty-file" }],
  "not-an-image": [{ kind: "not-an-image" }],
  "canvas-noise": [{ kind: "canvas-noise" }],
  "decoder-missing": [{ kind: "decoder-missing" }],
  "unreadable-file": (["file", "folder"] as const).flatMap((what) =>
    (["gone", "barred"] as const).map((reason) => ({ kind: "unreadable-file", what, reason })),
  ),
  "unsupported-format": [{ kind: "unsupported-format", format: "JPEG XL" }],
  "unreadable-image": (["damaged", "truncated", "undecodable"] as const).map((reason) => ({
    kind: "unreadable-image",
    reason,
  })),
  "too-large": [
    { kind: "too-large", what: "bytes", found: 120_000_000, limit: 100_000_000 },
    { kind: "too-large", what: "pixels", found: 2_500_000_000, limit: 268_000_000 },
    { kind: "too-large", what: "side", found: 50_000, limit: 32_767 },
  ],
  "sheet-file": (
    ["foreign", "newer", "damaged", "too-large", "unreadable", "unwritable"] as const
  ).map((reason) => ({ kind: "sheet-file", reason })),
  "picture-missing": [{ kind: "picture-missing" }],
  "storage-full": [{ kind: "storage-full" }],
  "storage-broken": [{ kind: "storage-broken" }],
  "storage-blocked": [{ kind: "storage-blocked" }],
  "storage-newer": [{ kind: "storage-newer" }],
  "storage-closed": [{ kind: "storage-closed" }],
  cancelled: [{ kind: "cancelled" }],
  "no-key": [{ kind: "no-key" }],
  internal: [{ kind: "internal", detail: "TypeError" }],
};
const ALL = Object.values(EXAMPLES).flat();

describe("failureText", () => {
  test.each(ALL.map((failure) => [failureText(failure)]))("is one sentence: %s", (text) => {
    expect(text).toMatch(/^[A-Z].+\.$/u);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/u);
    expect(text.match(/[.!?](?=\s+[A-Z])/gu)).toBeNull();
  });

  test("says something different for each", () => {
    expect(new Set(ALL.map(failureText)).size).toBe(ALL.length);
  });

  test("a service that cannot be reached directly may be blocked by the browser: the proxy is the way", () => {
    expect(failureText({ kind: "unreachable", via: "direct" })).toMatch(
      /browser.+may block.+proxy/u,
    );
  });

  test("an unreadable answer names its status", () => {
    expect(failureText({ kind: "bad-response", status: 207, detail: "html" })).toContain("207");
    expect(
      failureText({ kind: "service-trouble", status: 503, code: null, retryAfterMs: null }),
    ).toContain("503");
  });

  test("a rejection carries the service's own words and the parameter", () => {
    const text = failureText({
      kind: "rejected",
      code: "invalidModel",
      message: "No such model.",
      parameter: "model",
    });
    expect(text).toContain("“No such model”");
    expect(text).toContain("because of model");
  });

  test("says how long to wait, in whole seconds or minutes", () => {
    expect(failureText({ kind: "rate-limited", retryAfterMs: 1200 })).toContain("in 2 seconds");
    expect(failureText({ kind: "rate-limited", retryAfterMs: 600_000 })).toContain("in 10 minutes");
  });

  test("a file over the limit never seems to be at it", () => {
    expect(
      failureText({ kind: "too-large", what: "bytes", found: 100_000_001, limit: 100_000_000 }),
    ).toContain("100.1 MB, over the limit of 100 MB");
  });
});
