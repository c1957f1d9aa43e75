import { describe, expect, test } from "vitest";
import { PROXY_WORD_HEADER } from "#src/contract/proxy-word.ts";
import type { Connection } from "#src/domain/connection.ts";
import {
  ample,
  asking,
  createTestClient,
  failureFrom,
  item,
  order,
  OTHER_UUID,
  TASK_UUID,
} from "./test-client.ts";

describe("who said it", () => {
  const foreignError = { code: "invalidModel", message: "No.", taskUUID: OTHER_UUID };

  test("entries are matched by UUID, in any order and case", async () => {
    const data = [
      item({ taskUUID: OTHER_UUID, text: "Not this." }),
      item({ taskUUID: TASK_UUID.toUpperCase(), taskType: "imageCaption" }),
    ];
    await expect(asking({ data })).resolves.toMatchObject({ answer: { text: "A harbour." } });
  });

  test("another task's error beside it does no harm, even with a 400", async () => {
    await expect(
      asking({ data: [item()], errors: [foreignError] }, { status: 400 }),
    ).resolves.toMatchObject({ answer: { text: "A harbour." } });
  });

  test("an odd neighbour in data does no harm", async () => {
    await expect(asking({ data: [null, 7, { text: 9 }, item()] })).resolves.toMatchObject({
      answer: { text: "A harbour." },
    });
  });

  test("its own error counts in a 200, and without data", async () => {
    const errors = [foreignError, { code: "invalidModel", message: "No.", taskUUID: TASK_UUID }];
    for (const body of [{ errors }, { data: [], errors }, { data: null, errors }]) {
      // oxlint-disable-next-line no-await-in-loop -- three calls, one after the other, read best
      expect(await failureFrom(asking(body))).toMatchObject({
        kind: "rejected",
        code: "invalidModel",
      });
    }
  });

  test("an error without a UUID applies to the task, unless the task has an answer", async () => {
    const errors = [{ code: "internalServerError", message: "Oops." }];
    expect((await failureFrom(asking({ errors }))).kind).toBe("service-trouble");
    await expect(asking({ data: [item()], errors })).resolves.toMatchObject({ kind: "answered" });
  });

  test("a single entry without a UUID is the task's own", async () => {
    await expect(asking({ data: [{ text: "A harbour." }] })).resolves.toMatchObject({
      kind: "answered",
    });
  });

  test("data about other tasks alone is no answer", async () => {
    expect(await failureFrom(asking({ data: [item({ taskUUID: OTHER_UUID })] }))).toEqual({
      kind: "bad-response",
      status: 200,
      detail: "unexpected-shape",
    });
  });

  test("parameter may be a list", async () => {
    const errors = [{ code: "conflictParameters", message: "Both.", parameter: ["a", "b"] }];
    expect(await failureFrom(asking({ errors }, { status: 400 }))).toMatchObject({
      kind: "rejected",
      parameter: "a, b",
    });
  });

  test.each([
    { error: { code: "invalidApiKey", message: "Bad." } },
    { errors: { code: "invalidApiKey" } },
    { errors: [{ code: "invalidApiKey", taskType: "authentication" }] },
    { data: [{ taskUUID: TASK_UUID, status: "error", error: { code: "invalidApiKey" } }] },
    { data: [{ taskUUID: TASK_UUID, error: { code: "invalidApiKey" } }] },
  ])("%j is one failure", async (body) => {
    expect(await failureFrom(asking(body))).toEqual({
      kind: "auth",
      code: "invalidApiKey",
      saidBy: "service",
    });
  });

  test("an error that is a bare text is read by the status", async () => {
    expect((await failureFrom(asking({ error: "Slow down" }, { status: 429 }))).kind).toBe(
      "rate-limited",
    );
    expect(await failureFrom(asking({ errors: ["No such thing"] }, { status: 400 }))).toEqual({
      kind: "rejected",
      code: "status 400",
      message: "No such thing",
      parameter: null,
    });
  });
});

test("a UUID that is in use is a conflict", async () => {
  const errors = [{ code: "conflictTaskUUID", message: "In use.", taskUUID: TASK_UUID }];
  expect(await failureFrom(asking({ data: [], errors }, { status: 400 }))).toEqual({
    kind: "conflict",
    saidBy: "service",
  });
});

