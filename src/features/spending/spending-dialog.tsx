import { Suspense, use, useDeferredValue, useMemo, useState } from "react";
import { modelById } from "#src/catalog/find-models.ts";
import type { ModelColour } from "#src/catalog/models.ts";
import type { Purse } from "#src/domain/connection.ts";
import { formatUsd } from "#src/domain/money.ts";
import type { Keeping } from "#src/domain/sheet.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { classNames } from "#src/lib/class-names.ts";
import { useServices } from "#src/state/services.ts";
import type { SheetServices } from "#src/state/sheet/open-sheet.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import { CapForm } from "./cap-form.tsx";
import {
  DAYS_SHOWN,
  type DaySpending,
  hasSpending,
  type SpendEntry,
  type SpendingSums,
  sumSpending,
} from "./sum-spending.ts";

interface SpendingDialogProps {
  /** The purse of the connection in use: its spending is shown first. */
  purse: Purse;
  onClose: () => void;
}

/** The open sheet's cap, and what was spent on this device per model and day. */
export function SpendingDialog({ purse, onClose }: SpendingDialogProps) {
  const { storages } = useServices().sheets;
  const keeping = useSheet((state) => state.sheet.keeping);
  const spent = useSheet((state) => state.spent[purse]);
  const paid = `${spent.microUsd} ${spent.unknown}`;
  // Read again with each answer that is paid; what was read before stays until then.
  const reading = useDeferredValue(useReading(storages, keeping, paid));
  return (
    <Dialog title="Spending" width="wide" onClose={onClose}>
      <CapForm purse={purse} />
      <h3 className="mt-7 mb-2 text-sm font-semibold">On this device</h3>
      <ErrorBoundary
        renderFallback={() => (
          <p className="text-warn">What was spent could not be read: reload the page.</p>
        )}
      >
        <Suspense fallback={<Pulse />}>
          <DeviceSpending reading={reading} purse={purse} />
        </Suspense>
      </ErrorBoundary>
    </Dialog>
  );
}

function useReading(
  { disk, memory }: SheetServices["storages"],
  keeping: Keeping,
  paid: string,
): Promise<SpendEntry[]> {
  return useMemo(async () => {
    const kept = keeping === "memory" ? [disk, memory] : [disk];
    const lists = await Promise.all(kept.map((storage) => storage.readSpending()));
    return lists.flat();
    // oxlint-disable-next-line react/exhaustive-deps -- what was paid is why it is read again
  }, [disk, memory, keeping, paid]);
}

function DeviceSpending({ reading, purse }: { reading: Promise<SpendEntry[]>; purse: Purse }) {
  const entries = use(reading);
  if (entries.length === 0)
    return <p className="text-ink-2">Nothing yet. What answers cost will be added up here.</p>;
  // What runs on this device costs nothing.
  const order: Purse[] = purse === "sandbox" ? ["sandbox", "runware"] : ["runware", "sandbox"];
  return (
    <div className="space-y-8">
      {order
        .filter((each) => hasSpending(entries, each))
        .map((each) => (
          <PurseSpending key={each} entries={entries} purse={each} />
        ))}
    </div>
  );
}

function PurseSpending({ entries, purse }: { entries: SpendEntry[]; purse: Purse }) {
  const [today] = useState(() => Date.now());
  const sums = sumSpending(entries, purse, today);
  const name = purse === "runware" ? "Real dollars" : "Simulated dollars, from the sandbox";
  return (
    <section aria-label={name}>
      <p className="mb-2 text-xs font-semibold text-ink-2">
        {name}, last {DAYS_SHOWN} days
      </p>
      {sums.models.length === 0 ? (
        <p className="text-ink-2">Nothing in these days.</p>
      ) : (
        <>
          <SpendChart sums={sums} />
          <SpendTable sums={sums} />
        </>
      )}
    </section>
  );
}

const HEIGHT = 100;
const BAR_WIDTH = 0.84;

