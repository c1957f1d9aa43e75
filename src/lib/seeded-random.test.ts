import { expect, test } from "vitest";
import { createSeededRandom, shuffled } from "./seeded-random.ts";

test("the same seed draws the same order, another seed another", () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const first = shuffled(items, createSeededRandom(7));
  expect(shuffled(items, createSeededRandom(7))).toEqual(first);
  expect(shuffled(items, createSeededRandom(8))).not.toEqual(first);
  expect(first.toSorted((a, b) => a - b)).toEqual(items);
});

test("every place is as likely for every item", () => {
  const random = createSeededRandom(1);
  const counts = [0, 0, 0, 0];
  for (let n = 0; n < 8000; n += 1) {
    const place = shuffled([0, 1, 2, 3], random).indexOf(0);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  // Chi-square with 3 degrees of freedom: 16.27 is exceeded by chance once in a thousand seeds.
  const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
  expect(chiSquare).toBeLessThan(16.27);
});
