import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSeededRandom } from "#src/lib/seeded-random.ts";
import { FEATURELESS } from "#src/domain/picture.ts";
import { greyOf, perceptualHash, type GreyPixels } from "./perceptual-hash.ts";

/** How many bits differ. */
function distance(a: string, b: string): number {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count += 1;
  return count;
}

/** A scene of soft blobs of light, as large as wanted: the same seed gives the same scene at any size. */
function scene(seed: number, width: number, height: number): GreyPixels {
  const random = createSeededRandom(seed);
  const blobs = Array.from({ length: 14 }, () => ({
    x: random(),
    y: random(),
    size: 0.04 + random() * 0.2,
    light: (random() - 0.5) * 220,
  }));
  return drawn(width, height, (x, y) =>
    blobs.reduce(
      (sum, blob) =>
        sum + blob.light * Math.exp(-((x - blob.x) ** 2 + (y - blob.y) ** 2) / blob.size ** 2),
      128,
    ),
  );
}

/** Draws each pixel from its place, 0–1 across and down. */
function drawn(width: number, height: number, lightAt: (x: number, y: number) => number) {
  const values = Float32Array.from({ length: width * height }, (_, at) =>
    clamped(lightAt(((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height)),
  );
  return { width, height, values };
}

function clamped(light: number): number {
  return Math.round(Math.min(255, Math.max(0, light)));
}

function changed(pixels: GreyPixels, change: (light: number) => number): GreyPixels {
  return { ...pixels, values: Float32Array.from(pixels.values, (light) => clamped(change(light))) };
}

/** What encoding at a low quality does: blocks of 8 × 8 pixels, each with coarse steps. */
function encodedAnew(pixels: GreyPixels, seed: number): GreyPixels {
  const random = createSeededRandom(seed);
  return changed(pixels, (light) => Math.round(light / 12) * 12 + (random() - 0.5) * 10);
}

test("the same picture scaled, encoded anew or a little brighter is near; another one is far", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 40, max: 200 }), (seed, side) => {
      const picture = scene(seed, 128, 96);
      const hash = perceptualHash(picture);
      fc.pre(hash !== FEATURELESS);
      const smaller = scene(seed, side, Math.round(side * 0.75));
      expect(distance(hash, perceptualHash(smaller))).toBeLessThanOrEqual(10);
      expect(distance(hash, perceptualHash(encodedAnew(picture, seed)))).toBeLessThanOrEqual(10);
      const brighter = changed(picture, (light) => light * 1.05 + 6);
      expect(distance(hash, perceptualHash(brighter))).toBeLessThanOrEqual(10);
      const other = perceptualHash(scene(seed + 1, 128, 96));
      if (other !== FEATURELESS) expect(distance(hash, other)).toBeGreaterThan(10);
    }),
    { numRuns: 40 },
  );
});

test("other pictures differ in about half the bits", () => {
  const hashes = Array.from({ length: 60 }, (_, seed) => perceptualHash(scene(seed, 96, 72)));
  const told = hashes.filter((hash) => hash !== FEATURELESS);
  expect(told.length).toBeGreaterThan(50);
  const distances = told.flatMap((a, at) => told.slice(at + 1).map((b) => distance(a, b)));
  const mean = distances.reduce((sum, one) => sum + one, 0) / distances.length;
  expect(mean).toBeGreaterThan(26);
  expect(mean).toBeLessThan(38);
  expect(Math.min(...distances)).toBeGreaterThan(10);
});

test("what is flat, a plain gradient or noise of an encoder on either says nothing", () => {
  const random = createSeededRandom(3);
  const noise = () => (random() - 0.5) * 6;
  const flat = drawn(320, 200, () => 250 + noise());
  const sky = drawn(320, 200, (_, y) => 90 + 120 * y + noise());
  const corner = drawn(320, 200, (x, y) => 40 + 90 * x + 90 * y);
  for (const pixels of [flat, sky, corner]) expect(perceptualHash(pixels)).toBe(FEATURELESS);
  expect(perceptualHash({ width: 1, height: 1, values: [9] })).toBe(FEATURELESS);
});

test("a drawing in two tones has a hash, and another drawing has another", () => {
  const ring = drawn(200, 200, (x, y) =>
    Math.abs(Math.hypot(x - 0.4, y - 0.55) - 0.25) < 0.06 ? 20 : 245,
  );
  const bars = drawn(200, 200, (x, y) => (y < 0.3 + 0.5 * Math.abs(Math.sin(x * 9)) ? 245 : 20));
  const [a, b] = [perceptualHash(ring), perceptualHash(bars)];
  expect(a).not.toBe(FEATURELESS);
  expect(b).not.toBe(FEATURELESS);
  expect(distance(a, b)).toBeGreaterThan(10);
});

test("any pixels give 16 hex digits", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      (width, height, seed) => {
        const random = createSeededRandom(seed);
        const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, () => random() * 256);
        expect(perceptualHash(greyOf(rgba, width, height))).toMatch(/^[0-9a-f]{16}$/u);
      },
    ),
  );
});

test("grey is what the eye sees of the colours", () => {
  const { values } = greyOf(
    [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 10, 10, 10, 255],
    2,
    2,
  );
  expect(Array.from(values, Math.round)).toEqual([76, 150, 29, 10]);
});
