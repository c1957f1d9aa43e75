import { expect, test } from "vitest";
import { comparedColumns, readCompareSettings } from "#src/features/compare/columns/settings.ts";
import { gridLayout, shownColumns } from "./grid-layout.ts";

const SETTINGS = readCompareSettings({
  compare: null,
  recipe: { modelId: "runware:152@2", prompt: "", sentSize: "auto" },
});
const COLUMNS = comparedColumns(SETTINGS);

test("columns share the room, and scroll if it is too little", () => {
  expect(gridLayout(COLUMNS, 1136, null)).toEqual({
    picture: 236,
    columns: [300, 300, 300],
    swipes: false,
  });
  expect(gridLayout(COLUMNS, 700, null).columns).toEqual([244, 244, 244]);
});

test("a width given by hand stays, the others share what is left", () => {
  const [first, ...rest] = SETTINGS.columns;
  if (first === undefined) throw new Error("no column");
  const columns = comparedColumns({ ...SETTINGS, columns: [{ ...first, widthPx: 400 }, ...rest] });
  expect(gridLayout(columns, 1236, null).columns).toEqual([400, 300, 300]);
  expect(gridLayout(columns, 1236, first.id).columns[0]).toBe(620);
});

test("on a phone one column has all the room beside the picture", () => {
  expect(gridLayout(COLUMNS, 400, null)).toEqual({
    picture: 118,
    columns: [282, 282, 282],
    swipes: true,
  });
});

test("columns in the window are shown, and one on either side", () => {
  const layout = { picture: 200, columns: [300, 300, 300, 300, 300, 300], swipes: false };
  expect(shownColumns(layout, 0, 800)).toEqual({ first: 0, last: 2 });
  expect(shownColumns(layout, 650, 800)).toEqual({ first: 1, last: 5 });
  expect(shownColumns({ ...layout, columns: [] }, 0, 800)).toEqual({ first: 0, last: -1 });
});
