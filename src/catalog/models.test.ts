import { expect, test } from "vitest";
import { PUBLISHED_EXAMPLES } from "#src/contract/published-examples.ts";
import { parseAgeLabel } from "#src/domain/age-label.ts";
import { toMicroUsd } from "#src/domain/money.ts";
import {
  AGE_MODELS,
  askedRecipe,
  DEFAULT_MODEL,
  modelById,
  sentSideOf,
  TEXT_MODELS,
} from "./find-models.ts";
import { MODELS } from "./models.ts";

test("seven models, each with its own id and colour, text and age apart", () => {
  expect(new Set(MODELS.map(({ id }) => id)).size).toBe(7);
  expect(new Set(MODELS.map(({ colour }) => colour)).size).toBe(7);
  expect(TEXT_MODELS.length + AGE_MODELS.length).toBe(7);
  expect(DEFAULT_MODEL.name).toBe("Qwen2.5-VL-7B-Instruct");
  expect(modelById("runware:1@1")).toBeNull();
});

test.each(MODELS)("$name says what becomes of a prompt, if it does not follow it", (model) => {
  expect(model.promptNote === null).toBe(model.prompt === "followed");
  expect(model.price.low).toBeLessThanOrEqual(model.price.high);
});

test.each(AGE_MODELS)("the groups of $name follow one another without a gap", ({ ageGroups }) => {
  const ranges = ageGroups?.labels.map(parseAgeLabel) ?? [];
  expect(ranges.length).toBeLessThanOrEqual(9);
  expect(ranges[0]?.low).toBe(0);
  expect(ranges.at(-1)?.high).toBeNull();
  for (const [index, range] of ranges.slice(1).entries()) {
    expect(range?.low).toBe((ranges[index]?.high ?? Number.NaN) + 1);
  }
});

test.each(PUBLISHED_EXAMPLES)("$title lies within its model's price and groups", (example) => {
  const model = modelById(example.request.model);
  const cost = toMicroUsd(example.response.cost) ?? Number.NaN;
  expect(cost).toBeGreaterThanOrEqual(model?.price.low ?? Number.NaN);
  expect(cost).toBeLessThanOrEqual(model?.price.high ?? Number.NaN);
  const group = example.response.structuredData?.ageGroup;
  expect(group === undefined || model?.ageGroups?.labels.includes(group)).toBe(true);
});

test("a prompt is sent to a model that may ignore it only if there is one, and never to one that takes none", () => {
  const promptFor = (modelId: string, prompt: string | null) =>
    askedRecipe({ modelId, prompt, sentSize: "auto" }).prompt;
  expect(promptFor("runware:152@2", null)).toBe("");
  expect(promptFor("runware:151@1", "Describe.")).toBe("Describe.");
  expect([null, ""].map((prompt) => promptFor("runware:151@1", prompt))).toEqual([null, null]);
  expect(promptFor("runware:154@1", "Describe.")).toBeNull();
});

test("auto is the model's side, anything else is used as given", () => {
  const recipe = { modelId: "runware:151@1", prompt: null };
  expect(sentSideOf({ ...recipe, sentSize: "auto" })).toBe(512);
  expect(sentSideOf({ ...recipe, sentSize: 2048 })).toBe(2048);
  expect(sentSideOf({ ...recipe, modelId: "unknown:1@1", sentSize: "auto" })).toBe(1024);
});
