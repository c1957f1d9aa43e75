import { expect, test } from "vitest";
import { FIT, moved, stageOf, zoomed } from "./zoom.ts";

const stage = stageOf({ width: 600, height: 400 }, { width: 3_000, height: 1_000 });

test("a picture fits by its longer side", () => {
  expect(stage).toEqual({ width: 600, height: 400, fitWidth: 600, fitHeight: 200 });
});

test("what is under the pointer stays there", () => {
  const at = { x: 150, y: 0 };
  const twice = zoomed(FIT, { factor: 2, at }, stage);
  expect(twice).toEqual({ scale: 2, x: -150, y: 0 });
  expect(zoomed(twice, { factor: 0.5, at }, stage)).toEqual(FIT);
});

test("no side of a picture is drawn into the stage, and none smaller than it fits", () => {
  const twice = zoomed(FIT, { factor: 2 }, stage);
  expect(moved(twice, { x: 1_000, y: 50 }, stage)).toEqual({ scale: 2, x: 300, y: 0 });
  expect(moved(FIT, { x: 10, y: 10 }, stage)).toEqual(FIT);
  expect(zoomed(twice, { factor: 0.1 }, stage)).toEqual(FIT);
  expect(zoomed(FIT, { factor: 1_000 }, stage).scale).toBe(16);
});
