import { randomUUID } from "node:crypto";
import sharp from "sharp";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { createServiceClient } from "#src/api/create-service-client.ts";
import { DEFAULT_SERVICE_URL } from "#src/contract/endpoint.ts";
import { PUBLISHED_EXAMPLES } from "#src/contract/published-examples.ts";
import { replyEnvelope } from "#src/contract/replies.ts";
import { parseAgeLabel } from "#src/domain/age-label.ts";
import { toMicroUsd } from "#src/domain/money.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";
import { testConformance, type ConformanceSubject } from "./conformance.ts";
import { createApp } from "./create-app.ts";
import { createServiceProxy } from "./service-proxy.ts";
import { createSandbox } from "./sandbox/create-sandbox.ts";
import { scenarioSchema, type ScenarioInput } from "./sandbox/scenario.ts";

const KEY = "the-key-of-the-sandbox";
// A round costs money, so a key that happens to be set is not enough.
const isLive = process.env["CONFORMANCE_LIVE"] === "1";

const pictureDataUri = await drawDot();
const clientParts = { isOnline: () => true, now: Date.now, newUuid: randomUUID };

describe("the sandbox", () => {
  const fetch = sandboxFetch({ requiredKey: KEY, asyncMs: 20 });
  testConformance(subjectOver(fetch, { key: KEY, timeoutMs: 10_000, pollEveryMs: 10 }));
});

describe("the sandbox in its other forms", () => {
  const fetch = sandboxFetch({
    requiredKey: KEY,
    asyncMs: 20,
    confidence: "percentage",
    prefixedLabels: true,
    balanceForm: "number",
    keepSyncResults: false,
  });
  testConformance(subjectOver(fetch, { key: KEY, timeoutMs: 10_000, pollEveryMs: 10 }));
});

describe("our proxy in front of the sandbox", () => {
  const service = sandboxFetch({ requiredKey: KEY, asyncMs: 20 });
  const clientBehind = (operatorsKey: string) =>
    createServiceClient({
      ...clientParts,
      connection: { kind: "proxy", baseUrl: "http://127.0.0.1/api", upstream: "runware" },
      key: () => null,
      fetch: proxyFetch(service, operatorsKey),
    });
  testConformance({
    pictureDataUri,
    newUuid: randomUUID,
    timeoutMs: 10_000,
    pollEveryMs: 10,
    client: clientBehind(KEY),
    strangersClient: clientBehind("not-a-key-of-anyone"),
  });
});

// Runs only if it is asked for by name. Otherwise it is not a skipped test, since nothing is
// missing on the machine.
if (isLive) {
  describe("the service itself", { timeout: 180_000 }, () => {
    const key = process.env["RUNWARE_API_KEY"] ?? "";
    if (key === "") throw new Error("CONFORMANCE_LIVE=1 asks the service: set RUNWARE_API_KEY.");
    const serviceUrl = process.env["RUNWARE_API_URL"] ?? DEFAULT_SERVICE_URL;
    const service: FetchLike = (_url, init) => globalThis.fetch(serviceUrl, init);
    testConformance(subjectOver(service, { key, timeoutMs: 90_000, pollEveryMs: 1_500 }));
  });
}

describe("the published examples, as the sandbox repeats them", () => {
  const { client } = subjectOver(sandboxFetch({}), {
    key: KEY,
    timeoutMs: 10_000,
    pollEveryMs: 10,
  });
  test.each(PUBLISHED_EXAMPLES)("$title", async ({ request, response }) => {
    const { text = "", structuredData } = response;
    const caption = { kind: "caption", text };
    await expect(
      client.ask(
        {
          taskUuid: randomUUID(),
          modelId: request.model,
          prompt: request.prompt ?? null,
          picture: { kind: "url", url: request.inputs.image },
          delivery: "sync",
        },
        { signal: new AbortController().signal, timeoutMs: 10_000 },
      ),
    ).resolves.toEqual({
      kind: "answered",
      answer: structuredData
        ? {
            kind: "age",
            verdict: {
              label: structuredData.ageGroup,
              range: parseAgeLabel(structuredData.ageGroup),
              confidence: structuredData.confidence,
            },
          }
        : caption,
      costMicroUsd: toMicroUsd(response.cost),
      source: "recorded",
      serviceMs: null,
    });
  });
});

test("what the sandbox makes up is marked as such, even if no connection says so", async () => {
  const { client } = subjectOver(sandboxFetch({}), {
    key: KEY,
    timeoutMs: 10_000,
    pollEveryMs: 10,
  });
  await expect(
    client.ask(
      {
        taskUuid: randomUUID(),
        modelId: "runware:152@2",
        prompt: null,
        picture: { kind: "data-uri", dataUri: pictureDataUri },
        delivery: "sync",
      },
      { signal: new AbortController().signal, timeoutMs: 10_000 },
    ),
  ).resolves.toMatchObject({ source: "sandbox" });
});

test("one request's tasks succeed and fail side by side", async () => {
  const inputs = { image: pictureDataUri };
  const [good, bad] = [randomUUID(), randomUUID()];
  const response = await sandboxFetch({})(DEFAULT_SERVICE_URL, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify([
      { taskType: "caption", taskUUID: bad, model: "runware:999999@9", inputs },
      { taskType: "caption", taskUUID: good, model: "runware:152@2", inputs },
    ]),
  });
  expect(v.parse(replyEnvelope, await response.json())).toMatchObject({
    data: [{ taskUUID: good }],
    errors: [{ taskUUID: bad, code: "invalidModel" }],
  });
});

function sandboxFetch(scenario: ScenarioInput): FetchLike {
  const sandbox = createSandbox({ scenario: v.parse(scenarioSchema, scenario) });
  return (url, init) => sandbox.fetch(new Request(url, init));
}

function proxyFetch(service: FetchLike, key: string): FetchLike {
  const upstream = createServiceProxy({
    key,
    fetch: service,
    serviceUrl: DEFAULT_SERVICE_URL,
    deadlineMs: 10_000,
    stopping: new AbortController().signal,
  });
  const app = createApp({
    upstream,
    version: "1.0.0",
    files: null,
    log: () => undefined,
    settings: { host: "127.0.0.1", allowedHosts: [], allowedOrigins: [], proxyUrls: [] },
    now: () => performance.now(),
  });
  return async (url, init) => {
    const request = new Request(url, init);
    request.headers.set("Host", "127.0.0.1");
    return app.fetch(request);
  };
}

interface SubjectOptions {
  key: string;
  timeoutMs: number;
  pollEveryMs: number;
}

function subjectOver(fetch: FetchLike, options: SubjectOptions): ConformanceSubject {
  const { key, timeoutMs, pollEveryMs } = options;
  const clientWith = (ownKey: string) =>
    createServiceClient({
      connection: { kind: "direct" },
      key: () => ownKey,
      fetch,
      ...clientParts,
    });
  return {
    client: clientWith(key),
    strangersClient: clientWith("not-a-key-of-anyone"),
    pictureDataUri,
    newUuid: randomUUID,
    timeoutMs,
    pollEveryMs,
  };
}

async function drawDot(): Promise<string> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240"><rect width="320" height="240" fill="#a9c7e8"/><circle cx="160" cy="130" r="70" fill="#d8432f"/></svg>`;
  const jpeg = await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString("base64")}`;
}
