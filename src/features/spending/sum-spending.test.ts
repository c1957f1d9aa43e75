import { expect, test } from "vitest";
import { DAYS_SHOWN, sumSpending, type SpendEntry } from "./sum-spending.ts";

const TODAY = new Date(2026, 2, 30, 15).getTime();

function entry(changes: Partial<SpendEntry>): SpendEntry {
  return {
    day: "2026-03-30",
    modelId: "a",
    purse: "runware",
    microUsd: 100,
    answers: 1,
    unknown: 0,
    ...changes,
  };
}

test("sums per model, dearest first, and per day, gaps included", () => {
  const sums = sumSpending(
    [
      entry({}),
      entry({ modelId: "b", microUsd: 500, answers: 2, unknown: 1 }),
      entry({ day: "2026-03-28", modelId: "b", microUsd: 7 }),
    ],
    "runware",
    TODAY,
  );
  expect(sums.models).toEqual([
    { modelId: "b", microUsd: 507, answers: 3, unknown: 1 },
    { modelId: "a", microUsd: 100, answers: 1, unknown: 0 },
  ]);
  expect(sums.days).toHaveLength(DAYS_SHOWN);
  expect(sums.days.at(-1)).toEqual({ day: "2026-03-30", microUsd: 600, byModel: [500, 100] });
  expect(sums.days.at(-2)?.microUsd).toBe(0);
  expect(sums.days.at(-3)).toEqual({ day: "2026-03-28", microUsd: 7, byModel: [7, 0] });
});

test("simulated dollars are never added to real ones", () => {
  const entries = [entry({}), entry({ purse: "sandbox", microUsd: 9_000 })];
  expect(sumSpending(entries, "runware", TODAY).models[0]?.microUsd).toBe(100);
  expect(sumSpending(entries, "sandbox", TODAY).models[0]?.microUsd).toBe(9_000);
});

test("days before the window are left out of both sums", () => {
  const sums = sumSpending([entry({ day: "2026-03-16" })], "runware", TODAY);
  expect(sums.models).toEqual([]);
  expect(sums.days[0]?.day).toBe("2026-03-17");
});
