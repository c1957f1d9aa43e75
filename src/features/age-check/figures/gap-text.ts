import type { ConfidenceGap } from "#src/statistics/calibration.ts";
import { percent, rateText } from "./words.ts";

/** "Surer than right by 12 points", with the interval. */
export function gapText({ meanConfidence, accuracy, gap }: ConfidenceGap): string {
  const points = Math.round(Math.abs(gap.mean) * 100);
  const way =
    points === 0 ? "as sure as right" : gap.mean > 0 ? "surer than right" : "less sure than right";
  const interval =
    `${Math.round(gap.low * 100)} to ${Math.round(gap.high * 100)} points`.replaceAll("-", "−");
  return `${percent(meanConfidence)} sure on average, right in ${rateText(accuracy)}: ${way}${points === 0 ? "" : ` by ${points} points`} (95 %: ${interval}; n = ${gap.n}).`;
}
