import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { FailureKind } from "#src/domain/failure.ts";
import { createTestClient, ample, failureFrom, order } from "./test-client.ts";
import { withinLimits } from "./within-limits.ts";

const never = (): Promise<never> => new Promise(() => undefined);

describe("withinLimits", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("an abort rejects at once, aborts the work, and leaves no timer", async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    let inner: AbortSignal | null = null;
    const failure = failureFrom(
      withinLimits({ signal: controller.signal, timeoutMs: 60_000 }, (signal) => {
        inner = signal;
        return never();
      }),
    );
    controller.abort();
    expect(await failure).toEqual({ kind: "cancelled" });
    expect(inner).toMatchObject({ aborted: true });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("the deadline ends work that ignores its signal", async () => {
    vi.useFakeTimers();
    const { signal } = new AbortController();
    const failure = failureFrom(withinLimits({ signal, timeoutMs: 1000 }, never));
    await vi.advanceTimersByTimeAsync(999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await failure).toEqual({ kind: "timed-out", by: "deadline" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("work that was cancelled beforehand is not begun", async () => {
    const work = vi.fn(never);
    expect(
      await failureFrom(withinLimits({ signal: AbortSignal.abort(), timeoutMs: 1000 }, work)),
    ).toEqual({ kind: "cancelled" });
    expect(work).not.toHaveBeenCalled();
  });

  test("work that ends leaves neither timer nor listener", async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    await withinLimits({ signal: controller.signal, timeoutMs: 1000 }, async () => "done");
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledOnce();
  });
});

describe("a network that fails", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  test.each([
    ["direct", true, { kind: "unreachable", via: "direct" }],
    ["proxy", true, { kind: "unreachable", via: "proxy" }],
    ["direct", false, { kind: "offline" }],
  ] as const)("fetch rejects, %s, online %s", async (kind, isOnline, failure) => {
    const { client } = createTestClient(
      () => {
        throw new TypeError("Failed to fetch http://secret");
      },
      {
        connection:
          kind === "direct"
            ? { kind }
            : { kind, baseUrl: "http://p.test/api", upstream: "runware" },
        key: () => "key",
        isOnline: () => isOnline,
      },
    );
    expect(await failureFrom(client.ask(order(), ample()))).toEqual(failure);
  });

  test.each([
    ["before the answer", ""],
    ["within the answer", 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"data":['],
  ])("a connection that is closed %s", async (_when, bytes) => {
    const port = await listen(
      createServer((incoming) => incoming.socket.end(bytes, () => incoming.socket.destroy())),
    );
    expect(await kindFrom(port)).toBe("unreachable");
  });

  test("nobody listens", async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await kindFrom(port)).toBe("unreachable");
  });

  async function kindFrom(port: number): Promise<FailureKind> {
    const { client } = createTestClient(() => new Response(), {
      connection: { kind: "proxy", baseUrl: `http://127.0.0.1:${port}/api`, upstream: "runware" },
      fetch: (url, init) => fetch(url, init),
    });
    return (await failureFrom(client.ask(order(), ample()))).kind;
  }

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }
});
