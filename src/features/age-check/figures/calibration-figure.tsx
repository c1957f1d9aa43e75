import { formatPercent } from "#src/lib/format-percent.ts";
import type { ReliabilityBin } from "#src/statistics/calibration.ts";
import type { ModelFigures } from "./figures.ts";
import { FigureSection, FigureTable, Note } from "./figure-section.tsx";
import {
  binRows,
  calibrationErrorText,
  gapText,
  rateText,
  shownText,
  tooFewText,
} from "./words.ts";

/** Whether the model is as sure as it is right. */
export function CalibrationFigure({ figures }: { figures: ModelFigures }) {
  const { gap, bins, calibrationError } = figures;
  return (
    <FigureSection title="Is it as sure as it is right?">
      <Note>{shownText(gap, "Confidence against accuracy", gapText)}</Note>
      {bins.kind === "too-few" ? (
        <Note>{tooFewText("The curve", bins)}</Note>
      ) : (
        <>
          <ReliabilityChart bins={bins.figure} />
          <details>
            <summary className="text-xs text-ink-2">The curve as a table</summary>
            <FigureTable
              caption="Accuracy by confidence, in bins of equal count"
              columns={["Confidence", "right"]}
              rows={binRows(bins.figure)}
            />
          </details>
        </>
      )}
      <Note>{shownText(calibrationError, "The calibration error", calibrationErrorText)}</Note>
    </FigureSection>
  );
}

const WIDTH = 304;
const HEIGHT = 222;
const LEFT = 30;
const RIGHT = WIDTH - 8;
const TOP = 8;
const BASE = 168;
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

/**
 * Accuracy against confidence, a point per bin with its interval and count. The table beside it holds the same numbers.
 */
function ReliabilityChart({ bins }: { bins: readonly ReliabilityBin[] }) {
  const points = bins.map((bin) => `${across(bin.meanConfidence)},${up(bin.accuracy.share ?? 0)}`);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing made of elements has no src
      role="img"
      aria-label={`Accuracy against confidence in ${bins.length} bins; the table below holds the numbers`}
      className="w-full"
    >
      <Axes />
      <polyline points={points.join(" ")} className="fill-none stroke-info" strokeWidth="1.5" />
      {bins.map((bin, index) => (
        <BinPoint key={bin.low} bin={bin} countLine={index % 2} />
      ))}
    </svg>
  );
}

function Axes() {
  return (
    <g className="font-mono text-[9px]">
      {TICKS.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={RIGHT} y1={up(tick)} y2={up(tick)} className="stroke-line" />
          <text x={LEFT - 4} y={up(tick) + 3} textAnchor="end" className="fill-ink-2">
            {tick * 100}
          </text>
          <text x={across(tick)} y={BASE + 13} textAnchor="middle" className="fill-ink-2">
            {tick * 100}
          </text>
        </g>
      ))}
      <line
        x1={across(0)}
        y1={up(0)}
        x2={across(1)}
        y2={up(1)}
        className="stroke-ink-3"
        strokeDasharray="3 4"
      />
      <text x={(LEFT + RIGHT) / 2} y={HEIGHT - 4} textAnchor="middle" className="fill-ink-2">
        confidence % (right, against % upwards)
      </text>
    </g>
  );
}

/** Counts alternate between two lines: neighbouring bins are close if a model is often sure. */
function BinPoint({ bin, countLine }: { bin: ReliabilityBin; countLine: number }) {
  const { accuracy, meanConfidence } = bin;
  const x = across(meanConfidence);
  return (
    <g>
      <title>{`${formatPercent(meanConfidence)} sure: ${rateText(accuracy)}`}</title>
      <line x1={x} x2={x} y1={up(accuracy.low)} y2={up(accuracy.high)} className="stroke-info" />
      <circle
        cx={x}
        cy={up(accuracy.share ?? 0)}
        r="3.6"
        className="fill-sheet stroke-info"
        strokeWidth="2"
      />
      <text
        x={x}
        y={BASE + 24 + countLine * 9}
        textAnchor="middle"
        className="fill-ink-2 font-mono text-[8px]"
      >
        {accuracy.n}
      </text>
    </g>
  );
}

function across(share: number): number {
  return LEFT + share * (RIGHT - LEFT);
}

function up(share: number): number {
  return BASE - share * (BASE - TOP);
}
