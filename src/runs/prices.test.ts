import { expect, test } from "vitest";
import { createPrices } from "./prices.ts";

const QWEN = "runware:152@2";
const PUBLISHED = 1900;

test("an absurd price counts up to ten times the published one, and is forgotten in time", () => {
  const prices = createPrices([]);
  const learn = (microUsd: number): void =>
    prices.learn({ modelId: QWEN, purse: "runware", microUsd });
  learn(9e15);
  expect(prices.holdOf(QWEN, "runware")).toBe(PUBLISHED * 12.5);
  for (let at = 0; at < 50; at += 1) learn(PUBLISHED);
  expect(prices.holdOf(QWEN, "runware")).toBe(PUBLISHED * 1.25);
});

test("a plausible price that was seen is held at once, and the worst is never below it", () => {
  const prices = createPrices([{ modelId: QWEN, purse: "runware", microUsd: 5000 }]);
  expect(prices.boundsOf(QWEN, "runware")).toEqual({
    holdMicroUsd: 6250,
    worstMicroUsd: PUBLISHED * 10,
  });
  expect(prices.holdOf(QWEN, "sandbox")).toBe(PUBLISHED * 1.25);
});

test("what a sheet remembers does not push out what was learned since", () => {
  const prices = createPrices([]);
  prices.learn({ modelId: QWEN, purse: "runware", microUsd: 5000 });
  const remembered = { modelId: QWEN, purse: "runware", microUsd: PUBLISHED } as const;
  prices.recall(Array.from({ length: 50 }, () => remembered));
  expect(prices.holdOf(QWEN, "runware")).toBe(6250);
});
