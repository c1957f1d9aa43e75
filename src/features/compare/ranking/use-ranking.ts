import { useEffect, useMemo, useState } from "react";
import type { RankingVote } from "#src/statistics/ranking-vote.ts";
import { rankColumns, type ColumnRanking } from "#src/statistics/rank-columns.ts";

// Short enough that a key pressed meanwhile is answered at once.
const SLICE_MS = 8;
const SEED = 1952;

/** Ranks columns by votes, a slice at a time; null until the first result. What is shown stays until the next is there. */
export function useRanking(votes: readonly RankingVote[], columns: number): ColumnRanking | null {
  const [ranking, setRanking] = useState<ColumnRanking | null>(null);
  // Every answer that comes in makes the votes anew; only other votes are worth other figures.
  const key = JSON.stringify([votes, columns]);
  const settled = useMemo(() => {
    const [kept, count]: [RankingVote[], number] = JSON.parse(key);
    return { votes: kept, columns: count };
  }, [key]);
  useEffect(() => {
    const steps = rankColumns(settled.votes, settled.columns, SEED);
    let timer: ReturnType<typeof setTimeout>;
    const slice = (): void => {
      const end = performance.now() + SLICE_MS;
      while (performance.now() < end) {
        const step = steps.next();
        if (step.done === true) {
          setRanking(step.value);
          return;
        }
      }
      timer = setTimeout(slice, 0);
    };
    timer = setTimeout(slice, 0);
    return () => clearTimeout(timer);
  }, [settled]);
  return ranking;
}
