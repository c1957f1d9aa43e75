import { answerText, type Cell } from "#src/domain/cell.ts";
import type { ComparedColumn, ComparedRow } from "#src/domain/comparison.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { countWords } from "#src/domain/own-words.ts";
import { type PurseCosts, pursesOf } from "#src/domain/purse-costs.ts";
import { recipeKey } from "#src/domain/recipe.ts";
import { hasEnded, isReused, isSimulatedTask, type Task, type TaskUuid } from "#src/domain/task.ts";
import { timeSplit } from "#src/domain/time-split.ts";
import { quantile, type Rate, wilsonRate } from "#src/statistics/intervals.ts";
import type { RankingVote } from "#src/statistics/rank-columns.ts";
import {
  costsText,
  perThousandText,
  rateText,
  secondsText,
} from "#src/features/compare/compare-words.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { ReplayOptions } from "#src/exports/compare-replay.ts";

/** What is known about one column over all rows. */
export interface ColumnFacts {
  /** Of the current answers, repeats included. */
  costs: readonly PurseCosts[];
  /** The mean of the answers that were paid for, in real money if any were; null if none gave its cost. */
  microUsdEach: MicroUsd | null;
  /** From sending to answer. */
  medianMs: number | null;
  p95Ms: number | null;
  /** Null for columns without texts. */
  meanWords: number | null;
  answers: number;
  /** Cells whose latest try ended without an answer. */
  failures: number;
  running: number;
  /** Cells that were never asked, or whose task was cancelled. */
  missing: number;
  simulated: boolean;
}

/** How the rows were voted on. */
export interface VoteCounts {
  picks: number;
  ties: number;
  allBad: number;
  /** Rows whose vote counts for nothing. */
  void: number;
}

/** The facts of a column, by its index. */
export function columnFacts(rows: Iterable<ComparedRow>, index: number): ColumnFacts {
  const cells = [...rows].flatMap((row) => row.cells[index]?.repeats ?? []);
  const answered = cells.flatMap(({ answered: task }) => task ?? []);
  const paid = answered.filter((task) => !isReused(task));
  const paidCosts = pursesOf(paid)[0]?.costs ?? null;
  const serviceMs = answered.flatMap((task) => timeSplit(task)?.serviceMs ?? []);
  const words = answered.flatMap((task) => wordsOf(task) ?? []);
  return {
    costs: pursesOf(answered),
    microUsdEach:
      paidCosts === null || paidCosts.known === 0 ? null : paidCosts.microUsd / paidCosts.known,
    medianMs: quantile(serviceMs, 0.5),
    p95Ms: quantile(serviceMs, 0.95),
    meanWords:
      words.length === 0 ? null : words.reduce((sum, count) => sum + count, 0) / words.length,
    answers: answered.length,
    failures: cells.filter(hasFailed).length,
    running: cells.filter(({ latest }) => latest !== null && !hasEnded(latest)).length,
    missing: cells.filter(isMissing).length,
    simulated: answered.some(isSimulatedTask),
  };
}

/** True if nothing was asked yet. */
export function isMissing({ answered, latest }: Cell): boolean {
  return answered === null && latest === null;
}

/** True if the latest try ended without an answer. */
export function hasFailed({ latest }: Cell): boolean {
  return latest !== null && hasEnded(latest);
}

/** The words of an answer; null for age verdicts. */
function wordsOf(task: Task): number | null {
  const text = answerText(task);
  return text === null ? null : countWords(text);
}

/** How many rows were voted on, and how. */
export function voteCounts(rows: Iterable<ComparedRow>): VoteCounts {
  const kinds = [...rows].map(({ vote }) => (vote.kind === "cast" ? vote.choice.kind : vote.kind));
  const count = (wanted: (typeof kinds)[number]) => kinds.filter((kind) => kind === wanted).length;
  return {
    picks: count("pick"),
    ties: count("tie"),
    allBad: count("all-bad"),
    void: count("void"),
  };
}

/** Rows in which a column was picked, of those with a pick in which it was shown. By column. */
export function winRates(votes: readonly RankingVote[], columns: number): Rate[] {
  return Array.from({ length: columns }, (_, column) => {
    const seen = votes.filter(
      ({ shown, picked }) => picked !== null && shown.some((one) => one.column === column),
    );
    return wilsonRate(seen.filter(({ picked }) => picked === column).length, seen.length);
  });
}

/**
 * The votes that rank columns: picks and ties among columns that are still here. An answer belongs to the first column
 * that asks its recipe; rows in which all were bad, and void ones, say nothing about the order.
 */
export function rankingVotes(
  rows: Iterable<ComparedRow>,
  columns: readonly ComparedColumn[],
  taskOf: (imageId: string, taskUuid: TaskUuid) => Task | null,
): RankingVote[] {
  const columnOf = (task: Task | null): number =>
    task === null ? -1 : columns.findIndex(({ key }) => key === recipeKey(task.recipe));
  return [...rows].flatMap(({ vote, image }): RankingVote[] => {
    if (vote.kind !== "cast" || vote.choice.kind === "all-bad") return [];
    const shown = new Map<number, number>();
    for (const uuid of vote.mark.shown) {
      const task = taskOf(image.id, uuid);
      const column = columnOf(task);
      if (task !== null && column >= 0 && !shown.has(column)) shown.set(column, wordsOf(task) ?? 0);
    }
    const picked =
      vote.choice.kind === "pick" ? columnOf(taskOf(image.id, vote.choice.taskUuid)) : null;
    if (shown.size < 2 || picked === -1) return [];
    return [{ shown: [...shown].map(([column, words]) => ({ column, words })), picked }];
  });
}

/** What a replay says of each column, and of the votes. */
export function replayFindings({
  rows,
  columns,
}: {
  rows: ReadonlyMap<ImageId, ComparedRow>;
  columns: readonly ComparedColumn[];
}): Pick<ReplayOptions, "facts" | "findings"> {
  const votes = rankingVotes(rows.values(), columns, (imageId, uuid) => {
    const cells = rows.get(imageId)?.cells.flatMap(({ repeats }) => repeats) ?? [];
    return cells.find(({ answered }) => answered?.taskUuid === uuid)?.answered ?? null;
  });
  const rates = winRates(votes, columns.length);
  const counts = voteCounts(rows.values());
  return {
    facts: columns.map((_, index) => {
      const facts = columnFacts(rows.values(), index);
      const rate = rates[index];
      return [
        { term: "Cost", value: costsText(facts.costs) || "–" },
        { term: "Per 1,000 images", value: perThousandText(facts.microUsdEach) },
        { term: "Median time", value: secondsText(facts.medianMs) },
        { term: "Words", value: facts.meanWords?.toFixed(1) ?? "–" },
        { term: "Failed", value: String(facts.failures) },
        { term: "Win rate (95 %)", value: rate === undefined ? "–" : rateText(rate) },
      ];
    }),
    findings: [
      `${counts.picks} picks, ${counts.ties} ties, ${counts.allBad} all bad, ${counts.void} void.`,
    ],
  };
}
