import { formatUsd } from "#src/domain/money.ts";
import { modelFill } from "./model-colours.ts";
import type { DaySpending, SpendingSums } from "./sum-spending.ts";

const HEIGHT = 100;
const BAR_WIDTH = 0.84;

/** Spending per day as stacked bars. The tables under it hold the same for who cannot see it. */
export function SpendChart({ sums }: { sums: SpendingSums }) {
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
          <DayBar key={day.day} day={day} index={index} dearest={dearest} />
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

interface DayBarProps {
  day: DaySpending;
  index: number;
  dearest: number;
}

function DayBar({ day, index, dearest }: DayBarProps) {
  const heights = day.byModel.map((microUsd) => (microUsd / dearest) * HEIGHT);
  return (
    <g>
      <title>{`${day.day}: ${formatUsd(day.microUsd)}`}</title>
      {heights.map((height, model) => {
        const below = heights.slice(0, model).reduce((sum, other) => sum + other, 0);
        return height === 0 ? null : (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- the index is the model's place, which is what names it here
            key={model}
            x={index + (1 - BAR_WIDTH) / 2}
            y={HEIGHT - below - height}
            width={BAR_WIDTH}
            height={height}
            className={modelFill(model)}
          />
        );
      })}
    </g>
  );
}
