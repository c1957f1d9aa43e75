import { expect, test } from "vitest";
import { drawSample } from "./samples.ts";

const faces = Array.from({ length: 50 }, (_, index) => index);

test("the same seed draws the same faces in the same order, another seed others", () => {
  expect(drawSample(faces, 10, 7)).toEqual(drawSample(faces, 10, 7));
  expect(drawSample(faces, 10, 7)).not.toEqual(drawSample(faces, 10, 8));
  expect(new Set(drawSample(faces, 50, 3)).size).toBe(50);
});

test("every face is drawn about as often", () => {
  const drawn = Array.from({ length: 2000 }, (_, seed) => drawSample(faces, 5, seed)).flat();
  const counts = faces.map((face) => drawn.filter((other) => other === face).length);
  // 200 expected, standard deviation about 13.
  expect(Math.min(...counts)).toBeGreaterThan(140);
  expect(Math.max(...counts)).toBeLessThan(260);
});
