import { formatPercent, formatPercents } from "#src/lib/format-percent.ts";
import type { ReliabilityBin } from "#src/statistics/calibration.ts";
import type { ModelFigures } from "./figures.ts";
import { FigureSection, FigureTable, Note, TooFew } from "./figure-section.tsx";
import { ReliabilityChart } from "./reliability-chart.tsx";
import { rateText, gapText } from "./words.ts";

/** Whether the model is as sure as it is right. */
export function CalibrationFigure({ figures }: { figures: ModelFigures }) {
  const { gap, bins, calibrationError } = figures;
  return (
    <FigureSection title="Is it as sure as it is right?">
      {gap.kind === "too-few" ? (
        <TooFew {...gap} what="Confidence against accuracy" />
      ) : (
        <Note>{gapText(gap.figure)}</Note>
      )}
      {bins.kind === "too-few" ? (
        <TooFew {...bins} what="The curve" />
      ) : (
        <Curve bins={bins.figure} />
      )}
      {calibrationError.kind === "too-few" ? (
        <TooFew {...calibrationError} what="The calibration error" />
      ) : (
        <Note>
          Expected calibration error, in bins of equal count:{" "}
          {formatPercent(calibrationError.figure)}.
        </Note>
      )}
    </FigureSection>
  );
}

function Curve({ bins }: { bins: readonly ReliabilityBin[] }) {
  return (
    <>
      <ReliabilityChart bins={bins} />
      <details>
        <summary className="text-xs text-ink-2">The curve as a table</summary>
        <FigureTable
          caption="Accuracy by confidence, in bins of equal count"
          columns={["Confidence", "right"]}
          rows={bins.map(({ low, high, accuracy }) => [
            low === high ? formatPercent(low) : formatPercents(low, high),
            rateText(accuracy),
          ])}
        />
      </details>
    </>
  );
}
