import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boxOf, moved, planFill, planPaste, type CellBox } from "./cell-range.ts";

const SIZE = { rows: 50, columns: 6, page: 10 };
const at = (row: number, column: number) => ({ row, column });

describe("moved", () => {
  test("goes as in a spreadsheet", () => {
    const from = (key: string, isFar = false) => moved(at(20, 2), { key, isFar }, SIZE);
    expect(from("ArrowDown")).toEqual(at(21, 2));
    expect(from("ArrowUp", true)).toEqual(at(0, 2));
    expect(from("ArrowDown", true)).toEqual(at(49, 2));
    expect(from("ArrowRight", true)).toEqual(at(20, 5));
    expect(from("Home")).toEqual(at(20, 0));
    expect(from("End", true)).toEqual(at(49, 5));
    expect(from("PageUp")).toEqual(at(10, 2));
    expect(from("a")).toBeNull();
  });

  test("the head of the table is above its first row", () => {
    expect(moved(at(0, 3), { key: "ArrowUp", isFar: false }, SIZE)).toEqual(at(-1, 3));
    expect(moved(at(-1, 3), { key: "ArrowUp", isFar: true }, SIZE)).toEqual(at(-1, 3));
  });

  test("never leaves the table", () => {
    const keys = [
      "ArrowDown",
      "ArrowUp",
      "ArrowLeft",
      "ArrowRight",
      "Home",
      "End",
      "PageUp",
      "PageDown",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.constantFrom(...keys), isFar: fc.boolean() })),
        (presses) => {
          let place = at(0, 0);
          for (const press of presses) place = moved(place, press, SIZE) ?? place;
          expect(place.row).toBeGreaterThanOrEqual(-1);
          expect(place.row).toBeLessThan(SIZE.rows);
          expect(place.column).toBeGreaterThanOrEqual(0);
          expect(place.column).toBeLessThan(SIZE.columns);
        },
      ),
    );
  });
});

const drawnBox: fc.Arbitrary<CellBox> = fc
  .tuple(fc.nat(49), fc.nat(5), fc.nat(49), fc.nat(5))
  .map(([row, column, otherRow, otherColumn]) =>
    boxOf({ anchor: at(row, column), head: at(otherRow, otherColumn) }),
  );

describe("planPaste", () => {
  test("one cell fills the range, a column begins at its first cell", () => {
    const box = { top: 1, left: 2, bottom: 3, right: 2 };
    expect(planPaste([["x"]], box, SIZE).cells.map(({ row }) => row)).toEqual([1, 2, 3]);
    expect(planPaste([["a"], ["b"], ["c"], ["d"]], box, SIZE).cells).toEqual([
      { row: 1, column: 2, text: "a" },
      { row: 2, column: 2, text: "b" },
      { row: 3, column: 2, text: "c" },
      { row: 4, column: 2, text: "d" },
    ]);
  });

  test("writes each cell once, inside the table, and counts what finds no place", () => {
    const block = fc
      .record({ rows: fc.integer({ min: 1, max: 60 }), columns: fc.integer({ min: 1, max: 8 }) })
      .map(({ rows, columns }) =>
        Array.from({ length: rows }, (_, row) =>
          Array.from({ length: columns }, (__, column) => `${row}/${column}`),
        ),
      );
    fc.assert(
      fc.property(block, drawnBox, (cells, box) => {
        const plan = planPaste(cells, box, SIZE);
        const places = plan.cells.map(({ row, column }) => `${row} ${column}`);
        expect(new Set(places).size).toBe(places.length);
        expect(
          plan.cells.every(({ row, column }) => row < SIZE.rows && column < SIZE.columns),
        ).toBe(true);
        const [first] = plan.cells;
        expect(first).toEqual({ row: box.top, column: box.left, text: "0/0" });
        const width = cells[0]?.length ?? 0;
        expect((plan.cells.length + plan.unplaced) % (cells.length * width)).toBe(0);
        for (const { row, column, text } of plan.cells)
          expect(text).toBe(`${(row - box.top) % cells.length}/${(column - box.left) % width}`);
      }),
    );
  });

  test("rows of different lengths leave out what they lack", () => {
    const plan = planPaste([["a", "b"], ["c"]], { top: 0, left: 0, bottom: 0, right: 0 }, SIZE);
    expect(plan.cells.map(({ text }) => text)).toEqual(["a", "b", "c"]);
  });
});

test("filling down repeats the first row of the range in each column", () => {
  const box = { top: 2, left: 1, bottom: 4, right: 2 };
  expect(planFill(box, ({ row, column }) => `${row}/${column}`)).toEqual([
    { row: 3, column: 1, text: "2/1" },
    { row: 4, column: 1, text: "2/1" },
    { row: 3, column: 2, text: "2/2" },
    { row: 4, column: 2, text: "2/2" },
  ]);
});
