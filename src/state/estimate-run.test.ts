import { expect, test } from "vitest";
import type { SeenPrice } from "#src/storage/storage.ts";
import { capNeed, estimateRun } from "./estimate-run.ts";

const prognosis = {
  modelId: "runware:154@1",
  count: 100,
  purse: "runware",
  mostInFlight: 4,
} as const;

function seen(microUsd: number, milliseconds: number, change: Partial<SeenPrice> = {}): SeenPrice {
  return { modelId: "runware:154@1", purse: "runware", microUsd, milliseconds, ...change };
}

test("before anything was paid, the published price counts and no time is named", () => {
  expect(estimateRun(prognosis, [])).toEqual({ microUsd: 60_000, seconds: null });
});

test("what this device has paid counts more than what is published", () => {
  const prices = [seen(700, 1_000), seen(800, 2_000), seen(900, 9_000)];
  expect(estimateRun(prognosis, prices)).toEqual({ microUsd: 80_000, seconds: 50 });
});

test("simulated prices never teach real ones, nor one model another", () => {
  const prices = [
    ...Array.from({ length: 3 }, () => seen(5, 5, { purse: "sandbox" })),
    ...Array.from({ length: 3 }, () => seen(5, 5, { modelId: "runware:153@1" })),
  ];
  expect(estimateRun(prognosis, prices)).toEqual({ microUsd: 60_000, seconds: null });
});

test("a model that nobody has priced has no price", () => {
  expect(estimateRun({ ...prognosis, modelId: "acme:1@1" }, []).microUsd).toBeNull();
});

test("the cap must leave what the tasks in flight at the end hold, beside the likely price of the rest", () => {
  // 96 × $0.0006 and 4 × 1.25 × $0.0006.
  expect(capNeed(prognosis, [])).toBe(57_600 + 3_000);
  const wide = [seen(100, 1), seen(100, 1), seen(1_000, 1)];
  expect(capNeed(prognosis, wide)).toBe(96 * 400 + 4 * 1_250);
  expect(capNeed({ ...prognosis, count: 2 }, wide)).toBe(2 * 1_250);
  expect(capNeed({ ...prognosis, modelId: "acme:1@1" }, [])).toBeNull();
});
