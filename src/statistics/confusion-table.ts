import type { AgeCase } from "#src/domain/age-case.ts";
import { groupHolding, holds, rule, sameRange } from "#src/domain/age-overlap.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import type { ImageId } from "#src/domain/image.ts";
import { wilsonRate, type Rate } from "./wilson-interval.ts";

/** A row's truth: one of the groups, a range that fits into none of them, or no face at all. */
export type TruthRow =
  | { kind: "group"; range: AgeRange }
  | { kind: "between-groups" }
  | { kind: "no-face" };

/** A column's outcome. */
export type OutcomeColumn =
  | { kind: "group"; range: AgeRange }
  | { kind: "no-group" }
  | { kind: "refused" }
  | { kind: "failed" };

export interface ConfusionTable {
  rows: readonly TruthRow[];
  columns: readonly OutcomeColumn[];
  /** By row, then column: the images there. */
  cells: readonly (readonly (readonly ImageId[])[])[];
}

/**
 * Truths in rows, outcomes in columns. Rows and columns other than the groups exist only if something falls into
 * them. So does the column of a group that the model named although it is not one of its own.
 *
 * @param groups the truth's, and the model's, youngest first
 */
export function confusionTable(
  cases: readonly AgeCase[],
  groups: { truth: readonly AgeRange[]; model: readonly AgeRange[] },
): ConfusionTable {
  const placed = cases.flatMap((one) => {
    const row = rowOf(one, groups.truth);
    return row === null ? [] : [{ imageId: one.imageId, row, column: columnOf(one) }];
  });
  const rows: TruthRow[] = [
    ...groups.truth.map((range) => ({ kind: "group", range }) as const),
    ...(["between-groups", "no-face"] as const)
      .filter((kind) => placed.some(({ row }) => row.kind === kind))
      .map((kind) => ({ kind })),
  ];
  const columns = columnsOf(
    placed.map(({ column }) => column),
    groups.model,
  );
  const cells: ImageId[][][] = rows.map(() => columns.map(() => []));
  for (const { imageId, row, column } of placed) {
    const at = rows.findIndex((other) => isSame(other, row));
    const across = columns.findIndex((other) => isSame(other, column));
    cells[at]?.[across]?.push(imageId);
  }
  return { rows, columns, cells };
}

/**
 * One group of a model: how many of its people are found, and how many of those it names belong to it.
 */
export interface GroupRates {
  range: AgeRange;
  /** Of truths inside this group. */
  recall: Rate;
  /** Of the times this group was named and the truth decides. */
  precision: Rate;
}

const TEEN = { low: 15, high: 15 };
const NONE = { within: 0, found: 0, named: 0, right: 0 };

/** Recall and precision of each of the model's groups: the teens' group first, since errors cost most there. */
export function groupRates(
  cases: readonly AgeCase[],
  groups: readonly AgeRange[],
): readonly GroupRates[] {
  const counts = groups.map(() => ({ within: 0, found: 0, named: 0, right: 0 }));
  for (const { truth, outcome } of cases) {
    if (truth.kind !== "years" || outcome.kind !== "group") continue;
    const ruling = rule(truth.range, outcome.range);
    for (const [index, group] of groups.entries()) {
      const count = counts[index];
      if (count === undefined) continue;
      const isNamed = sameRange(outcome.range, group);
      if (holds(group, truth.range)) {
        count.within += 1;
        if (isNamed) count.found += 1;
      }
      if (!isNamed || ruling === "undecidable") continue;
      count.named += 1;
      if (ruling === "right") count.right += 1;
    }
  }
  const rates = groups.map((range, index) => {
    const { within, found, named, right } = counts[index] ?? NONE;
    return { range, recall: wilsonRate(found, within), precision: wilsonRate(right, named) };
  });
  const teens = groupHolding(groups, TEEN);
  return rates.toSorted((a, b) => rank(a.range, groups, teens) - rank(b.range, groups, teens));
}

function rank(range: AgeRange, groups: readonly AgeRange[], teens: number | null): number {
  const place = groups.indexOf(range);
  return place === teens ? -1 : place;
}

function rowOf({ truth }: AgeCase, groups: readonly AgeRange[]): TruthRow | null {
  if (truth.kind === "no-face") return { kind: "no-face" };
  if (truth.kind === "another-group") return null;
  const range = groups[groupHolding(groups, truth.range) ?? -1];
  return range === undefined ? { kind: "between-groups" } : { kind: "group", range };
}

function columnOf({ outcome }: AgeCase): OutcomeColumn {
  return outcome.kind === "group" ? { kind: "group", range: outcome.range } : outcome;
}

function columnsOf(found: readonly OutcomeColumn[], groups: readonly AgeRange[]): OutcomeColumn[] {
  const ranges = [...groups];
  for (const column of found) {
    if (column.kind === "group" && !ranges.some((range) => sameRange(range, column.range)))
      ranges.push(column.range);
  }
  return [
    ...ranges.toSorted((a, b) => a.low - b.low).map((range) => ({ kind: "group", range }) as const),
    ...(["no-group", "refused", "failed"] as const)
      .filter((kind) => found.some((column) => column.kind === kind))
      .map((kind) => ({ kind })),
  ];
}

function isSame(one: TruthRow | OutcomeColumn, other: TruthRow | OutcomeColumn): boolean {
  if (one.kind === "group" && other.kind === "group") return sameRange(one.range, other.range);
  return one.kind === other.kind;
}
