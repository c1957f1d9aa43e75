import {
  costsText,
  perThousandText,
  rateText,
  secondsText,
} from "#src/features/compare/compare-words.ts";
import type { Comparison } from "#src/features/compare/compare-desk.ts";
import type { ReplayOptions } from "#src/exports/compare-replay.ts";
import { columnFacts, rankingVotes, voteCounts, winRates } from "./column-facts.ts";

/** What a replay says of each column, and of the votes. */
export function replayFindings({
  rows,
  columns,
}: Comparison): Pick<ReplayOptions, "facts" | "findings"> {
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
