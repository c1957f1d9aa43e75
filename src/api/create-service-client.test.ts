import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { taskList } from "#src/contract/requests.ts";
import {
  ample,
  createTestClient,
  failureFrom,
  item,
  order,
  OTHER_UUID,
  TASK_UUID,
} from "./test-client.ts";

describe("what is sent", () => {
  test("one strict caption task, with the prompt unchanged", async () => {
    const { client, sent } = createTestClient(() => Response.json({ data: [item()] }));
    const prompt = "  Two\nlines, “quotes” ";
    await client.ask(order({ prompt }), ample());
    expect(sent).toHaveLength(1);
    expect(v.parse(taskList, sent[0]?.tasks)).toEqual([
      {
        taskType: "caption",
        taskUUID: TASK_UUID,
        model: "runware:152@2",
        prompt,
        includeCost: true,
        deliveryMethod: "sync",
        inputs: { image: "https://pictures.test/one.jpg" },
      },
    ]);
  });

  test("no prompt if there is none", async () => {
    const { client, sent } = createTestClient(() => Response.json({ data: [item()] }));
    await client.ask(order({ prompt: null }), ample());
    expect(JSON.stringify(sent[0]?.tasks)).not.toContain("prompt");
  });

  test("to a proxy: no key, even if there is one", async () => {
    const { client, sent } = createTestClient(() => Response.json({ data: [item()] }), {
      key: () => "secret-key",
    });
    await client.ask(order(), ample());
    expect(sent[0]?.url).toBe("http://proxy.test/api/v1");
    expect(sent[0]?.headers.has("Authorization")).toBe(false);
  });

  test("directly: the current key, no cookies, no referrer, no cache, no redirect", async () => {
    let key = "first";
    const { client, sent } = createTestClient(() => Response.json({ data: [item()] }), {
      connection: { kind: "direct" },
      key: () => key,
    });
    await client.ask(order(), ample());
    key = "second";
    await client.ask(order(), ample());
    expect(sent.map(({ headers }) => headers.get("Authorization"))).toEqual([
      "Bearer first",
      "Bearer second",
    ]);
    expect(sent[0]?.url).toBe("https://api.runware.ai/v1");
    expect(sent[0]?.init).toMatchObject({
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    });
  });

  test.each([
    [null, "no-key"],
    ["", "no-key"],
    ["kéy…", "auth"],
    ["two\nlines", "auth"],
  ])("directly with the key %j: nothing is sent, and the failure is %s", async (key, kind) => {
    const { client, sent } = createTestClient(() => Response.json({}), {
      connection: { kind: "direct" },
      key: () => key,
    });
    expect((await failureFrom(client.ask(order(), ample()))).kind).toBe(kind);
    expect(sent).toEqual([]);
  });
});

describe("lookUp", () => {
  const lookingUp = (body: unknown, init: ResponseInit = {}) => {
    const { client, sent } = createTestClient(() => Response.json(body, init));
    return { delivery: client.lookUp(TASK_UUID, ample()), sent };
  };

  test("asks for the same UUID", async () => {
    const { delivery, sent } = lookingUp({ data: [] });
    await delivery;
    expect(v.parse(taskList, sent[0]?.tasks)).toEqual([
      { taskType: "getResponse", taskUUID: TASK_UUID },
    ]);
  });

  test.each([
    { data: [] },
    { data: [{ taskUUID: TASK_UUID, taskType: "caption" }] },
    { data: [{ taskUUID: TASK_UUID, status: "processing" }] },
  ])("%j is still running", async (body) => {
    await expect(lookingUp(body).delivery).resolves.toEqual({ kind: "processing" });
  });

  test("a finished task is its answer", async () => {
    await expect(
      lookingUp({ data: [item({ status: "success" })] }).delivery,
    ).resolves.toMatchObject({ kind: "answered", answer: { text: "A harbour." } });
  });

  test("a task the service says it does not know is not found", async () => {
    const errors = [{ code: "taskNotFound", message: "Unknown.", taskUUID: TASK_UUID }];
    expect((await failureFrom(lookingUp({ errors }, { status: 404 }).delivery)).kind).toBe(
      "not-found",
    );
  });
});

describe("upload", () => {
  const dataUri = "data:image/jpeg;base64,/9j/4AAQSkZJRg==";

  test("leaves a picture and returns its id", async () => {
    const { client, sent } = createTestClient(() =>
      Response.json({
        data: [{ taskUUID: TASK_UUID, mediaUUID: OTHER_UUID, mediaURL: "https://im.test/x.jpg" }],
      }),
    );
    await expect(client.upload({ taskUuid: TASK_UUID, dataUri }, ample())).resolves.toEqual({
      imageUuid: OTHER_UUID,
      imageUrl: "https://im.test/x.jpg",
    });
    expect(v.is(taskList, sent[0]?.tasks)).toBe(true);
  });

  test("without an id in the answer there is no upload", async () => {
    const { client } = createTestClient(() => Response.json({ data: [{ taskUUID: TASK_UUID }] }));
    expect((await failureFrom(client.upload({ taskUuid: TASK_UUID, dataUri }, ample()))).kind).toBe(
      "bad-response",
    );
  });
});
