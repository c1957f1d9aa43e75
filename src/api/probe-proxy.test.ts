import { expect, test } from "vitest";
import { probeProxy } from "./probe-proxy.ts";
import { ample, failureFrom } from "./test-client.ts";

test("our server is a proxy, and says what stands behind it", async () => {
  const asked: string[] = [];
  const found = await probeProxy(
    async (url) => {
      asked.push(url);
      return Response.json({
        upstream: "sandbox",
        version: "1.2",
        proxies: ["https://p.test/api"],
      });
    },
    "http://here.test/app/api/",
    ample(),
  );
  expect(asked).toEqual(["http://here.test/app/api/health"]);
  expect(found).toEqual({
    upstream: "sandbox",
    version: "1.2",
    proxies: ["https://p.test/api"],
  });
});

test.each([
  ["a static host's index.html", () => new Response("<!doctype html>")],
  ["a 404", () => Response.json({ upstream: "sandbox", version: "1" }, { status: 404 })],
  ["another JSON", () => Response.json({ status: "ok" })],
  ["an unknown upstream", () => Response.json({ upstream: "other", version: "1" })],
  ["an empty body", () => new Response("")],
  ["a body that is cut off", () => new Response('{"upstream":')],
])("%s is no proxy", async (_what, reply) => {
  expect(await probeProxy(async () => reply(), "http://here.test/api", ample())).toBeNull();
});

test("nobody there, or no answer in time, is no proxy", async () => {
  const refuse = (): Promise<never> => Promise.reject(new TypeError("Failed to fetch"));
  expect(await probeProxy(refuse, "http://here.test/api", ample())).toBeNull();
  const limits = { signal: new AbortController().signal, timeoutMs: 1 };
  const hang = (): Promise<never> => new Promise(() => undefined);
  expect(await probeProxy(hang, "http://here.test/api", limits)).toBeNull();
});

test("a probe that is cancelled rejects", async () => {
  const limits = { signal: AbortSignal.abort(), timeoutMs: 1000 };
  const probe = probeProxy(async () => new Response(), "http://here.test/api", limits);
  expect((await failureFrom(probe)).kind).toBe("cancelled");
});
