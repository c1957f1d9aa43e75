import { memo, useMemo, type CSSProperties } from "react";
import type { Comparison } from "#src/features/compare/compare-desk.ts";
import { ColumnHead } from "#src/features/compare/columns/column-head.tsx";
import { columnFacts, rankingVotes, winRates } from "#src/features/compare/columns/column-facts.ts";
import type { GridLayout } from "./grid-layout.ts";
import { HEAD_ID } from "./rows-in-window.ts";
import { HeldAgainst } from "#src/features/compare/columns/held-against.tsx";
import { SharedPrompt } from "#src/features/compare/columns/shared-prompt.tsx";
import { useTaskOf } from "./use-task-of.ts";

/** The head of the grid: what all columns ask, then each column's name and facts. Stays while rows scroll. */
export const GridHead = memo(function GridHead({
  comparison,
  layout,
}: {
  comparison: Comparison;
  layout: GridLayout;
}) {
  const { rows, columns, settings } = comparison;
  const taskOf = useTaskOf();
  const facts = useMemo(
    () => columns.map((_, index) => columnFacts(rows.values(), index)),
    [rows, columns],
  );
  const rates = useMemo(
    () => winRates(rankingVotes(rows.values(), columns, taskOf), columns.length),
    [rows, columns, taskOf],
  );
  const swipeStart: CSSProperties = { scrollSnapAlign: "start" };
  return (
    <div id={HEAD_ID} className="sticky top-0 z-10 flex border-y border-line bg-sheet">
      <div
        className="sticky left-0 z-10 flex shrink-0 flex-col gap-2 border-r border-line bg-sheet px-3 py-2.5 sm:px-3.5"
        style={{ width: layout.picture }}
      >
        <SharedPrompt comparison={comparison} />
        <HeldAgainst comparison={comparison} className="max-sm:hidden" />
      </div>
      {columns.map((compared, index) => (
        <div
          key={compared.column.id}
          className="relative shrink-0 border-r border-line"
          style={{ width: layout.columns[index], ...(layout.swipes ? swipeStart : {}) }}
        >
          {settings.blind ? (
            <div className="px-3.5 py-2.5">
              <h3 className="text-sm font-[650]">Answer {index + 1}</h3>
              {index === 0 && (
                <p className="mt-0.5 text-xs text-ink-2">
                  Shuffled in each row. Names, costs and times come after the vote; switching the
                  blind vote off shows them all.
                </p>
              )}
            </div>
          ) : (
            <ColumnHead
              compared={compared}
              facts={facts[index]}
              rate={rates[index]}
              place={index}
              count={columns.length}
              widthPx={layout.columns[index] ?? 0}
              canResize={!layout.swipes}
            />
          )}
        </div>
      ))}
    </div>
  );
});
