import { modelById } from "#src/catalog/find-models.ts";
import { formatUsd } from "#src/domain/money.ts";
import { classNames } from "#src/lib/class-names.ts";
import { modelColour } from "./model-colours.ts";
import type { SpendingSums } from "./sum-spending.ts";

/** Spending per model, and per day behind a fold. */
export function SpendTable({ sums }: { sums: SpendingSums }) {
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
              <td className="figures text-right">{model.answers.toLocaleString("en")}</td>
              <td className="figures text-right">{formatUsd(model.microUsd)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line-2 font-semibold">
            <td className="py-1.5" colSpan={2}>
              Together
            </td>
            <td className="figures text-right">{formatUsd(total)}</td>
          </tr>
        </tfoot>
      </table>
      {unknown > 0 && (
        <p className="mt-1 text-xs text-ink-2">
          {unknown === 1 ? "1 answer" : `${unknown} answers`} came without a cost: unknown, and not
          in the sum.
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
