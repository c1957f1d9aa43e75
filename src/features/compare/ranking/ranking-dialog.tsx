import { counted } from "#src/lib/counted.ts";
import { useEffect, useMemo, useState } from "react";
import { lengthEffect, type LengthEffect } from "#src/statistics/length-effect.ts";
import { type ColumnRanking, rankColumns, type RankingVote } from "#src/statistics/rank-columns.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import {
  columnFacts,
  rankingVotes,
  voteCounts,
  winRates,
} from "#src/features/compare/columns/column-facts.ts";
import { type Comparison, useTaskOf } from "#src/features/compare/compare-desk.ts";
import { shareText } from "#src/features/compare/compare-words.ts";
import { RankChart } from "./rank-chart.tsx";
import { type RankedColumn, RankTable } from "./rank-table.tsx";

interface RankingDialogProps {
  comparison: Comparison;
  onClose: () => void;
}

/** Which column people prefer, how surely, at what price and speed, and whether length is the reason. */
export function RankingDialog({ comparison, onClose }: RankingDialogProps) {
  const { rows, columns } = comparison;
  const taskOf = useTaskOf();
  const votes = useMemo(
    () => rankingVotes(rows.values(), columns, taskOf),
    [rows, columns, taskOf],
  );
  const ranking = useRanking(votes, columns.length);
  const effect = useMemo(() => lengthEffect(votes, columns.length), [votes, columns]);
  const rates = winRates(votes, columns.length);
  const order = ranking?.order ?? [...columns.keys()];
  const ranked = order.flatMap((index): RankedColumn[] => {
    const compared = columns[index];
    const rate = rates[index];
    if (compared === undefined || rate === undefined) return [];
    const place = ranking?.places[index] ?? null;
    const facts = columnFacts(rows.values(), index);
    return [{ id: compared.column.id, label: compared.label, rate, place, facts }];
  });
  const counts = voteCounts(rows.values());
  const isSimulated = ranked.some(({ facts }) => facts.simulated);
  return (
    <Dialog title="Ranking" width="full" onClose={onClose}>
      {isSimulated && (
        <p className="mb-3 text-control text-ink-2">
          Simulated: the sandbox made up answers and prices, so this ranking says nothing about the
          models.
        </p>
      )}
      <Headline ranking={ranking} labels={columns.map(({ label }) => label)} votes={votes.length} />
      <RankTable ranked={ranked} counts={counts} />
      <div className="mt-6 grid gap-6 lg:grid-cols-2">
        <RankChart ranked={ranked} against="price" />
        <RankChart ranked={ranked} against="time" />
      </div>
      <LengthLine effect={effect} />
    </Dialog>
  );
}

function Headline({
  ranking,
  labels,
  votes,
}: {
  ranking: ColumnRanking | null;
  labels: readonly string[];
  votes: number;
}) {
  if (ranking === null) return <p className="mb-4 text-ink-2">Calculating…</p>;
  const { order, clear, places } = ranking;
  const fitted = order.filter((column) => places[column]?.kind === "fitted");
  const outside = places.length - fitted.length;
  const after = `After ${counted(votes, "vote")}`;
  const known = clear.flatMap((apart, place) => {
    const [ahead, behind] = [labels[order[place] ?? -1], labels[order[place + 1] ?? -1]];
    return apart && ahead !== undefined && behind !== undefined
      ? [`${ahead} before ${behind}`]
      : [];
  });
  const isClear = fitted.length > 1 && outside === 0 && known.length === clear.length;
  return (
    <div className="mb-4">
      <h3 className="text-xl font-semibold tracking-tight">
        {isClear ? `${labels[order[0] ?? -1] ?? ""} is preferred` : "Not enough votes yet"}
      </h3>
      <p className="max-w-[74ch] text-caption text-ink-2">
        {isClear && `The order is clear after ${counted(votes, "vote")}.`}
        {!isClear && fitted.length === 0 && (
          <>
            {after} every column was always preferred, never preferred, or met no other: the order
            below is that of the win rates.
          </>
        )}
        {!isClear && fitted.length > 0 && (
          <>
            {after} the order below is the likeliest, but not clear
            {known.length === 0 ? "." : `, apart from ${known.join(", ")}.`}
            {outside > 0 && " Columns without a strength have too few votes to be placed by it."}
          </>
        )}
      </p>
    </div>
  );
}

function LengthLine({ effect }: { effect: LengthEffect }) {
  const { longestPicked, byChance, oddsPerDoubling } = effect;
  if (longestPicked.n === 0) return null;
  return (
    <p className="mt-5 max-w-[80ch] text-caption text-ink-2">
      <b className="font-semibold text-ink">Length.</b> The longest answer was picked in{" "}
      {longestPicked.hits} of {longestPicked.n} rows: {shareText(longestPicked.share)} (
      {shareText(longestPicked.low)} to {shareText(longestPicked.high)}); chance alone would give{" "}
      {shareText(byChance)}.{" "}
      {oddsPerDoubling === null
        ? "Votes don’t yet tell length apart from the columns themselves."
        : `An answer twice as long has its odds of being preferred multiplied by ${oddsPerDoubling.ratio.toFixed(2)} (${oddsPerDoubling.low.toFixed(2)} to ${oddsPerDoubling.high.toFixed(2)}), regardless of its column’s strength.`}
    </p>
  );
}

// Short enough that a key pressed in the meantime is answered at once.
const SLICE_MS = 8;
const SEED = 1952;

/** Ranks columns by votes, a slice at a time; null until the first result. What is shown stays until the next is there. */
function useRanking(votes: readonly RankingVote[], columns: number): ColumnRanking | null {
  const [ranking, setRanking] = useState<ColumnRanking | null>(null);
  // Every answer that arrives makes the votes again; only different votes are worth new figures.
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