/** Spending per day as stacked bars. The tables under it hold the same numbers for users who cannot see it. */
function SpendChart({ sums }: { sums: SpendingSums }) {
  const dearest = Math.max(...sums.days.map((day) => day.microUsd));
  if (dearest === 0) return null;
  return (
    <div className="mb-4">
      <p className="figures text-ink-2">{formatUsd(dearest)}</p>
      <svg
        // The bars stretch with the dialog; the words stay outside, at their own size.
        viewBox={`0 0 ${sums.days.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing made of elements has no src
        role="img"
        aria-label={`Spending per day, at most ${formatUsd(dearest)}`}
        className="h-24 w-full border-t border-b border-t-line border-b-line-2"
      >
        {sums.days.map((day, index) => (
          <g key={day.day}>
            <title>{`${day.day}: ${formatUsd(day.microUsd)}`}</title>
            {barsOf(day, sums.models, dearest).map(({ modelId, height, top }) => (
              <rect
                key={modelId}
                x={index + (1 - BAR_WIDTH) / 2}
                y={top}
                width={BAR_WIDTH}
                height={height}
                className={modelColour(modelId).fill}
              />
            ))}
          </g>
        ))}
      </svg>
      <div aria-hidden="true" className="figures mt-1 flex justify-between text-ink-2">
        <span>{sums.days[0]?.day.slice(5)}</span>
        <span>{sums.days[Math.floor(sums.days.length / 2)]?.day.slice(5)}</span>
        <span>today</span>
      </div>
    </div>
  );
}

/** A day's bars, one on the other, of the models that it was spent on. */
function barsOf({ byModel }: DaySpending, models: SpendingSums["models"], dearest: number) {
  let top = HEIGHT;
  return models
    .map(({ modelId }, place) => {
      const height = ((byModel[place] ?? 0) / dearest) * HEIGHT;
      top -= height;
      return { modelId, height, top };
    })
    .filter(({ height }) => height > 0);
}

/** Spending per model, and per day behind a fold. */
function SpendTable({ sums }: { sums: SpendingSums }) {
  const total = sums.models.reduce((sum, model) => sum + model.microUsd, 0);
  const unknown = sums.models.reduce((sum, model) => sum + model.unknown, 0);
  return (
    <>
      <table className="w-full text-left text-control">
        <thead className="text-xs text-ink-2">
          <tr>
            <th className="pb-1 font-medium">Model</th>
            <th className="pb-1 text-right font-medium">Answers</th>
            <th className="pb-1 text-right font-medium">Spent</th>
          </tr>
        </thead>
        <tbody>
          {sums.models.map((model) => (
            <tr key={model.modelId} className="border-t border-line">
              <td className="py-1.5">
                <span className="flex items-center gap-2">
                  <span
                    aria-hidden="true"
                    className={classNames(
                      "size-2 shrink-0 rounded-xs",
                      modelColour(model.modelId).dot,
                    )}
                  />
                  {modelById(model.modelId)?.name ?? model.modelId}
                </span>
              </td>
              <td className="figures text-right">{grouped(model.answers)}</td>
              <td className="figures text-right">{formatUsd(model.microUsd)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line-2 font-semibold">
            <td className="py-1.5" colSpan={2}>
              Total
            </td>
            <td className="figures text-right">{formatUsd(total)}</td>
          </tr>
        </tfoot>
      </table>
      {unknown > 0 && (
        <p className="mt-1 text-xs text-ink-2">
          {counted(unknown, "answer")} came without a cost: unknown, and not in the sum.
        </p>
      )}
      <DayTable sums={sums} />
    </>
  );
}

function DayTable({ sums }: { sums: SpendingSums }) {
  return (
    <details className="mt-2 text-control">
      <summary className="text-ink-2">Per day, as numbers</summary>
      <table className="mt-2 w-full text-left">
        <thead className="text-xs text-ink-2">
          <tr>
            <th className="pb-1 font-medium">Day</th>
            <th className="pb-1 text-right font-medium">Spent</th>
          </tr>
        </thead>
        <tbody>
          {sums.days.map((day) => (
            <tr key={day.day} className="border-t border-line">
              <td className="figures py-1">{day.day}</td>
              <td className="figures text-right">{formatUsd(day.microUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

// Whole class names, or the style sheet would not hold them.
const CLASSES: Readonly<Record<ModelColour, { fill: string; dot: string }>> = {
  ink: { fill: "fill-ink", dot: "bg-ink" },
  amber: { fill: "fill-edge", dot: "bg-edge" },
  blue: { fill: "fill-info", dot: "bg-info" },
  grey: { fill: "fill-ink-3", dot: "bg-ink-3" },
  green: { fill: "fill-ok", dot: "bg-ok" },
  pale: { fill: "fill-line-2", dot: "bg-line-2" },
  brown: { fill: "fill-warn", dot: "bg-warn" },
  "light-blue": { fill: "fill-info/50", dot: "bg-info/50" },
  "light-green": { fill: "fill-ok/50", dot: "bg-ok/50" },
  "light-brown": { fill: "fill-warn/50", dot: "bg-warn/50" },
};
// Models that the catalogue no longer knows share one.
const UNKNOWN_MODEL = { fill: "fill-ink-2", dot: "bg-ink-2" };

/** The fill of a model's bars, and the same colour for the dot beside its name: its own, whatever else is shown. */
export function modelColour(modelId: string): { fill: string; dot: string } {
  const model = modelById(modelId);
  return model === null ? UNKNOWN_MODEL : CLASSES[model.colour];
}
