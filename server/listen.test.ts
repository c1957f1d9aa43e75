import { expect, onTestFinished, test } from "vitest";
import { listen, type ListenOptions } from "./listen.ts";
import { OperatorError } from "./operator-error.ts";
import { captionTask, firstError, post, send, startProxy, startStandIn } from "./test-support.ts";

async function start(options: Partial<ListenOptions>) {
  const server = await listen({
    fetch: () => new Response("ready"),
    host: "127.0.0.1",
    port: 0,
    graceMs: 50,
    onGraceOver: () => {},
    ...options,
  });
  onTestFinished(server.stop);
  return server;
}

test("a taken port is reported, with the next one as a way out", async () => {
  const { url } = await start({});
  const port = Number(new URL(url).port);
  const second = start({ port });
  await expect(second).rejects.toThrow(OperatorError);
  await expect(second).rejects.toThrow(`Port ${port} is taken: stop what uses it`);
});

test("an address that is not this machine's is reported", async () => {
  // From the block that is reserved for documentation, so no machine has it.
  await expect(start({ host: "192.0.2.1" })).rejects.toThrow("HOST=192.0.2.1 is not an address");
});

test("stopping answers what is in flight, takes nothing new, and does not wait for idle connections", async () => {
  const held: ((response: Response) => void)[] = [];
  const server = await start({
    graceMs: 60_000,
    fetch: async (incoming) => {
      if (!incoming.url.endsWith("/slow")) return new Response("ready");
      return new Promise<Response>((resolve) => held.push(resolve));
    },
  });
  // fetch keeps its connections open, as browsers do.
  await (await fetch(server.url)).text();
  const slow = send(`${server.url}/slow`);
  await expect.poll(() => held).toHaveLength(1);
  const stopped = server.stop();
  await expect(send(server.url)).rejects.toThrow("ECONNREFUSED");
  held[0]?.(new Response("answered"));
  expect((await slow).body).toBe("answered");
  await stopped;
});

test("what the service has not answered when the grace period ends is answered with a failure", async () => {
  const stopping = new AbortController();
  const service = await startStandIn(() => {});
  const proxy = await startProxy(service.url, { stopping: stopping.signal });
  const reply = post(proxy.url, [captionTask()]);
  await expect.poll(() => service.calls).toHaveLength(1);
  stopping.abort();
  expect((await reply).status).toBe(503);
  expect(firstError(await reply)?.["code"]).toBe("serverStopping");
});

test("the end comes even if an answer never does", async () => {
  let arrived = 0;
  let warned = 0;
  const server = await start({
    graceMs: 1,
    onGraceOver: () => {
      warned += 1;
    },
    fetch: async () => {
      arrived += 1;
      return new Promise<Response>(() => {});
    },
  });
  const reply = expect(send(server.url)).rejects.toThrow("socket hang up");
  await expect.poll(() => arrived).toBe(1);
  await server.stop();
  expect(warned).toBe(1);
  await reply;
});
