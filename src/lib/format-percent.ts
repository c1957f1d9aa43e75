/** 0.67 → "67 %", with a space that no line breaks at. */
export function formatPercent(share: number): string {
  return `${Math.round(share * 100)}\u00A0%`;
}

/** "30–90 %". */
export function formatPercents(low: number, high: number): string {
  return `${Math.round(low * 100)}–${formatPercent(high)}`;
}

/**
 * A model's confidence, 0–1, as a whole percentage, since classifiers are not calibrated more finely; never 100 % for
 * less than certain.
 */
export function formatConfidence(confidence: number): string {
  const isNearly = Math.round(confidence * 100) === 100 && confidence < 0.9995;
  return isNearly ? "> 99\u00A0%" : formatPercent(confidence);
}
