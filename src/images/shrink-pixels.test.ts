import { expect, it } from "vitest";
import { shrinkPixels } from "./shrink-pixels.ts";

const opaque = { red: 0, green: 1, blue: 2, alpha: null, stride: 3 };

it("averages squares of opaque pixels", () => {
  const data = Uint8Array.from([0, 10, 200, 10, 10, 200, 20, 10, 200, 30, 10, 201]);
  const {
    width,
    height,
    data: made,
  } = shrinkPixels({ ...opaque, data, width: 2, height: 2, rows: 2 }, 2);
  expect([width, height, ...made]).toEqual([1, 1, 15, 10, 200, 255]);
});

it("gives colours the weight of their alpha", () => {
  const data = Uint8Array.from([200, 255, 0, 0, 0, 0, 100, 255]);
  const samples = { data, stride: 2, red: 0, green: 0, blue: 0, alpha: 1, rows: 2 };
  const { data: made } = shrinkPixels({ ...samples, width: 2, height: 2 }, 2);
  expect([...made]).toEqual([150, 150, 150, 128]);
});

it("leaves rows that were not read transparent", () => {
  const data = Uint8Array.from([1, 2, 3, 9, 9, 9]);
  const { data: made } = shrinkPixels({ ...opaque, data, width: 1, height: 2, rows: 1 }, 1);
  expect([...made]).toEqual([1, 2, 3, 255, 0, 0, 0, 0]);
});

it("leaves out the odd row and column at the far edges", () => {
  const data = new Uint8Array(5 * 3 * 3).fill(7);
  const made = shrinkPixels({ ...opaque, data, width: 5, height: 3, rows: 3 }, 2);
  expect(made).toMatchObject({ width: 2, height: 1 });
  expect(made.data).toEqual(Uint8ClampedArray.from([7, 7, 7, 255, 7, 7, 7, 255]));
});
