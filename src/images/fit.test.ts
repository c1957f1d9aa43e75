import { expect, it } from "vitest";
import { eighthsFor, fitWithin } from "./fit.ts";

it("fits the longest side and keeps the shape", () => {
  expect(fitWithin({ width: 4032, height: 3024 }, 1536)).toEqual({ width: 1536, height: 1152 });
  expect(fitWithin({ width: 3024, height: 4032 }, 1024)).toEqual({ width: 768, height: 1024 });
});

it("never enlarges, and leaves no side without a pixel", () => {
  expect(fitWithin({ width: 120, height: 80 }, 1536)).toEqual({ width: 120, height: 80 });
  expect(fitWithin({ width: 30_000, height: 2 }, 1024)).toEqual({ width: 1024, height: 1 });
});

it("decodes a JPEG at the fewest eighths that hold the side wanted, among those that are fast", () => {
  expect(eighthsFor({ width: 4032, height: 3024 }, 1536)).toBe(4);
  expect(eighthsFor({ width: 4096, height: 3072 }, 1536)).toBe(4);
  expect(eighthsFor({ width: 12_288, height: 9216 }, 1536)).toBe(1);
  expect(eighthsFor({ width: 6000, height: 4000 }, 1024)).toBe(2);
  expect(eighthsFor({ width: 1600, height: 1200 }, 1536)).toBe(8);
});
