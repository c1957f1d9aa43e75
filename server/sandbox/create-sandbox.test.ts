import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AGE_MODELS } from "#src/catalog/find-models.ts";
import { MODELS } from "#src/catalog/models.ts";
import { readAnswerMark } from "#src/contract/answer-mark.ts";
import { PUBLISHED_EXAMPLES } from "#src/contract/published-examples.ts";
import { toMicroUsd } from "#src/domain/money.ts";
import { createSandbox } from "./create-sandbox.ts";
import { captionOf, dataUri, drawLandscape, post } from "./test-support.ts";

const picture = dataUri(await drawLandscape());
const bare = picture.slice(picture.indexOf(",") + 1);

const fetchSpy = vi.spyOn(globalThis, "fetch");
beforeEach(() => {
  fetchSpy.mockClear();
});
afterEach(() => expect(fetchSpy).not.toHaveBeenCalled());

test.each(MODELS)(
  "$id answers in its own form, at the catalogue's price, marked",
  async (model) => {
    const task = captionOf(picture, { model: model.id });
    const reply = await post(createSandbox(), [task]);
    const [item] = reply.data;
    expect([reply.status, reply.mark, item?.taskUUID]).toEqual([200, "sandbox", task.taskUUID]);
    const cost = toMicroUsd(item?.cost);
    expect(cost).toBeGreaterThanOrEqual(model.price.low);
    expect(cost).toBeLessThanOrEqual(model.price.high);
    if (model.answers === "text") expect(item?.text).toMatch(/\w{3}/u);
    else {
      expect(model.ageGroups?.labels).toContain(item?.structuredData?.ageGroup);
      expect(item?.structuredData?.confidence).toBeGreaterThan(0.4);
      expect(item?.structuredData?.confidence).toBeLessThan(1);
    }
  },
);

test("all the forms of a picture and of the task are equivalent", async () => {
  const sandbox = createSandbox();
  const forms = [
    captionOf(picture),
    captionOf(bare),
    captionOf("", { inputs: undefined, inputImage: picture }),
    captionOf("", { inputs: undefined, inputImages: [bare] }),
    captionOf(picture, { taskType: "imageCaption" }),
  ];
  const texts = await Promise.all(
    forms.map(async (task) => (await post(sandbox, [task])).data[0]?.text),
  );
  expect(texts[0]).toBeTruthy();
  expect(new Set(texts).size).toBe(1);
});

test("age groups spread over the pictures, and the models do not always agree", async () => {
  const sandbox = createSandbox();
  const groups = await Promise.all(
    Array.from({ length: 24 }, async (_, index) => {
      const sky = `#${(index * 600_000 + 0x100000).toString(16)}`;
      const image = dataUri(await drawLandscape(sky));
      const tasks = AGE_MODELS.map(({ id }) => captionOf(image, { model: id }));
      const { data } = await post(sandbox, tasks);
      return data.map((item) => item.structuredData?.ageGroup);
    }),
  );
  const fiveGroups = AGE_MODELS.findIndex(({ id }) => id === "runware:154@1");
  const other = AGE_MODELS.findIndex(({ id }) => id === "runware:152@50");
  expect(new Set(groups.map((row) => row[fiveGroups])).size).toBeGreaterThanOrEqual(4);
  const agreed = groups.filter((row) => row[fiveGroups] === row[other]).length;
  expect(agreed).toBeGreaterThan(12);
  expect(agreed).toBeLessThan(24);
});

test.each(PUBLISHED_EXAMPLES)(
  "$title answers as published, and is marked recorded",
  async (example) => {
    const { request, response } = example;
    const reply = await post(createSandbox(), [{ ...request, taskUUID: randomUUID() }]);
    expect(reply.mark).toBe("recorded");
    expect(reply.data[0]).toMatchObject({
      cost: response.cost,
      ...(response.text !== undefined && { text: response.text }),
      ...(response.structuredData && { structuredData: response.structuredData }),
    });
  },
);

