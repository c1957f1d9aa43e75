import { expect, test } from "vitest";
import type { SeenPrice } from "#src/storage/storage.ts";
import { capNeed, estimateRun } from "./run-estimate.ts";

const asked = new Map([["runware:154@1", 100]]);
const terms = { purse: "runware", mostInFlight: 4 } as const;

function seen(microUsd: number, milliseconds: number, change: Partial<SeenPrice> = {}): SeenPrice {
  return { modelId: "runware:154@1", purse: "runware", microUsd, milliseconds, ...change };
}

test("before anything was paid, the published price counts and no time is named", () => {
  expect(estimateRun(asked, terms, [])).toEqual({ microUsd: 60_000, seconds: null });
});

test("what this device has paid counts more than what is published", () => {
  const prices = [seen(700, 1_000), seen(800, 2_000), seen(900, 9_000)];
  expect(estimateRun(asked, terms, prices)).toEqual({ microUsd: 80_000, seconds: 50 });
});

test("simulated prices never teach real ones, nor one model another", () => {
  const prices = [
    ...Array.from({ length: 3 }, () => seen(5, 5, { purse: "sandbox" })),
    ...Array.from({ length: 3 }, () => seen(5, 5, { modelId: "runware:153@1" })),
  ];
  expect(estimateRun(asked, terms, prices)).toEqual({ microUsd: 60_000, seconds: null });
});

test("a model that nobody has priced has no price", () => {
  expect(estimateRun(new Map([["acme:1@1", 100]]), terms, []).microUsd).toBeNull();
});

test("the cap must leave what the tasks in flight at the end hold, besides the likely price of the rest", () => {
  // 96 × $0.0006 and 4 × 1.25 × $0.0006.
  expect(capNeed(asked, terms, [])).toBe(57_600 + 3_000);
  const wide = [seen(100, 1), seen(100, 1), seen(1_000, 1)];
  expect(capNeed(asked, terms, wide)).toBe(96 * 400 + 4 * 1_250);
  expect(capNeed(new Map([["runware:154@1", 2]]), terms, wide)).toBe(2 * 1_250);
  expect(capNeed(new Map([["acme:1@1", 100]]), terms, [])).toBeNull();
});

test("several models are summed: price, time side by side, and the dearest hold what is in flight last", () => {
  const two = new Map([
    ["runware:154@1", 10],
    ["runware:153@1", 2],
  ]);
  const prices = [
    ...Array.from({ length: 3 }, () => seen(400, 1_000)),
    ...Array.from({ length: 3 }, () => seen(2_000, 3_000, { modelId: "runware:153@1" })),
  ];
  expect(estimateRun(two, terms, prices)).toEqual({ microUsd: 8_000, seconds: 4 });
  const hold = (modelId: string) =>
    capNeed(new Map([[modelId, 1]]), { purse: "runware", mostInFlight: 1 }, prices) ?? 0;
  expect(capNeed(two, terms, prices)).toBe(
    8 * 400 + 2 * hold("runware:154@1") + 2 * hold("runware:153@1"),
  );
  expect(estimateRun(new Map([...two, ["acme:1@1", 1]]), terms, prices)).toEqual({
    microUsd: null,
    seconds: null,
  });
});

test("if nothing is asked, nothing is needed and nothing is unknown", () => {
  expect(capNeed(new Map([["acme:1@1", 0]]), terms, [])).toBe(0);
});
