import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromTabs, toTabs } from "./tab-separated.ts";

test("reads what spreadsheets copy: quoted cells with line breaks and tabs, and quotes that are words", () => {
  expect(fromTabs('a\tb\r\n"two\nlines"\t"a ""word"""\r\n')).toEqual([
    ["a", "b"],
    ["two\nlines", 'a "word"'],
  ]);
  expect(fromTabs('"Hello" she said\t"whole"')).toEqual([['"Hello" she said', '"whole"']]);
  expect(fromTabs("one")).toEqual([["one"]]);
  expect(fromTabs("")).toEqual([[""]]);
  expect(fromTabs("a\n\nb")).toEqual([["a"], [""], ["b"]]);
});

const cell = fc.string({
  unit: fc.constantFrom("a", "é", "🌆", '"', "\t", "\n", ",", " "),
  maxLength: 6,
});
const block = fc
  .record({ rows: fc.integer({ min: 1, max: 4 }), columns: fc.integer({ min: 1, max: 3 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

test("what is copied is what is pasted, whatever it holds", () => {
  fc.assert(
    fc.property(block, (cells) => {
      expect(fromTabs(toTabs(cells))).toEqual(cells);
    }),
  );
});
