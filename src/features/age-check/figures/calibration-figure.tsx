import type { ConfidenceGap, ReliabilityBin } from "#src/statistics/calibration.ts";
import type { ModelFigures } from "#src/features/age-check/figures.ts";
import { FigureSection, FigureTable, Note, TooFew } from "./figure-section.tsx";
import { ReliabilityChart } from "./reliability-chart.tsx";
import { percent, rateText } from "./words.ts";

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
          Expected calibration error, in bins of equal count: {percent(calibrationError.figure)}.
        </Note>
      )}
    </FigureSection>
  );
}

/** "Surer than right by 12 points", with the interval. */
export function gapText({ meanConfidence, accuracy, gap }: ConfidenceGap): string {
  const points = Math.round(Math.abs(gap.mean) * 100);
  const way =
    points === 0 ? "as sure as right" : gap.mean > 0 ? "surer than right" : "less sure than right";
  const interval =
    `${Math.round(gap.low * 100)} to ${Math.round(gap.high * 100)} points`.replaceAll("-", "−");
  return `${percent(meanConfidence)} sure on average, right in ${rateText(accuracy)}: ${way}${points === 0 ? "" : ` by ${points} points`} (95 %: ${interval}; n = ${gap.n}).`;
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
            low === high ? percent(low) : `${Math.round(low * 100)}–${percent(high)}`,
            rateText(accuracy),
          ])}
        />
      </details>
    </>
  );
}
