import { counted } from "#src/lib/counted.ts";
import type { ColumnId } from "#src/domain/compare-settings.ts";
import { preferenceOverAverage } from "#src/statistics/bradley-terry.ts";
import type { ColumnPlace } from "#src/statistics/rank-columns.ts";
import type { Rate } from "#src/statistics/intervals.ts";
import type { ColumnFacts, VoteCounts } from "#src/features/compare/columns/column-facts.ts";
import {
  perThousandText,
  rateText,
  secondsText,
  shareText,
} from "#src/features/compare/compare-words.ts";

/** One line of the ranking. */
export interface RankedColumn {
  id: ColumnId;
  label: string;
  rate: Rate;
  /** Null until it is calculated. */
  place: ColumnPlace | null;
  facts: ColumnFacts;
}

/** The ranking in figures. */
export function RankTable({
  ranked,
  counts,
}: {
  ranked: readonly RankedColumn[];
  counts: VoteCounts;
}) {
  const isTooFew = counts.picks + counts.ties < FEWEST_VOTES;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label="Ranking in figures">
      <table className="w-full min-w-184 text-left text-control">
        <caption className="sr-only">Columns, the most preferred first</caption>
        <thead className="text-xs text-ink-2">
          <tr className="border-b border-line">
            {HEADS.map((head) => (
              <th key={head} scope="col" className="py-1.5 pr-4 align-bottom font-semibold">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ranked.map((one) => (
            <tr key={one.id} className="border-b border-line">
              <th scope="row" className="py-2 pr-4 font-semibold">
                {one.label}
              </th>
              <td className="figures py-2 pr-4">{rateText(one.rate)}</td>
              <td className="figures py-2 pr-4">{preferenceText(isTooFew ? null : one.place)}</td>
              <td className="figures py-2 pr-4">{strengthText(isTooFew ? null : one.place)}</td>
              <td className="figures py-2 pr-4">{perThousandText(one.facts.microUsdEach)}</td>
              <td className="figures py-2 pr-4">{secondsText(one.facts.medianMs)}</td>
              <td className="figures py-2">
                {one.facts.meanWords === null ? "–" : one.facts.meanWords.toFixed(1)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-xs text-ink-2">
        {countsText(counts)}. Intervals hold 95 %: Wilson’s for the win rate, a bootstrap over
        images for the rest. A pick beats every other column shown, a tie is half a win each, all
        bad is left out.
        {isTooFew && ` Strength is shown from ${FEWEST_VOTES} votes.`}
      </p>
    </section>
  );
}

// Resampling fewer images than this mostly draws the same ones again, and so pretends to be sure.
const FEWEST_VOTES = 5;

const HEADS = [
  "Column",
  "Win rate",
  "Beats the average column",
  "Strength (log-odds)",
  "Dollars per 1,000 images",
  "Median time",
  "Words",
] as const;

function countsText({ picks, ties, allBad, void: voided }: VoteCounts): string {
  return `${counted(picks, "pick")} · ${counted(ties, "tie")} · ${allBad} all bad · ${voided} void`;
}

function preferenceText(place: ColumnPlace | null): string {
  if (place?.kind !== "fitted") return place === null ? "–" : OUTSIDE_WORDS[place.kind];
  const { logAbility, low, high } = place.strength;
  const [middle, from, to] = [logAbility, low, high].map(preferenceOverAverage);
  return `${shareText(middle ?? null)} (${shareText(from ?? null)} to ${shareText(to ?? null)})`;
}

const OUTSIDE_WORDS: Record<Exclude<ColumnPlace["kind"], "fitted">, string> = {
  always: "always preferred",
  never: "never preferred",
  apart: "not connected with the others",
  "no-votes": "no votes",
};

function strengthText(place: ColumnPlace | null): string {
  if (place?.kind !== "fitted") return "–";
  const { logAbility, low, high } = place.strength;
  return `${signed(logAbility)} (${signed(low)} to ${signed(high)})`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}