test("a published picture is never passed off as another model's recorded answer", async () => {
  const sandbox = createSandbox();
  const [age, text] = [PUBLISHED_EXAMPLES[1], PUBLISHED_EXAMPLES[4]].map(
    (example) => example?.request.inputs.image ?? "",
  );
  const recorded = captionOf(text ?? "", { prompt: "one sentence" });
  const others = [
    captionOf(text ?? "", { model: "runware:150@2" }),
    captionOf(age ?? "", { model: "runware:153@1" }),
    captionOf(age ?? "", { model: "runware:152@1" }),
  ];
  const reply = await post(sandbox, [recorded, ...others]);
  expect(readAnswerMark(reply.mark, recorded.taskUUID)).toBe("recorded");
  for (const { taskUUID } of others) expect(readAnswerMark(reply.mark, taskUUID)).toBe("sandbox");
  expect(reply.data).toHaveLength(4);
  // Published as 13-20; the nine-group model says something similar.
  expect(reply.data[2]?.structuredData?.ageGroup).toBe("10-19");
});

test.each([
  [
    "a UUID of another version",
    { taskUUID: "2ce3fe26-9703-1876-99b4-d6d317efb096" },
    "invalidTaskUUID",
  ],
  ["no UUID", { taskUUID: undefined }, "missingTaskUUID"],
  ["a model it does not have", { model: "runware:999@9" }, "invalidModel"],
  ["a video model", { model: "memories:1@1" }, "invalidModel"],
  ["no model", { model: undefined }, "missingModel"],
  ["a prompt for an age model", { model: "runware:153@1", prompt: "?" }, "unsupportedParameter"],
  ["a parameter of another task", { webhookURL: "https://example.com" }, "unknownParameter"],
  ["two ways of giving a picture", { inputImage: bare }, "incompatibleParameters"],
  ["no picture", { inputs: {} }, "missingInputImage"],
  ["a picture that is a sentence", { inputs: { image: "a cat, please" } }, "invalidInputImage"],
  ["another address", { inputs: { image: "https://example.com/a.jpg" } }, "failedToTransferImage"],
  ["an unknown upload", { inputs: { image: randomUUID() } }, "failedToTransferImage"],
  [
    "text as a picture",
    { inputs: { image: btoa("not a picture, however long") } },
    "unsupportedImageFormat",
  ],
  ["half a picture", { inputs: { image: bare.slice(0, 2_400) } }, "invalidInputImage"],
  ["another task", { taskType: "imageInference" }, "invalidTaskType"],
])("%s is refused with its task's UUID, and not billed", async (_, fields, code) => {
  const sandbox = createSandbox();
  const task = captionOf(picture, fields);
  const reply = await post(sandbox, [task]);
  expect([reply.status, reply.errors[0]?.code]).toEqual([400, code]);
  expect(reply.errors[0]?.taskUUID ?? undefined).toBe(task.taskUUID);
  expect(sandbox.report().billedMicroUsd).toBe(0);
});

test.each([[{}], ["caption"], [null], [[]]])("a body of %j is refused", async (body) => {
  expect((await post(createSandbox(), body)).errors[0]?.code).toBe("invalidBody");
});

test("one task's error leaves its neighbours' answers intact", async () => {
  const [bad, good] = [captionOf(picture, { model: "no:such@1" }), captionOf(picture)];
  const reply = await post(createSandbox(), [bad, good]);
  expect([reply.status, reply.data[0]?.taskUUID, reply.errors[0]?.taskUUID]).toEqual([
    200,
    good.taskUUID,
    bad.taskUUID,
  ]);
});

test("a UUID in use is a conflict with empty data, billed once, and its answer can be looked up", async () => {
  const sandbox = createSandbox();
  const task = captionOf(picture);
  const [one, other] = await Promise.all([post(sandbox, [task]), post(sandbox, [task])]);
  expect([one.status, one.data.length]).toEqual([200, 1]);
  expect([other.status, other.data, other.errors[0]?.code]).toEqual([400, [], "conflictTaskUUID"]);
  const upper = await post(sandbox, [{ ...task, taskUUID: task.taskUUID.toUpperCase() }]);
  expect(upper.errors[0]?.code).toBe("conflictTaskUUID");
  const found = await post(sandbox, [{ taskType: "getResponse", taskUUID: task.taskUUID }]);
  expect(found.data[0]).toMatchObject({ status: "success", text: one.data[0]?.text });
  const report = sandbox.report();
  expect([report.accepted, report.conflicts, report.tasks[task.taskUUID]?.timesAccepted]).toEqual([
    1, 2, 1,
  ]);
  expect(report.billedMicroUsd).toBe(toMicroUsd(one.data[0]?.cost));
});

