import type { Purse } from "#src/domain/connection.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { Services } from "#src/state/services.ts";

type Disk = Services["sheets"]["storages"]["disk"];
/** Spending of one model on one local day. */
export type SpendEntry = Awaited<ReturnType<Disk["readSpending"]>>[number];

/** One model's spending over the days asked for. */
export interface ModelSpending {
  modelId: string;
  microUsd: MicroUsd;
  answers: number;
  /** Answers whose cost the service did not name. */
  unknown: number;
}

/** One day's spending, by model in the order of `byModel`. */
export interface DaySpending {
  /** "YYYY-MM-DD", local. */
  day: string;
  microUsd: MicroUsd;
  byModel: readonly MicroUsd[];
}

export interface SpendingSums {
  /** Dearest first. */
  models: readonly ModelSpending[];
  /** Oldest first, days without spending included. */
  days: readonly DaySpending[];
}

export const DAYS_SHOWN = 14;

/** Sums per model and per day, of one purse, over `DAYS_SHOWN` days that end with `today` (epoch milliseconds). */
export function sumSpending(
  entries: readonly SpendEntry[],
  purse: Purse,
  today: number,
): SpendingSums {
  const dayNames = lastDays(today);
  const counted = entries.filter((entry) => entry.purse === purse && dayNames.includes(entry.day));
  const models = sumModels(counted);
  const days = dayNames.map((day) => {
    const ofDay = counted.filter((entry) => entry.day === day);
    const byModel = models.map(({ modelId }) =>
      sumOf(ofDay.filter((entry) => entry.modelId === modelId)),
    );
    return { day, byModel, microUsd: sumOf(ofDay) };
  });
  return { models, days };
}

/** Whether anything was answered from this purse, whatever it cost. */
export function hasSpending(entries: readonly SpendEntry[], purse: Purse): boolean {
  return entries.some((entry) => entry.purse === purse);
}

function sumModels(entries: readonly SpendEntry[]): ModelSpending[] {
  const sums = new Map<string, ModelSpending>();
  for (const { modelId, microUsd, answers, unknown } of entries) {
    const sum = sums.get(modelId);
    sums.set(modelId, {
      modelId,
      microUsd: (sum?.microUsd ?? 0) + microUsd,
      answers: (sum?.answers ?? 0) + answers,
      unknown: (sum?.unknown ?? 0) + unknown,
    });
  }
  return [...sums.values()].toSorted((a, b) => b.microUsd - a.microUsd);
}

function sumOf(entries: readonly SpendEntry[]): MicroUsd {
  return entries.reduce((sum, entry) => sum + entry.microUsd, 0);
}

function lastDays(today: number): string[] {
  const date = new Date(today);
  return Array.from({ length: DAYS_SHOWN }, (_, index) => {
    // By calendar, not by 24 hours: a day on which the clocks change is longer or shorter.
    const day = new Date(
      date.getFullYear(),
      date.getMonth(),
      date.getDate() - (DAYS_SHOWN - 1 - index),
    );
    const month = String(day.getMonth() + 1).padStart(2, "0");
    return `${day.getFullYear()}-${month}-${String(day.getDate()).padStart(2, "0")}`;
  });
}
