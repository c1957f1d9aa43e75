import { expect, it } from "vitest";
import { eighthsFor, fitted, fitWithin, isSentAsItIs } from "./fit.ts";

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

it.each<[string, number, number, [number, number], [number, number]]>([
  ["a photograph is only made smaller", 4000, 3000, [1024, 768], [1024, 768]],
  ["an icon is enlarged", 16, 16, [28, 28], [28, 28]],
  ["a short strip is enlarged as far as the side allows", 200, 20, [280, 28], [280, 28]],
  ["a long strip is padded", 4000, 90, [1024, 23], [1024, 28]],
  ["and so is a line", 6000, 1, [1024, 1], [1024, 28]],
  ["a column is padded to both sides", 90, 4000, [23, 1024], [28, 1024]],
])("%s", (_, width, height, drawn, whole) => {
  const fit = { leastSide: 28, longestRatio: 200 };
  expect(fitted({ width, height }, 1024, fit)).toEqual({
    drawn: { width: drawn[0], height: drawn[1] },
    whole: { width: whole[0], height: whole[1] },
  });
});

it("what is longer than a model takes is padded, whatever its shorter side", () => {
  const { whole } = fitted({ width: 1000, height: 40 }, 1024, { leastSide: 1, longestRatio: 10 });
  expect(whole).toEqual({ width: 1000, height: 100 });
});

it("only a JPEG that needs no change is sent as it is kept", () => {
  const copy = { width: 512, height: 20, mime: "image/jpeg" } as const;
  const fit = { leastSide: 28, longestRatio: 200 };
  expect(isSentAsItIs(copy, { side: 512, mount: null })).toBe(true);
  expect(isSentAsItIs(copy, { side: 256, mount: null })).toBe(false);
  expect(isSentAsItIs(copy, { side: 512, mount: { background: null, fit } })).toBe(false);
  expect(isSentAsItIs({ ...copy, mime: "image/webp" }, { side: 512, mount: null })).toBe(false);
});