test("an unreadable picture frees its UUID again", async () => {
  const sandbox = createSandbox();
  const task = captionOf(bare.slice(0, 2_400));
  await post(sandbox, [task]);
  expect((await post(sandbox, [{ ...task, inputs: { image: bare } }])).status).toBe(200);
});

test("async: accepted, processing, then success or the error; an unknown UUID looks like a running one", async () => {
  vi.useFakeTimers();
  const sandbox = createSandbox({ scenario: { asyncMs: 5_000, pixelWork: false } });
  const task = captionOf(picture, { deliveryMethod: "async" });
  const lookUp = { taskType: "getResponse", taskUUID: task.taskUUID };
  const accepted = await post(sandbox, [task]);
  expect(accepted.data[0]).toEqual(expect.objectContaining({ taskUUID: task.taskUUID }));
  expect(accepted.data[0]?.text).toBeUndefined();
  expect((await post(sandbox, [lookUp])).data[0]?.status).toBe("processing");
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await post(sandbox, [lookUp])).data[0]).toMatchObject({ status: "success" });
  const unknown = await post(sandbox, [{ ...lookUp, taskUUID: randomUUID() }]);
  expect([unknown.status, unknown.data, unknown.errors]).toEqual([200, [], []]);
  vi.useRealTimers();
});

test("async: an unreadable picture fails when it is looked up", async () => {
  const sandbox = createSandbox({ scenario: { asyncMs: 0 } });
  const task = captionOf(bare.slice(0, 2_400), { deliveryMethod: "async" });
  expect((await post(sandbox, [task])).status).toBe(200);
  const lookUp = { taskType: "getResponse", taskUUID: task.taskUUID };
  const failed = async () => (await post(sandbox, [lookUp])).errors[0]?.code;
  await expect.poll(failed).toBe("invalidInputImage");
});

test("a dry run prices and does nothing", async () => {
  const sandbox = createSandbox();
  const task = captionOf(picture);
  const reply = await post(sandbox, [task], { "X-Runware-Dry-Run": "1" });
  expect(reply.data[0]).toMatchObject({ taskUUID: task.taskUUID, cost: 0.0019 });
  expect(reply.data[0]?.text).toBeUndefined();
  expect(sandbox.report()).toMatchObject({ accepted: 0, billedMicroUsd: 0 });
  expect((await post(sandbox, [task])).status).toBe(200);
});

test.each([
  [{ taskType: "imageUpload", image: picture }, "imageUUID", "imageURL"],
  [{ taskType: "mediaStorage", operation: "upload", media: bare }, "mediaUUID", "mediaURL"],
] as const)(
  "an upload by $taskType can be asked about by UUID and by URL",
  async (upload, id, url) => {
    const sandbox = createSandbox();
    const { data } = await post(sandbox, [{ ...upload, taskUUID: randomUUID() }]);
    const direct = await post(sandbox, [captionOf(picture)]);
    const references = [data[0]?.[id] ?? "", data[0]?.[url] ?? ""];
    for (const reference of references) {
      const reply = await post(sandbox, [captionOf(reference)]);
      expect(reply.data[0]?.text).toBe(direct.data[0]?.text);
    }
    sandbox.setScenario({ forgetUploads: true });
    const forgotten = await post(sandbox, [captionOf(references[0] ?? "")]);
    expect(forgotten.errors[0]?.code).toBe("failedToTransferImage");
  },
);

test("the balance counts down, as a number or an object, and can run out", async () => {
  const sandbox = createSandbox({ scenario: { balanceUsd: 0.001, balanceForm: "number" } });
  const account = { taskType: "accountManagement", operation: "getDetails" };
  const balance = async () => {
    const reply = await post(sandbox, [{ ...account, taskUUID: randomUUID() }]);
    return reply.data[0]?.balance;
  };
  const age = () => captionOf(picture, { model: "runware:154@1" });
  expect((await balance())?.amount).toBe(0.001);
  expect((await post(sandbox, [age()])).status).toBe(200);
  expect((await balance())?.amount).toBe(0.0004);
  const broke = await post(sandbox, [age()]);
  expect([broke.status, broke.errors[0]?.code]).toEqual([402, "insufficientCredits"]);
  sandbox.setScenario({});
  expect(await balance()).toMatchObject({ amount: 99.9994, currency: "USD" });
});

test("only a POST is answered", async () => {
  const response = await createSandbox().fetch(new Request("http://sandbox/v1"));
  expect(response.status).toBe(405);
});
