import { expect, test } from "vitest";
import type { SeenPrice } from "#src/storage/storage.ts";
import { estimateRun } from "./estimate-run.ts";

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
