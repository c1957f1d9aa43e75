import { memo, useId, useMemo } from "react";
import { type Comparison, useDesk, useTaskOf } from "#src/features/compare/compare-desk.ts";
import { ColumnHead } from "#src/features/compare/columns/column-head.tsx";
import { columnFacts, rankingVotes, winRates } from "#src/features/compare/columns/column-facts.ts";
import { type GridLayout, HEAD_ID } from "./grid-layout.ts";
import { shortened } from "#src/lib/shortened.ts";
import { PromptField } from "#src/sheet/recipe-fields.tsx";
import { Button } from "#src/ui/button.tsx";
import { Popover, type PopoverTrigger } from "#src/ui/popover.tsx";
import type { Against } from "#src/domain/compare-settings.ts";
import type { ComparedColumn } from "#src/domain/comparison.ts";

/** The head of the grid: what all columns ask, then each column's name and facts. It stays while rows scroll. */
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
          style={{
            width: layout.columns[index],
            ...(layout.swipes && { scrollSnapAlign: "start" }),
          }}
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

/** The prompt that columns share, and where to change it. */
function SharedPrompt({ comparison }: { comparison: Comparison }) {
  const { columns } = useDesk();
  const { settings, columns: compared } = comparison;
  const sharing = compared.filter(
    ({ column, recipe }) => column.prompt === null && recipe.prompt !== null,
  ).length;
  const whose =
    sharing === compared.length
      ? "shared by all columns"
      : `shared by ${sharing} of ${compared.length}`;
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center justify-between gap-x-2">
        <h3 className="text-sm font-[650]">Images</h3>
        <Popover
          label="Shared prompt"
          trigger={promptTrigger}
          className="w-[min(26rem,calc(100vw-1rem))]"
        >
          {() => (
            <>
              <PromptField
                value={settings.sharedPrompt}
                refusal={null}
                onChange={columns.typePrompt}
                onChoose={(sharedPrompt) =>
                  columns.change({ sharedPrompt }, "choosing another prompt")
                }
              />
              {/* On a phone the head has no room for it. */}
              <HeldAgainst comparison={comparison} className="mt-3 sm:hidden" />
            </>
          )}
        </Popover>
      </div>
      <p className="text-xs text-ink-2 max-sm:hidden">Prompt {whose}:</p>
      <p className="line-clamp-2 text-xs text-ink-2 wrap-anywhere max-sm:hidden" dir="auto">
        {settings.sharedPrompt === "" ? "(none)" : `“${shortened(settings.sharedPrompt, 400)}”`}
      </p>
    </div>
  );
}

function promptTrigger(trigger: PopoverTrigger) {
  return (
    <Button {...trigger} look="mini" className="-mr-1">
      Prompt…
    </Button>
  );
}

/** What words and ages are compared with: a native select. */
function HeldAgainst({ comparison, className }: { comparison: Comparison; className: string }) {
  const id = useId();
  const desk = useDesk();
  const { settings, columns } = comparison;
  // A blind vote must not give away which column is which.
  const choices: Against[] = [
    { kind: "others" },
    ...(settings.blind
      ? []
      : columns.map(({ column }) => ({ kind: "column", columnId: column.id }) as const)),
    { kind: "reference" },
    { kind: "nothing" },
  ];
  const chosen = choices.findIndex(
    (choice) => JSON.stringify(choice) === JSON.stringify(settings.against),
  );
  return (
    <div className={className}>
      <label htmlFor={id} className="sr-only">
        Mark words
      </label>
      <select
        id={id}
        value={Math.max(0, chosen)}
        onChange={(event) => {
          const against = choices[Number(event.target.value)];
          if (against !== undefined) desk.columns.change({ against });
        }}
        className="w-full truncate rounded border border-line-2 bg-sheet px-1.5 py-1 text-xs text-ink"
      >
        {choices.map((choice, index) => (
          <option key={choice.kind === "column" ? choice.columnId : choice.kind} value={index}>
            {againstText(choice, columns)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What marked words are compared with, for the select and for screen readers. */
function againstText(against: Against, columns: readonly ComparedColumn[]): string {
  switch (against.kind) {
    case "nothing":
      return "Mark no words";
    case "others":
      return "Words no other column says";
    case "reference":
      return "Words the reference lacks";
    case "column": {
      const found = columns.find(({ column }) => column.id === against.columnId);
      return `Words ${found?.label ?? "another column"} lacks`;
    }
  }
}
