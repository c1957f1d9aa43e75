import { formatUsd } from "#src/domain/money.ts";
import { modelFill } from "./model-colours.ts";
import type { DaySpending, SpendingSums } from "./sum-spending.ts";

const WIDTH = 560;
const HEIGHT = 132;
const BASE = 108;
const TOP = 14;
const GAP = 6;

/** Spending per day as stacked bars. The table beside it holds the same for who cannot see it. */
export function SpendChart({ sums }: { sums: SpendingSums }) {
  const dearest = Math.max(...sums.days.map((day) => day.microUsd));
  if (dearest === 0) return null;
  const step = WIDTH / sums.days.length;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing made of elements has no src
      role="img"
      aria-label={`Spending per day: at most ${formatUsd(dearest)}`}
      className="mb-3 w-full"
    >
      <line x1="0" x2={WIDTH} y1={BASE} y2={BASE} className="stroke-line-2" />
      <line x1="0" x2={WIDTH} y1={TOP} y2={TOP} className="stroke-line" strokeDasharray="2 4" />
      <text x="0" y={TOP - 4} className="fill-ink-2 font-mono text-[10px]">
        {formatUsd(dearest)}
      </text>
      {sums.days.map((day, index) => (
        <g key={day.day}>
          <title>{`${day.day}: ${formatUsd(day.microUsd)}`}</title>
          <DayBar day={day} left={index * step + GAP / 2} width={step - GAP} dearest={dearest} />
          {(index % 3 === 1 || index === sums.days.length - 1) && (
            <text
              x={index * step + step / 2}
              y={HEIGHT - 8}
              textAnchor="middle"
              className="fill-ink-2 font-mono text-[10px]"
            >
              {day.day.slice(5)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

interface DayBarProps {
  day: DaySpending;
  left: number;
  width: number;
  dearest: number;
}

function DayBar({ day, left, width, dearest }: DayBarProps) {
  const heights = day.byModel.map((microUsd) => (microUsd / dearest) * (BASE - TOP));
  return heights.map((height, index) => {
    const below = heights.slice(0, index).reduce((sum, other) => sum + other, 0);
    return height === 0 ? null : (
      <rect
        // oxlint-disable-next-line react/no-array-index-key -- the index is the model's place, which is what names it here
        key={index}
        x={left}
        y={BASE - below - height}
        width={width}
        height={height}
        className={modelFill(index)}
      />
    );
  });
}
