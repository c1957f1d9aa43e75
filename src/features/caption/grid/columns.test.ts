import { expect, test } from "vitest";
import { columnsIn } from "./columns.ts";

test.each([
  [300, 2],
  [396, 2],
  [594, 3],
  [1_024, 5],
  [1_900, 9],
])("%i px hold %i frames side by side", (widthPx, columns) => {
  expect(columnsIn(widthPx)).toBe(columns);
});
