/**
 * The value below which a share of the sample lies, interpolated between neighbours: definition 7 of Hyndman and Fan
 * (1996), "Sample quantiles in statistical packages", The American Statistician 50, 361–365; R's default. In the
 * sample's own unit; null for an empty sample.
 *
 * @param share 0–1: 0.5 is the median
 */
export function quantile(sample: readonly number[], share: number): number | null {
  const sorted = sample.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}
