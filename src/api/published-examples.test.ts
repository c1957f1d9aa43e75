import * as v from "valibot";
import { expect, test } from "vitest";
import { taskList } from "#src/contract/requests.ts";
import { PUBLISHED_EXAMPLES } from "#src/contract/published-examples.ts";
import { ample, createTestClient, order } from "./test-client.ts";

test("there are twelve", () => {
  expect(PUBLISHED_EXAMPLES).toHaveLength(12);
});

test.each(PUBLISHED_EXAMPLES)("$title parses to exactly what was published", async (example) => {
  const { request, response } = example;
  const { client, sent } = createTestClient(() => Response.json({ data: [response] }));
  const delivery = await client.ask(
    order({
      taskUuid: request.taskUUID,
      modelId: request.model,
      prompt: request.prompt ?? null,
      picture: { kind: "url", url: request.inputs.image },
    }),
    ample(),
  );
  // Worked out by hand rather than by the code under test: the group's bounds, and dollars as
  // micro-dollars.
  const bounds = response.structuredData?.ageGroup.split("-").map(Number) ?? [];
  expect(delivery).toEqual({
    kind: "answered",
    answer: response.structuredData
      ? {
          kind: "age",
          verdict: {
            label: response.structuredData.ageGroup,
            range: { low: bounds[0], high: bounds[1] },
            confidence: response.structuredData.confidence,
          },
        }
      : { kind: "caption", text: response.text },
    costMicroUsd: { 0.0006: 600, 0.0013: 1300, 0.0019: 1900, 0.0026: 2600 }[response.cost],
    source: "service",
    serviceMs: null,
  });
  expect(v.parse(taskList, sent[0]?.tasks)).toMatchObject([request]);
});
