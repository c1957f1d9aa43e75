import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type LabelSpot, placeLabels } from "./rank-chart.tsx";

const inside = { left: 46, right: 560, top: 0, bottom: 258 };
const names = ["Qwen2.5-VL-7B-Instruct", "Qwen2.5-VL-3B-Instruct", "LLaVA-1.6-Mistral-7B"];

/** The least that 11 px letters cover, whatever width the placing assumes. */
function inkOf({ x, y, anchor }: LabelSpot, text: string) {
  const width = text.length * 5.5;
  return { left: anchor === "start" ? x : x - width, width, top: y - 9, height: 11 };
}

function cover(spots: readonly LabelSpot[], texts: readonly string[]): boolean {
  const boxes = spots.map((spot, index) => inkOf(spot, texts[index] ?? ""));
  return boxes.some((one, index) =>
    boxes
      .slice(index + 1)
      .some(
        (other) =>
          one.left < other.left + other.width &&
          other.left < one.left + one.width &&
          one.top < other.top + other.height &&
          other.top < one.top + one.height,
      ),
  );
}

test("a label alone is just above its point, on the side with room", () => {
  expect(placeLabels([{ x: 100, y: 100, text: "CLIP" }], inside)).toEqual([
    { x: 111, y: 91, anchor: "start", isFar: false },
  ]);
  expect(placeLabels([{ x: 500, y: 100, text: "CLIP" }], inside)).toEqual([
    { x: 489, y: 91, anchor: "end", isFar: false },
  ]);
});

test("labels of points at one place do not overlap", () => {
  const points = names.map((text, index) => ({ x: 280 + index * 3, y: 134, text }));
  expect(cover(placeLabels(points, inside), names)).toBe(false);
});

test("six points anywhere: all labels can be read, and none leaves the chart", () => {
  const texts = [...names, ...names];
  const point = fc.record({
    x: fc.integer({ min: 60, max: 500 }),
    y: fc.integer({ min: 16, max: 258 }),
  });
  fc.assert(
    fc.property(fc.array(point, { minLength: 6, maxLength: 6 }), (places) => {
      const points = places.map((place, index) => ({ ...place, text: texts[index] ?? "" }));
      const spots = placeLabels(points, inside);
      expect(cover(spots, texts)).toBe(false);
      for (const [index, spot] of spots.entries()) {
        const { left, width, top, height } = inkOf(spot, texts[index] ?? "");
        expect(left).toBeGreaterThanOrEqual(inside.left);
        expect(left + width).toBeLessThanOrEqual(inside.right);
        expect(top).toBeGreaterThanOrEqual(inside.top);
        expect(top + height).toBeLessThanOrEqual(inside.bottom + 2);
      }
    }),
    { numRuns: 500 },
  );
});
