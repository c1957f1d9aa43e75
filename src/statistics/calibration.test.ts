import { expect, test } from "vitest";
import { calibrationError, confidenceGap, reliabilityBins, type Claim } from "./calibration.ts";

// 60 claims without ties, the same as in the Python script that computed the figures below.
const claims: Claim[] = Array.from({ length: 60 }, (_, i) => ({
  confidence: Math.round((0.4 + 0.0097 * i + 0.00001 * ((i * 37) % 61)) * 1e5) / 1e5,
  right: (i * 7) % 10 < 6 + (i > 40 ? 2 : 0),
}));

test("expected calibration error agrees with an independent calculation in Python", () => {
  // numpy 2: order = argsort(conf); bins = array_split(order, 10);
  // sum(len(b) / 60 * abs(conf[b].mean() - right[b].mean()) for b in bins)
  const bins = reliabilityBins(claims);
  expect(bins.map(({ accuracy }) => accuracy.hits)).toEqual([4, 3, 4, 4, 3, 4, 4, 4, 6, 4]);
  expect(bins[0]?.meanConfidence).toBeCloseTo(0.424463, 6);
  expect(calibrationError(bins)).toBeCloseTo(0.1322856666666667, 12);
});

test("the gap between confidence and accuracy agrees with scipy's t interval", () => {
  // scipy.stats.t.interval(.95, 59, loc=d.mean(), scale=d.std(ddof=1) / 60**.5) for d = conf - right
  const gap = confidenceGap(claims);
  expect(gap?.accuracy).toMatchObject({ hits: 40, n: 60 });
  expect(gap?.gap.mean).toBeCloseTo(0.019784333333333327, 12);
  expect(gap?.gap.low).toBeCloseTo(-0.10474178302094136, 6);
  expect(gap?.gap.high).toBeCloseTo(0.14431044968760803, 6);
});

test("claims of the same confidence stay in one bin, and no bin has fewer than five", () => {
  const tied: Claim[] = Array.from({ length: 57 }, (_, i) => ({
    confidence: i < 23 ? 0.6 : 0.9 + (i % 7) / 1000,
    right: i % 3 > 0,
  }));
  const bins = reliabilityBins(tied);
  expect(bins[0]).toMatchObject({ low: 0.6, high: 0.6, accuracy: { n: 23 } });
  expect(Math.min(...bins.map(({ accuracy }) => accuracy.n))).toBeGreaterThanOrEqual(5);
  expect(bins.reduce((sum, { accuracy }) => sum + accuracy.n, 0)).toBe(57);
  const bounds = bins.flatMap(({ low, high }) => [low, high]);
  expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
});

test("if nothing is claimed, there is nothing to say", () => {
  expect(confidenceGap([])).toBeNull();
  expect(reliabilityBins([])).toEqual([]);
});
