import { useEffect, useState } from "react";
import { modelById } from "#src/catalog/find-models.ts";
import type { CostSum } from "#src/domain/money.ts";
import { formatUsd } from "#src/domain/money.ts";
import { deskOf } from "#src/features/caption/desk.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { formatPercent, formatPercents } from "#src/lib/format-percent.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { shortened } from "#src/lib/shortened.ts";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import { modelFigures, type ModelFigures } from "./model-figures.ts";

/** What each model and prompt of this sheet cost, and how much people changed of what it said. */
export function ModelsDialog({ onClose }: { onClose: () => void }) {
  const figures = useFigures();
  return (
    <Dialog title="Models on this sheet" width="wide" onClose={onClose}>
      {figures === null ? (
        <Pulse />
      ) : figures.length === 0 ? (
        <p className="text-ink-2">Nothing was answered on this sheet so far.</p>
      ) : (
        <>
          <FiguresTable figures={figures} />
          <p className="mt-4 text-xs text-pretty text-ink-2">
            Of texts that you edited or marked as reviewed: how many you left as the model wrote
            them, with the 95 % interval, and how many of the words you changed in the middle one.
            Texts that nobody has looked at don’t count.
          </p>
        </>
      )}
    </Dialog>
  );
}

/** Null until they are there. */
function useFigures(): readonly ModelFigures[] | null {
  const open = useOpenSheet();
  const tasks = useSheet((state) => state.tasks);
  const marks = useSheet((state) => state.marks);
  const [figures, setFigures] = useState<readonly ModelFigures[] | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const working = inSlices(modelFigures(tasks, deskOf(open).standings()), signal);
    report(
      working.then(setFigures, (error: unknown) => {
        if (!signal.aborted) throw error;
      }),
    );
    return () => leaving.abort();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the standings are made of the marks, too
  }, [open, tasks, marks]);
  return figures;
}

const NUMBER = "py-2 pl-4 text-right align-top tabular-nums whitespace-nowrap";
const MOST_LETTERS = 90;

function FiguresTable({ figures }: { figures: readonly ModelFigures[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section className="-mx-5 overflow-x-auto px-5" tabIndex={0} aria-label="Models in figures">
      <table className="w-full text-left text-control">
        <thead className="text-xs text-ink-2">
          <tr>
            <th className="pb-1 font-medium">Model and prompt</th>
            <th className="pb-1 pl-4 text-right font-medium">Answers</th>
            <th className="pb-1 pl-4 text-right font-medium">Cost of one</th>
            <th className="pb-1 pl-4 text-right font-medium">Looked at</th>
            <th className="pb-1 pl-4 text-right font-medium">Left as it was</th>
            <th className="pb-1 pl-4 text-right font-medium">Words changed</th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ modelId, prompt, purse, answers, costs, unchanged, medianChange }) => (
            <tr key={JSON.stringify([modelId, prompt, purse])} className="border-t border-line">
              <td className="min-w-44 py-2">
                <span className="font-medium">{modelById(modelId)?.name ?? modelId}</span>
                {purse === "sandbox" && <span className="text-ink-2"> · simulated</span>}
                <span dir="auto" className="block text-xs text-ink-2" title={prompt ?? undefined}>
                  {prompt === null || prompt === "" ? "No prompt" : shortened(prompt, MOST_LETTERS)}
                </span>
              </td>
              <td className={NUMBER}>{grouped(answers)}</td>
              <td className={NUMBER}>{meanCost(costs)}</td>
              <td className={NUMBER}>{grouped(unchanged.n)}</td>
              <td className={NUMBER}>
                {unchanged.share === null ? (
                  "–"
                ) : (
                  <>
                    {formatPercent(unchanged.share)}
                    <span className="block text-xs text-ink-2">
                      {formatPercents(unchanged.low, unchanged.high)}
                    </span>
                  </>
                )}
              </td>
              <td className={NUMBER}>
                {medianChange === null ? "–" : formatPercent(medianChange)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Of the answers whose cost is known; the others are counted beside it. */
function meanCost({ microUsd, known, unknown }: CostSum) {
  return (
    <>
      {known === 0 ? "unknown" : formatUsd(Math.round(microUsd / known))}
      {known > 0 && unknown > 0 && (
        <span className="block text-xs text-ink-2">{counted(unknown, "unknown", "unknown")}</span>
      )}
    </>
  );
}