describe("our proxy's own word", () => {
  const errors = [{ code: "internalServerError", message: "Oops." }];
  const saidBy = async (word: string, connection?: Connection) => {
    const reply = Response.json(
      { errors },
      { status: 502, headers: { [PROXY_WORD_HEADER]: word } },
    );
    const { client } = createTestClient(() => reply, {
      key: () => "key",
      ...(connection !== undefined && { connection }),
    });
    const failure = await failureFrom(client.ask(order(), ample()));
    return "saidBy" in failure ? failure.saidBy : null;
  };

  test("says whether it forwarded the task", async () => {
    expect(await saidBy("before")).toBe("proxy-before");
    expect(await saidBy("after")).toBe("proxy-after");
    expect(await saidBy("sideways")).toBe("proxy-after");
  });

  test("is not taken from the service", async () => {
    expect(await saidBy("before", { kind: "direct" })).toBeNull();
  });

  test("counts for a body that was cut off, too", async () => {
    const { client } = createTestClient(
      () => new Response('{"err', { status: 400, headers: { [PROXY_WORD_HEADER]: "before" } }),
    );
    expect(await failureFrom(client.ask(order(), ample()))).toEqual({
      kind: "bad-response",
      status: 400,
      detail: "broken-json",
      saidBy: "proxy-before",
    });
  });
});

describe("bodies that are no answer", () => {
  const failureOn = (body: string | ReadableStream, status = 200, headers: HeadersInit = {}) =>
    failureFrom(
      createTestClient(() => new Response(body, { status, headers })).client.ask(order(), ample()),
    );

  test.each([
    ["", "empty"],
    ["  \n", "empty"],
    ["<!doctype html><p>Hello", "html"],
    ['{"data":[{"taskUUID":', "broken-json"],
    ["hello", "broken-json"],
    ["[]", "unexpected-shape"],
    ["null", "unexpected-shape"],
    ["{}", "unexpected-shape"],
    ['{"data":"none"}', "unexpected-shape"],
    [`{"data":[{"taskUUID":"${TASK_UUID}","text":7}]}`, "unexpected-shape"],
  ])("%j with a 200", async (body, detail) => {
    expect(await failureOn(body)).toEqual({ kind: "bad-response", status: 200, detail });
  });

  test("HTML from a gateway names the status", async () => {
    expect(await failureOn("<html>", 503, { "Retry-After": "7" })).toEqual({
      kind: "service-trouble",
      status: 503,
      code: null,
      retryAfterMs: 7000,
    });
    expect(await failureOn("<html>", 404)).toEqual({
      kind: "bad-response",
      status: 404,
      detail: "html",
    });
  });

  test.each([
    [401, "auth"],
    [402, "quota"],
    [408, "timed-out"],
    [429, "rate-limited"],
  ])("an empty %i still says %s", async (status, kind) => {
    expect((await failureOn("", status)).kind).toBe(kind);
  });

  test("a 429's wait is kept, as seconds and as a date", async () => {
    expect(await failureOn("", 429, { "Retry-After": "2" })).toMatchObject({ retryAfterMs: 2000 });
    expect(
      await failureOn("", 429, { "Retry-After": "Thu, 01 Jan 1970 00:00:09 GMT" }),
    ).toMatchObject({ retryAfterMs: 9000 });
  });

  test.each(["2592000", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "a wait of %s becomes one hour",
    async (header) => {
      expect(await failureOn("", 429, { "Retry-After": header })).toMatchObject({
        retryAfterMs: 3_600_000,
      });
    },
  );

  test.each(["-5", "NaN", "Infinity", "1e9", ""])("a wait of “%s” is ignored", async (header) => {
    expect(await failureOn("", 429, { "Retry-After": header })).toMatchObject({
      retryAfterMs: null,
    });
  });

  test("a body without end is abandoned after 4 MiB", async () => {
    let chunks = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => {
        chunks += 1;
        controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    expect(await failureOn(endless)).toEqual({
      kind: "bad-response",
      status: 200,
      detail: "unexpected-shape",
    });
    expect(cancelled).toBe(true);
    expect(chunks).toBeLessThan(8);
  });
});
