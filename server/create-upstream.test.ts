import { expect, test } from "vitest";
import { createUpstream } from "./create-upstream.ts";
import { captionTask, KEY, post, send, startApp } from "./test-support.ts";

const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async function startSandbox(testControl: boolean) {
  const stopping = new AbortController().signal;
  const fetch = async (): Promise<Response> => {
    throw new Error("The sandbox asks nobody.");
  };
  const settings = { upstream: { kind: "sandbox" } as const, testControl };
  return startApp({ upstream: await createUpstream({ settings, fetch, stopping }) });
}

test("a key makes the upstream the service, none the sandbox", async () => {
  const stopping = new AbortController().signal;
  const fetch = async (): Promise<Response> => Response.json({});
  const service = { kind: "runware", key: KEY, serviceUrl: "https://example.com" } as const;
  const settings = { upstream: service, testControl: true };
  const upstream = await createUpstream({ settings, fetch, stopping });
  expect([upstream.kind, upstream.control]).toEqual(["runware", undefined]);
});

test("the sandbox answers behind the same route, marked, and says how long it took", async () => {
  const { url } = await startSandbox(false);
  const task = captionTask({ inputs: { image: PIXEL } });
  const reply = await post(url, [task]);
  expect(reply.status).toBe(200);
  expect(JSON.parse(reply.body)).toMatchObject({ data: [{ taskUUID: task["taskUUID"] }] });
  expect(reply.headers["x-contact-sheet-answer"]).toBe("sandbox");
  expect(reply.headers["server-timing"]).toMatch(/^service;dur=\d+$/u);
});

test("scenarios are unavailable unless asked for", async () => {
  const { url } = await startSandbox(false);
  expect((await send(`${url}/api/sandbox/ledger`)).status).toBe(404);
});

test("a scenario that closes the connection closes it for that request alone", async () => {
  const { url, lines } = await startSandbox(true);
  const scenario = await send(`${url}/api/sandbox/scenario`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ next: ["closed-before"] }),
  });
  expect(scenario.status).toBe(200);
  const tasks = [captionTask({ inputs: { image: PIXEL } })];
  await expect(post(url, tasks)).rejects.toThrow("socket hang up");
  expect(lines).toHaveLength(1);
  expect((await post(url, tasks)).status).toBe(200);
});
