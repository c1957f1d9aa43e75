import type { Agreement } from "#src/statistics/weighted-kappa.ts";
import { rateText } from "./words.ts";

/** Raw agreement and kappa with their intervals. */
export function agreementText({ same, kappa }: Agreement): string {
  const raw = `Same group: ${rateText(same)}.`;
  return kappa === null
    ? `${raw} Kappa is not defined: both name one group throughout.`
    : `${raw} Quadratic-weighted kappa ${kappa.value.toFixed(2)} (95 %: ${kappa.low.toFixed(2)}–${kappa.high.toFixed(2)}).`;
}
