import { expect, it } from "vitest";
import { partBoxes } from "./split.ts";

it.each([
  ["a long screenshot", 1080, 15_000, 8],
  ["a strip", 4000, 90, 5],
  ["a screenshot of a phone", 1080, 2400, 0],
  ["a column that is not shrunk by much", 100, 1500, 0],
  ["a photograph", 4000, 3000, 0],
])("%s is split into as many parts as can be read", (_, width, height, count) => {
  expect(partBoxes({ width, height }, 1024)).toHaveLength(count);
});

it("covers all of the picture, each part overlapping the next", () => {
  const boxes = partBoxes({ width: 1080, height: 15_000 }, 1024);
  expect(boxes[0]?.[1]).toBe(0);
  const ends = boxes.map(([, top, , height]) => top + height);
  expect(ends.at(-1)).toBeCloseTo(1);
  for (const [at, box] of boxes.slice(1).entries())
    expect((ends[at] ?? 0) - box[1]).toBeGreaterThanOrEqual(0.1 * box[3] - 1e-9);
});
