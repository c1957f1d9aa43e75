import { expect, test } from "vitest";
import { ANSWER_MARK_HEADER } from "#src/contract/answer-mark.ts";
import {
  ample,
  asking,
  createTestClient,
  item,
  order,
  OTHER_UUID,
  TASK_UUID,
} from "./test-client.ts";

test("a caption, to the letter, with its cost in micro-dollars", async () => {
  await expect(asking({ data: [item({ text: " Two\n lines " })] })).resolves.toEqual({
    kind: "answered",
    answer: { kind: "caption", text: " Two\n lines " },
    costMicroUsd: 1900,
    source: "service",
    serviceMs: null,
  });
});

test.each([
  [0.98, 0.98],
  [1, 1],
  [0, 0],
  [79.65, 0.7965],
  [100, 1],
  [101, null],
  [-1, null],
  ["high", null],
  [null, null],
  [undefined, null],
])("a confidence of %j is kept as %j", async (confidence, kept) => {
  const structuredData = { ageGroup: "Teenager 13-20", confidence };
  await expect(asking({ data: [item({ structuredData })] })).resolves.toMatchObject({
    answer: {
      kind: "age",
      verdict: { label: "Teenager 13-20", range: { low: 13, high: 20 }, confidence: kept },
    },
  });
});

test("a label that cannot be read stays, without a range", async () => {
  const structuredData = { ageGroup: "grown-up", confidence: 0.5 };
  await expect(asking({ data: [item({ structuredData })] })).resolves.toMatchObject({
    answer: { verdict: { label: "grown-up", range: null } },
  });
});

test("the text counts if structuredData has no group", async () => {
  await expect(asking({ data: [item({ structuredData: {} })] })).resolves.toMatchObject({
    answer: { kind: "caption", text: "A harbour." },
  });
});

test.each([
  [0, 0],
  [0.0000004, 0],
  [undefined, null],
  [null, null],
  [-1, null],
  ["0.0019", null],
])("a cost of %j is %j micro-dollars", async (cost, costMicroUsd) => {
  await expect(asking({ data: [item({ cost })] })).resolves.toMatchObject({ costMicroUsd });
});

test.each(["", "  \n", null])(
  "the text %j is an empty answer, and its cost counts",
  async (text) => {
    await expect(asking({ data: [item({ text })] })).resolves.toMatchObject({
      kind: "answered",
      answer: null,
      costMicroUsd: 1900,
    });
  },
);

test("an entry with nothing but its UUID only acknowledges the task", async () => {
  await expect(asking({ data: [{ taskType: "caption", taskUUID: TASK_UUID }] })).resolves.toEqual({
    kind: "processing",
  });
});

test("each task's own service time and mark are read from the headers", async () => {
  const headers = {
    "Server-Timing": "queue;dur=3, service;dur=812.5",
    [ANSWER_MARK_HEADER]: `${OTHER_UUID}=sandbox, ${TASK_UUID}=recorded`,
  };
  await expect(asking({ data: [item()] }, { headers })).resolves.toMatchObject({
    serviceMs: 812.5,
    source: "recorded",
  });
});

test("behind a sandbox an unmarked answer is simulated as well", async () => {
  const { client } = createTestClient(() => Response.json({ data: [item()] }), {
    connection: { kind: "proxy", baseUrl: "http://proxy.test/api", upstream: "sandbox" },
  });
  await expect(client.ask(order(), ample())).resolves.toMatchObject({ source: "sandbox" });
});
