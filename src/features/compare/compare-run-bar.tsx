import { counted } from "#src/lib/counted.ts";
import { useMemo } from "react";
import { sentSideOf } from "#src/catalog/find-models.ts";
import type { Keeping } from "#src/domain/sheet.ts";
import { CapWarning, useOverCap, estimateText } from "#src/sheet/run-price.tsx";
import { Button } from "#src/ui/button.tsx";
import { RunBar } from "#src/sheet/run-bar.tsx";
import { type AskedModels, useRunEstimate } from "#src/state/run-estimate.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu, moreTrigger } from "#src/ui/menu.tsx";
import { useDesk, type Comparison } from "./compare-desk.ts";
import {
  compareQuestions,
  type CompareQuestion,
  countCells,
  type CellCounts,
} from "./compare-questions.ts";
import { useCompareView } from "./view-state.ts";
import { costsText } from "./compare-words.ts";

/** Compare's foot: what is missing, for how much, and how the run is going. */
export function CompareRunBar({ comparison }: { comparison: Comparison }) {
  const { rows, columns } = comparison;
  const keeping = useSheet((state) => state.sheet.keeping);
  const counts = useMemo(() => countCells(rows.values(), columns), [rows, columns]);
  const missing = useMemo(
    () => compareQuestions(rows.values(), columns, "missing"),
    [rows, columns],
  );
  const asked = useMemo(() => askedModels(missing), [missing]);
  const crossing = crossingText(comparison, keeping);
  return (
    <RunBar
      counts={counts}
      warning={<CapWarning asked={asked} />}
      start={
        <StartButtons
          missing={missing.length}
          asked={asked}
          counts={counts}
          uploadsOnce={comparison.settings.uploadsOnce}
          // Until something was asked, there is no progress to show it beside.
          crossing={counts.missing === counts.total ? crossing : ""}
        />
      }
      outlook={[costsText(counts.costs), crossing].filter((part) => part !== "").join(" · ")}
    />
  );
}

function StartButtons({
  missing,
  asked,
  counts,
  uploadsOnce,
  crossing,
}: {
  missing: number;
  asked: AskedModels;
  counts: CellCounts;
  uploadsOnce: boolean;
  crossing: string;
}) {
  const desk = useDesk();
  const { failed } = counts;
  const estimate = useRunEstimate(asked);
  const overCap = useOverCap();
  const price = missing === 0 ? "" : `${overCap(asked)} · ${estimateText(estimate)}`;
  return (
    <>
      <span className="inline-flex min-w-0">
        <Button
          look={missing === 0 ? "ghost" : "strong"}
          keys="$mod+Enter"
          disabled={missing === 0}
          className="min-w-0 rounded-r-none"
          onClick={() => desk.run("missing")}
        >
          <span className="truncate">
            {missing === 0 ? "Nothing to run" : `Run ${counted(missing, "answer")}`}
            <span className="font-normal opacity-80">{price}</span>
          </span>
        </Button>
        <RunMenu look={missing === 0 ? "ghost" : "strong"} uploadsOnce={uploadsOnce} />
      </span>
      {failed > 0 && <Button onClick={() => desk.run("failed")}>Retry {failed} failed</Button>}
      {crossing !== "" && <span className="text-xs text-ink-2 max-sm:hidden">{crossing}</span>}
    </>
  );
}

function RunMenu({ look, uploadsOnce }: { look: "strong" | "ghost"; uploadsOnce: boolean }) {
  const { columns, view } = useDesk();
  const keeping = useSheet((state) => state.sheet.keeping);
  const reuses = useCompareView((state) => state.reuses);
  return (
    <Menu
      label="How to run"
      trigger={moreTrigger({ label: "How to run", look, points: "up" })}
      items={[
        {
          label: "Use answers this device already has",
          hint: "Same picture, model, prompt and size: free. Repeats are always asked again.",
          checked: reuses,
          onChoose: () => view.setState({ reuses: !reuses }),
        },
        // What is left with the service outlives the tab, which a memory-only sheet is meant to avoid.
        ...(keeping === "memory"
          ? []
          : [
              {
                label: "Upload each picture once",
                hint: "Every column then refers to it. The service keeps uploads until 30 days after their last use.",
                checked: uploadsOnce,
                onChoose: () => columns.change({ uploadsOnce: !uploadsOnce }),
              },
            ]),
      ]}
    />
  );
}

function askedModels(questions: readonly CompareQuestion[]): AskedModels {
  const counts = new Map<string, number>();
  for (const { recipe } of questions)
    counts.set(recipe.modelId, (counts.get(recipe.modelId) ?? 0) + 1);
  return counts;
}

/** How often a picture is uploaded. */
function crossingText({ settings, columns }: Comparison, keeping: Keeping): string {
  if (!settings.uploadsOnce || keeping === "memory") return "each picture is sent once per column";
  const sides = new Set(columns.map(({ recipe }) => sentSideOf(recipe)));
  return sides.size <= 1
    ? "each picture is uploaded once"
    : `each picture is uploaded once in each of ${sides.size} sizes`;
}
